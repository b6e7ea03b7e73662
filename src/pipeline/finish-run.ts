/** Stages 5 and 6: the ledger, decided row by row, into the four output files. */
import type { AuditEvent, AuditLog } from '../domain/audit.ts';
import type { ExtraRules } from '../domain/extra-output.ts';
import type { NhsNumber } from '../domain/nhs-number.ts';
import { type Crossings, compareRows } from '../reconcile/compare-rows.ts';
import { type DecisionRules, decideSubject } from '../reconcile/decide.ts';
import { type DecidedRow, decideRow } from '../reconcile/decide-rows.ts';
import { localIdColumn } from '../reconcile/local-identifier.ts';
import type { Totals } from '../reconcile/tally.ts';
import { createWorkLists, type WorkListsInMaking } from '../reconcile/work-lists.ts';
import { writeCorrections } from '../reconcile/write-corrections.ts';
import { writeExtras } from '../reconcile/write-extras.ts';
import { writeRows } from '../reconcile/write-rows.ts';
import { viewReport } from '../report/report-view.ts';
import { type Summary, summarise } from '../report/summary.ts';
import { writeReport, writeSummary } from '../report/write-report.ts';
import { removeHalfWritten } from '../run-store/delete-run.ts';
import type { Ledger } from '../run-store/ledger.ts';
import { type AboutRun, aboutInput, aboutWork } from '../run-store/run-about.ts';
import { meshReplyPath, type RunFolder } from '../run-store/run-folder.ts';
import { type CorrectedRows, correctedRows } from './corrected-rows.ts';
import { reportParts } from './report-parts.ts';

export interface FinishContext {
  readonly ledger: Ledger;
  readonly folder: RunFolder;
  readonly run: AboutRun;
  readonly job: DecisionRules &
    ExtraRules & {
      readonly name: string;
      readonly purpose: string;
      readonly rate: number;
    };
  readonly audit: AuditLog;
  /** Called when corrections.csv was written. */
  readonly onCorrected?: (rows: CorrectedRows) => void;
}

/**
 * Writes matched.csv, exceptions.csv, summary.json and report.html, each whole, and corrections.csv when rows
 * were corrected; takes away what a process left half-written that was killed here. Throws when a row of the input is not accounted for, or anything does not add up.
 */
export async function finishRun(context: FinishContext): Promise<Summary> {
  const { ledger, folder, run, job } = context;
  const input = aboutInput(ledger);
  if (input === undefined) throw new Error('the input was not read to its end');
  const crossings = findCrossings(ledger, job);
  removeHalfWritten(folder);
  const column = localIdColumn(input.headers);
  const lists = createWorkLists(crossings, ledger.numbersOnSeveralRows(), column);
  const decided = decideRows(ledger, job, crossings, lists);
  const onRecord = decisionsOnRecord(decided, ledger, context.audit);
  const totals = await writeRows(onRecord, input.headers, input.rows, folder);
  checkSum(totals);
  if (ledger.lastCorrection() !== undefined) {
    const corrected = correctedRows(ledger, input.headers, job, crossings);
    await writeCorrections(folder.corrections, corrected);
    context.onCorrected?.(corrected);
  }
  const mesh = meshReplyPath(folder, run.inputFile, run.startedAt);
  const again = decideAgain(ledger, job, crossings);
  await writeExtras(again, input.headers, input.rows, job, { ...folder, mesh });
  const figures = ledger.requestFigures();
  const { rows, localRows, subjects } = ledger.counts();
  const work = aboutWork(ledger);
  const summary = summarise({
    runId: run.runId,
    job: job.name,
    input: { file: run.inputFile, sha256: input.sha256, rows: input.rows },
    outcomes: totals.outcomes,
    exceptions: totals.exceptions,
    requests: {
      ...figures,
      savedByDedupe: rows - localRows - subjects,
      savedByStore: ledger.requestsSpared(),
    },
    ratePerSecond: job.rate,
    requestTimes: ledger.requestTimes(),
    startedAt: run.startedAt,
    ...work,
  });
  await writeSummary(folder.summary, summary);
  const workLists = lists.lists();
  const found = { summary, totals, workLists, headers: input.headers, localIdColumn: column };
  await writeReport(folder.report, viewReport(reportParts({ ledger, folder, job, ...found })));
  const { outcomes, exceptions } = totals;
  await context.audit.add({ event: 'outputs.written', detail: { outcomes, exceptions } });
  return summary;
}

/** Lays all rows beside each other; the ledger keeps what each came to while this goes on. */
export function findCrossings(ledger: Ledger, rules: DecisionRules): Crossings {
  const replacements = new Set<NhsNumber>();
  const onEqualRows = new Set<NhsNumber>();
  ledger.replaceClaims(claims(ledger, rules, replacements, onEqualRows));
  const held = heldAmong(replacements, ledger);
  const found = compareRows(ledger.sharedNumbers(), replacements, held, onEqualRows);
  // Of rows that were deleted by order: docs/deployment.md.
  const { conflicts, merges } = ledger.heldNumbers();
  return {
    ...found,
    conflicts: new Set([...found.conflicts, ...conflicts]),
    merges: new Set([...found.merges, ...merges]),
  };
}

function* claims(
  ledger: Ledger,
  rules: DecisionRules,
  replacements: Set<NhsNumber>,
  onEqualRows: Set<NhsNumber>,
): Iterable<{ subjectId: number; nhsNumber: NhsNumber }> {
  for (const { subject, result } of ledger.results()) {
    const { decision } = decideSubject(subject, result, rules);
    if (decision.kind !== 'match') continue;
    const { nhsNumber } = decision;
    const supplied = subject.demographics.nhsNumber;
    if (supplied !== undefined && supplied !== nhsNumber) replacements.add(nhsNumber);
    if (ledger.rowCount(subject.subjectId) > 1) onEqualRows.add(nhsNumber);
    yield { subjectId: subject.subjectId, nhsNumber };
  }
}

/** Those of the numbers that a row brought with it, whatever became of that row. */
function heldAmong(numbers: ReadonlySet<NhsNumber>, ledger: Ledger): ReadonlySet<NhsNumber> {
  const held = new Set<NhsNumber>();
  if (numbers.size === 0) return held;
  for (const number of ledger.numbersBrought()) if (numbers.has(number)) held.add(number);
  return held;
}

function* decideRows(
  ledger: Ledger,
  rules: DecisionRules,
  crossings: Crossings,
  lists: WorkListsInMaking,
): Iterable<DecidedRow> {
  for (const row of ledger.rows()) {
    const decided = decideRow(row, rules, crossings);
    lists.add(row, decided);
    yield decided;
  }
}

const DECISIONS_A_WRITE = 1000;

/** Every decision that the audit trail does not have goes there before it goes out. */
async function* decisionsOnRecord(
  decided: Iterable<DecidedRow>,
  ledger: Ledger,
  audit: AuditLog,
): AsyncIterable<DecidedRow> {
  let batch: DecidedRow[] = [];
  const flush = async (): Promise<readonly DecidedRow[]> => {
    const rows = batch;
    batch = [];
    const events = rows.map(decisionEvent);
    const said = events.map((event, at) => ({
      row: rows[at]?.row ?? 0,
      said: `${event.code} ${event.nhsNumber ?? ''}`,
    }));
    const changed = ledger.noteDecisions(said);
    await audit.addAll(events.filter(({ row }) => row !== undefined && changed.has(row)));
    return rows;
  };
  for (const row of decided) {
    batch.push(row);
    if (batch.length >= DECISIONS_A_WRITE) yield* await flush();
  }
  yield* await flush();
}

function decisionEvent({ row, decision, messageId }: DecidedRow): AuditEvent {
  const isMatch = decision.kind === 'match';
  const nhsNumber = isMatch ? decision.nhsNumber : decision.candidate;
  return {
    ...{ event: 'row.decided', row, code: isMatch ? decision.outcome : decision.code },
    ...(messageId === '' ? {} : { messageId }),
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
  };
}

/** A second pass, so that a run without further files pays nothing for them. */
function* decideAgain(ledger: Ledger, rules: DecisionRules, crossings: Crossings) {
  for (const answered of ledger.rows())
    yield { answered, decided: decideRow(answered, rules, crossings) };
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
