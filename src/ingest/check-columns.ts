/** Faults that only a whole column shows. Counted while rows pass, judged before anything is sent. */
import type { Finding, FindingCode } from '../domain/finding.ts';
import { InputError } from '../errors.ts';

/** So many cells at least, and this share of all rows: fewer are slips of single rows. */
const MIN_CELLS = 3;
const MIN_SHARE = 0.01;

export interface ColumnCheck {
  count(findings: readonly Finding[]): void;
  /** Throws InputError when a whole column is not what it was taken for. */
  judge(): void;
}

/** `path` is for the message; `dateOrder` is the order in force. */
export function createColumnCheck(path: string, dateOrder: 'dmy' | 'mdy'): ColumnCheck {
  let rows = 0;
  const counts = new Map<FindingCode, number>();
  const isWidespread = (code: FindingCode): boolean => {
    const cells = counts.get(code) ?? 0;
    return cells >= MIN_CELLS && cells >= rows * MIN_SHARE;
  };
  return {
    count: (findings) => {
      rows += 1;
      for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
    },
    judge: () => {
      if (isWidespread('date-order'))
        throw new InputError(`${path}, ${wrongOrder(dateOrder, counts.get('date-order') ?? 0)}`);
      if (isWidespread('gender-identity-code')) throw new InputError(`${path}, ${GENDER_IDENTITY}`);
    },
  };
}

function wrongOrder(order: 'dmy' | 'mdy', cells: number): string {
  const [read, other, key] = order === 'dmy' ? ['day', 'month', 'mdy'] : ['month', 'day', 'dmy'];
  return `date of birth column: ${cells} dates have 13 or more where the ${other} should be, when read ${read} first. If the whole column is ${other} first, write in a job file (and give it with --job):\ndate_order: ${key}\nIf the column mixes both orders, export it again with one order, best as YYYY-MM-DD: nobody can tell which of the other dates are right.`;
}

const GENDER_IDENTITY =
  'gender column: it holds 3, 4 or Z, which are codes of gender identity. PDS is searched by PERSON STATED GENDER CODE or PERSON GENDER CODE CURRENT, in which 1 and 2 mean something else. Name the column with one of those in a job file (and give it with --job):\ncolumns:\n  gender: "the header of that column"';
