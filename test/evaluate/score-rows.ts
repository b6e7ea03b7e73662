/** What became of the rows of a cohort, held against the truth. */
import { writingKinds } from '../../src/synth/documented-mishaps.ts';
import type { JudgedRow } from '../../src/synth/judged-cohort.ts';
import { upperBound } from './bounds.ts';

/** What a run, or the baseline, said of one row. */
export interface RowResult {
  /** The number that it gave; empty when it gave none. */
  readonly nhsNumber: string;
  /** The code of the exception; empty for a match. */
  readonly code: string;
  /** Numbers that a person should look at. */
  readonly candidates: readonly string[];
}

/** How many of some rows were given the person's own number. */
export interface Recall {
  readonly rows: number;
  readonly found: number;
}

export interface Score {
  readonly rows: number;
  /** Rows that were given a number. */
  readonly matched: number;
  /** Rows given a number that is not that of their person, in the order of the cohort. */
  readonly falseMatches: readonly JudgedRow[];
  /** The 95 % upper bound of false matches among rows that were given a number. */
  readonly falseMatchBound: number;
  /** People who can be identified, but for those of whom only a common name is known. */
  readonly identifiable: Recall;
  /** Those of whom only a common name is known as well. */
  readonly withCommonNames: Recall;
  /**
   * The same two of rows that carry damage: something they say of the person is wrong, former or
   * lacking. Mere ways of writing, which any program mends, are none; nor is a missing NHS number,
   * which is what we are for.
   */
  readonly damaged: Recall;
  readonly damagedWithCommonNames: Recall;
  /** Of `identifiable`, the rows that were given no number or a wrong one. */
  readonly missed: readonly JudgedRow[];
  readonly exceptions: Readonly<Record<string, number>>;
  /** Rows with the code `possible-match`, and those with the right number among the candidates. */
  readonly possible: { readonly rows: number; readonly right: number };
}

/** `results` by row; a row that is not among them was given nothing. */
export function scoreRows(
  cohort: readonly JudgedRow[],
  results: ReadonlyMap<number, RowResult>,
): Score {
  const resultOf = ({ truth }: JudgedRow): RowResult => results.get(truth.row) ?? nothing;
  const isFound = (row: JudgedRow): boolean => resultOf(row).nhsNumber === row.truth.trueNhsNumber;
  const recall = (rows: readonly JudgedRow[]): Recall => ({
    rows: rows.length,
    found: rows.filter(isFound).length,
  });
  const isDamaged = (row: JudgedRow): boolean => damageOf(row).some((kind) => !HARMLESS.has(kind));
  const matched = cohort.filter((row) => resultOf(row).nhsNumber !== '');
  const falseMatches = matched.filter((row) => !isFound(row));
  const withCommonNames = cohort.filter(({ evidence }) => evidence.canBeIdentified);
  const identifiable = withCommonNames.filter(({ evidence }) => !evidence.hasCommonNameOnly);
  const possible = cohort.filter((row) => resultOf(row).code === 'possible-match');
  return {
    rows: cohort.length,
    matched: matched.length,
    falseMatches,
    falseMatchBound: upperBound(falseMatches.length, matched.length),
    identifiable: recall(identifiable),
    withCommonNames: recall(withCommonNames),
    damaged: recall(identifiable.filter(isDamaged)),
    damagedWithCommonNames: recall(withCommonNames.filter(isDamaged)),
    missed: identifiable.filter((row) => !isFound(row)),
    exceptions: countBy(cohort.map((row) => resultOf(row).code).filter((code) => code !== '')),
    possible: {
      rows: possible.length,
      right: possible.filter((row) => resultOf(row).candidates.includes(row.truth.trueNhsNumber))
        .length,
    },
  };
}

/** Ways of writing that change what an exact search compares. */
const COMPARED = ['apostrophe-dropped', 'diacritics-lost', 'double-barrelled-variant'];

const HARMLESS: ReadonlySet<string> = new Set(
  ['none', 'number-missing', ...writingKinds].filter((kind) => !COMPARED.includes(kind)),
);

/** How often each text comes, the commonest first. */
export function countBy(texts: Iterable<string>): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, one], [, other]) => other - one));
}

/** The kinds of damage of a row; `none` for a row as it should be. */
export function damageOf({ truth }: JudgedRow): readonly string[] {
  return truth.damage === '' ? ['none'] : truth.damage.split('|');
}

const nothing: RowResult = { nhsNumber: '', code: 'not-in-the-output', candidates: [] };
