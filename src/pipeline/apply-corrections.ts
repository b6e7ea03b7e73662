/** Rows that people have mended in the exception file, into the ledger; nothing is sent here. */
import type { Job } from '../config/job.ts';
import type { AnsweredRow } from '../domain/record.ts';
import { InputError } from '../errors.ts';
import { createColumnCheck } from '../ingest/check-columns.ts';
import { ingestRow, type RowReading, readingOf } from '../ingest/ingest-rows.ts';
import type { Crossings } from '../reconcile/compare-rows.ts';
import { decideRow } from '../reconcile/decide-rows.ts';
import { localIdColumn } from '../reconcile/local-identifier.ts';
import type { Ledger } from '../run-store/ledger.ts';
import type { Correction, MendedRow } from '../run-store/ledger-corrections.ts';
import type { AboutInput } from '../run-store/run-about.ts';
import { findCrossings } from './finish-run.ts';
import { type InputOptions, normaliserFor } from './ingest-run.ts';
import { createCellMender } from './mended-cells.ts';
import { createMovedColumns } from './moved-columns.ts';
import { type GivenRow, readCorrections } from './read-corrections.ts';

export interface CorrectionContext {
  readonly ledger: Ledger;
  readonly input: AboutInput;
  readonly job: Job;
  readonly options: InputOptions;
  readonly by: Pick<Correction, 'at' | 'user' | 'file'>;
}

export interface AppliedCorrections {
  /** Rows of the run that the file holds. */
  readonly given: number;
  /** Rows whose cells were changed. */
  readonly mended: number;
  /** Whether the last correction was this file: then it is gone on with. */
  readonly isKnown: boolean;
}

/**
 * All rows that were mended, or, when the file has a fault, none. Throws InputError. What is known already is
 * not applied twice, so that a command that was killed can be given again.
 */
export async function applyCorrections(
  path: string,
  { ledger, input, job, options, by }: CorrectionContext,
): Promise<AppliedCorrections> {
  const normalise = normaliserFor(job, options);
  const reading = readingOf(path, input, { columns: job.columns, normalise });
  const file = readCorrections(path, input.headers, input.rows);
  const { given, changed } = await changedRows(path, file.rows, ledger, { reading, job, options });
  const check = createColumnCheck({ ...reading, path, dateOrder: job.date_order });
  const crossings = findCrossings(ledger, job);
  const mended: MendedRow[] = [];
  for (const change of changed.values()) {
    const decided = decidedUntilNow(path, change, ledger, job, crossings);
    if (decided === undefined) continue;
    const row = ingestRow(change.row, change.cells, reading);
    check.count(row.findings, change.cells);
    mended.push({ row, decided });
  }
  check.judge();
  const sha256 = file.sha256();
  const isKnown = mended.length === 0 && ledger.lastCorrection()?.sha256 === sha256;
  if (mended.length > 0) ledger.correct({ ...by, sha256 }, mended);
  return { given, mended: mended.length, isKnown };
}

interface Changed extends GivenRow {
  /** Whether the cells are those of the row before one of its earlier corrections. */
  readonly isOldCopy: boolean;
}

/** Those in which a cell was changed, by row. */
async function changedRows(
  path: string,
  rows: AsyncIterable<GivenRow>,
  ledger: Ledger,
  how: { readonly reading: RowReading; readonly job: Job; readonly options: InputOptions },
): Promise<{ readonly given: number; readonly changed: ReadonlyMap<number, Changed> }> {
  const changed = new Map<number, Changed>();
  const given = new Set<number>();
  const mender = createCellMender(path, how);
  const moves = createMovedColumns(path, how.reading.headers);
  for await (const one of rows) {
    given.add(one.row);
    const answered = ledger.row(one.row);
    if (answered === undefined) throw new Error(`row ${one.row} is not in the ledger`);
    if (isDeleted(answered)) {
      refuseFilled(path, one);
      continue;
    }
    const before = answered.cells;
    mender.count(one.cells, before);
    const cells = mender.mend(one.cells, before);
    if (isEqual(cells, before)) continue;
    moves.count(cells, before);
    refuseOtherPerson(path, one.place, { given: cells, before }, how.reading);
    const other = changed.get(one.row);
    if (other !== undefined && !isEqual(other.cells, cells))
      throw new InputError(
        `${path}, ${one.place}: row ${one.row} was mended on ${other.place} too, in another way. Leave one of the two as it was.`,
      );
    const isOldCopy = ledger
      .earlierCells(one.row)
      .some((earlier) => isEqual(mender.mend(one.cells, earlier), earlier));
    changed.set(one.row, { ...one, cells, isOldCopy });
  }
  mender.judge();
  moves.judge();
  return { given: given.size, changed };
}

/** What the run said of the row; undefined for an old copy of a row that has a number by now, which changes nothing. */
function decidedUntilNow(
  path: string,
  { row, place, isOldCopy }: Changed,
  ledger: Ledger,
  job: Job,
  crossings: Crossings,
): unknown {
  const answered = ledger.row(row);
  if (answered === undefined) throw new Error(`row ${row} is not in the ledger`);
  const { cells: _cells, row: _row, ...decided } = decideRow(answered, job, crossings);
  if (decided.decision.kind === 'exception') return decided;
  if (isOldCopy) return undefined;
  throw new InputError(
    `${path}, ${place}: row ${row} is no exception of this run any more, or never was: it stands in matched.csv. Mend rows in the exceptions.csv that the run directory holds now, or check whether trace_row still stands beside its own person.`,
  );
}

function isDeleted({ fate }: AnsweredRow): boolean {
  return fate.kind === 'local' && fate.problem.kind === 'deleted';
}

/** An old copy of the file still holds the person whom the run may not hold any more. */
function refuseFilled(path: string, { row, place, cells }: GivenRow): void {
  if (cells.every((cell) => cell.trim() === '')) return;
  throw new InputError(
    `${path}, ${place}: row ${row} was deleted from the run by order, and does not come back. Delete the line from this file and from every copy of it; or give back the exceptions that the run directory holds now.`,
  );
}

const IDENTIFYING = ['nhs_number', 'family_name', 'given_name', 'birth_date', 'postcode'] as const;

/** A person is mended in a cell or two: where nothing of them is left, trace_row stands beside somebody else. */
function refuseOtherPerson(
  path: string,
  place: string,
  { given, before }: { readonly given: readonly string[]; readonly before: readonly string[] },
  { columns, headers }: RowReading,
): void {
  const places = [localIdColumn(headers), ...IDENTIFYING.map((field) => columns.get(field))];
  const filled = [...new Set(places)].flatMap((at) => {
    const [was, is] = [before[at ?? -1] ?? '', given[at ?? -1] ?? ''].map((cell) => cell.trim());
    return was && is ? [was.toLowerCase() === is.toLowerCase()] : [];
  });
  if (filled.length < 2 || filled.includes(true)) return;
  throw new InputError(
    `${path}, ${place}: nothing that tells who the person is stands as it did in this row of the run. The file is of another run, or was sorted so that trace_row stands beside somebody else. Give back the exceptions of this run; a new person belongs in a run of their own.`,
  );
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((cell, at) => cell === other[at]);
}
