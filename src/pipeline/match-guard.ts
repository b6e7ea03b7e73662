/** Notices from the first rows that a file cannot be what the job takes it for. Pure. */
import type { RunCounts } from '../domain/run.ts';

/** Rows that the provider gave no answer for are not among those done: they say nothing of the file. */
export interface SeenSoFar extends RunCounts {
  /** Rows that the provider answered, and those of them that were matched. */
  readonly answered: number;
  readonly answeredMatched: number;
  /** Rows whose given name is a family name, and the other way round, as far as names are known. */
  readonly looksSwapped: number;
  /** Matched rows by the step that found them. */
  readonly byStep: Readonly<Record<string, number>>;
}

/** So few rows say nothing. */
const FEWEST_ANSWERED = 50;
const FEWEST_ROWS = 100;
/** From so many matches by an exchange on, when they are half of all. */
const FEWEST_EXCHANGED = 20;

/** Why a person should look before any more is asked, or undefined. `expected`: a match rate, 0 to 1. */
export function reasonToLook(seen: SeenSoFar, expected: number): string | undefined {
  return exchangedColumns(seen) ?? lowMatchRate(seen, expected);
}

function exchangedColumns({ byStep, answeredMatched }: SeenSoFar): string | undefined {
  for (const [step, what] of EXCHANGES) {
    const count = byStep[step] ?? 0;
    if (count >= FEWEST_EXCHANGED && count * 2 >= answeredMatched)
      return `${count} of the first ${answeredMatched} people found were found only with ${what} exchanged. ${MENDS[step]}`;
  }
  return undefined;
}

const EXCHANGES = [
  ['names-exchanged', 'family name and given name'],
  ['day-and-month-exchanged', 'day and month of birth'],
] as const;

const MENDS: Readonly<Record<string, string>> = {
  'names-exchanged':
    'The two columns look swapped: name them under "columns" in a job file, and run the file again',
  'day-and-month-exchanged':
    'The dates look month first: set "date_order: mdy" in a job file, and run the file again',
};

function lowMatchRate(seen: SeenSoFar, expected: number): string | undefined {
  const { rows, exceptions, answered, answeredMatched } = seen;
  const percent = Math.round(expected * 100);
  if (rows >= FEWEST_ROWS && (rows - exceptions) / rows < expected)
    return `${exceptions} of ${rows} rows are exceptions already, so the ${percent} % that the job expects to match cannot be reached. ${suspicion(seen)}`;
  // Three standard deviations: a good file is not stopped by a bad beginning.
  const highest = answeredMatched / answered + 3 * Math.sqrt(0.25 / answered);
  if (answered >= FEWEST_ANSWERED && highest < expected)
    return `only ${answeredMatched} of the first ${answered} rows were matched, where the job expects ${percent} % or more. ${suspicion(seen)}`;
  return undefined;
}

function suspicion({ answered, looksSwapped, exceptions, done }: SeenSoFar): string {
  if (looksSwapped * 2 > answered && answered > 0)
    return 'Family name and given name look swapped: name the columns in a job file';
  return exceptions === done && answered === 0
    ? 'Columns may be shifted or wrongly recognised: see what "nhs-trace check" says'
    : 'Columns may be wrongly recognised, or the dates in another order: see what "nhs-trace check" says, and "nhs-trace explain" for one of the rows';
}
