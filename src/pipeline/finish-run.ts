/** Stages 5 and 6: the ledger, decided row by row, into the four output files. */
import type { NhsNumber } from '../domain/nhs-number.ts';
import { claimedNumber, decideSubject } from '../reconcile/decide.ts';
import { type DecidedRow, decideRow, findConflicts } from '../reconcile/decide-rows.ts';
import type { Totals } from '../reconcile/tally.ts';
import { writeRows } from '../reconcile/write-rows.ts';
import { viewReport } from '../report/report-view.ts';
import { type Summary, summarise } from '../report/summary.ts';
import { writeReport, writeSummary } from '../report/write-report.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { type AboutRun, aboutInput, aboutWork } from '../run-store/run-about.ts';
import type { RunFolder } from '../run-store/run-folder.ts';

export interface FinishContext {
  readonly ledger: Ledger;
  readonly folder: RunFolder;
  readonly run: AboutRun;
  readonly job: { readonly name: string; readonly purpose: string; readonly rate: number };
}

/**
 * Writes matched.csv, exceptions.csv, summary.json and report.html, each whole. Throws when a row
 * of the input is not accounted for, or anything does not add up.
 */
export async function finishRun({ ledger, folder, run, job }: FinishContext): Promise<Summary> {
  const input = aboutInput(ledger);
  if (input === undefined) throw new Error('the input was not read to its end');
  ledger.replaceClaims(claims(ledger));
  const conflicts = findConflicts(ledger.sharedNumbers());
  const totals = await writeRows(decideRows(ledger, conflicts), input.headers, input.rows, folder);
  checkSum(totals);
  const figures = ledger.requestFigures();
  const { rows, localRows, subjects } = ledger.counts();
  const work = aboutWork(ledger);
  const summary = summarise({
    runId: run.runId,
    job: job.name,
    input: { file: run.inputFile, sha256: input.sha256, rows: input.rows },
    outcomes: totals.outcomes,
    exceptions: totals.exceptions,
    requests: { ...figures, savedByDedupe: rows - localRows - subjects },
    ratePerSecond: job.rate,
    requestTimes: ledger.requestTimes(),
    startedAt: run.startedAt,
    ...work,
  });
  await writeSummary(folder.summary, summary);
  await writeReport(folder.report, viewReport(summary, job.purpose, totals.causes));
  return summary;
}

function* claims(ledger: Ledger): Iterable<{ subjectId: number; nhsNumber: NhsNumber }> {
  for (const { subject, result } of ledger.results()) {
    const nhsNumber = claimedNumber(decideSubject(subject, result));
    if (nhsNumber !== undefined) yield { subjectId: subject.subjectId, nhsNumber };
  }
}

function* decideRows(ledger: Ledger, conflicts: ReadonlySet<NhsNumber>): Iterable<DecidedRow> {
  for (const row of ledger.rows()) yield decideRow(row, conflicts);
}

/** Every row is in exactly one outcome or exception. */
function checkSum({ rows, outcomes, exceptions }: Totals): void {
  const counted = [...Object.values(outcomes), ...Object.values(exceptions)].reduce(
    (a, b) => a + b,
    0,
  );
  if (counted !== rows)
    throw new Error(`${counted} outcomes and exceptions were counted for ${rows} rows`);
}
