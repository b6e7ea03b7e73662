/** Gathers from the ledger and the disk what the report page shows. */

import type { SendingPause } from '../domain/provider-log.ts';
import type { WorkLists } from '../domain/work-list.ts';
import type { DecisionRules } from '../reconcile/decide.ts';
import { cellsInFile, rowBeside } from '../reconcile/row-beside.ts';
import type { Cause, Totals } from '../reconcile/tally.ts';
import { runsBefore } from '../report/earlier-run.ts';
import type { ReportParts } from '../report/report-view.ts';
import type { Summary } from '../report/summary.ts';
import type { ReportCause } from '../report/view-exceptions.ts';
import type { ProviderLog } from '../report/view-provider.ts';
import { summariesBeside } from '../run-store/earlier-runs.ts';
import type { Ledger } from '../run-store/ledger.ts';
import type { RunFolder } from '../run-store/run-folder.ts';

/** The page shows so many rows of exceptions in all, shared out among the causes: some 3 MB. */
const MAX_ROWS_SHOWN = 2_000;

export interface FinishedRun {
  readonly ledger: Ledger;
  readonly folder: RunFolder;
  readonly job: DecisionRules & { readonly purpose: string };
  readonly summary: Summary;
  readonly totals: Totals;
  readonly workLists: WorkLists;
  readonly headers: readonly string[];
  /** Which cell names the record, counted from 0. */
  readonly localIdColumn: number | undefined;
}

export function reportParts(finished: FinishedRun): ReportParts {
  const { ledger, folder, job, summary, totals, workLists } = finished;
  return {
    summary,
    purpose: job.purpose,
    steps: job.policy.steps,
    matchesByStep: totals.matchesByStep,
    causes: totals.causes.map((cause) => withPeople(cause, finished)),
    workLists,
    findings: ledger.findingCounts(),
    log: readLog(ledger),
    before: runsBefore(summariesBeside(folder), summary),
  };
}

/** The tally knows which rows; who they are stands in the ledger. */
function withPeople(
  cause: Cause,
  { ledger, totals, headers, localIdColumn }: FinishedRun,
): ReportCause {
  const share = Math.floor(MAX_ROWS_SHOWN / totals.causes.length);
  const rows = cause.rows.slice(0, share).flatMap(({ row, candidate }) => {
    const answered = ledger.row(row);
    if (answered === undefined) return [];
    const beside = rowBeside(answered, candidate, localIdColumn);
    if (beside.fields.length > 0) return beside;
    return { ...beside, inFile: cellsInFile(answered.cells, headers) };
  });
  return { ...cause, rows };
}

/** A longer gap between two requests is told as a pause. */
const PAUSE_MS = 60_000;
/** With more pauses than this, sending was that slow. */
const MANY_PAUSES = 100;
const STRETCHES = 60;
const SECOND_MS = 1_000;
/** One second, and what people divide hours and days into. */
const LENGTHS_MS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400].map(
  (seconds) => seconds * SECOND_MS,
);

/** In some sixty stretches of time. */
function readLog(ledger: Ledger): ProviderLog {
  const pauses: SendingPause[] = [];
  let [first, last, pausedMs] = [0, 0, 0];
  for (const time of ledger.requestTimes()) {
    if (first === 0) first = time;
    else if (time - last > PAUSE_MS) {
      pausedMs += time - last;
      pauses.push({ fromMs: last, toMs: time });
    }
    last = time;
  }
  const activeMs = last - first - (pauses.length > MANY_PAUSES ? 0 : pausedMs);
  const enough = LENGTHS_MS.find((length) => length * STRETCHES >= activeMs);
  const stretchMs = enough ?? Math.ceil(activeMs / STRETCHES / 86_400_000) * 86_400_000;
  return { stretchMs, codes: ledger.requestLog(stretchMs), pauses };
}
