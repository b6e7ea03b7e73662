/** What only shows when rows are laid beside each other (MSCA-DQ-01, MSCA-DQ-03). Pure. */
import type { NhsNumber } from '../domain/nhs-number.ts';
import type { StoredSubject } from '../domain/record.ts';
import { looksLikeOnePerson } from './looks-like-one-person.ts';

export interface Crossings {
  /** Numbers that rows of what look like different people came to. */
  readonly conflicts: ReadonlySet<NhsNumber>;
  /** Replacements of other numbers that another row holds, or came to, as well. */
  readonly merges: ReadonlySet<NhsNumber>;
  /** Numbers of one person who stands on several rows: a match for all, and reported. */
  readonly repeated: ReadonlySet<NhsNumber>;
}

/**
 * `shared`: the numbers that more than one subject came to. `replacements`: those that took the place
 * of a supplied number. `heldByOthers`: those of them that another row brought with it. `onEqualRows`:
 * numbers of subjects that stand on several rows, each like the other.
 */
export function compareRows(
  shared: Iterable<{ readonly nhsNumber: NhsNumber; readonly subjects: readonly StoredSubject[] }>,
  replacements: ReadonlySet<NhsNumber>,
  heldByOthers: ReadonlySet<NhsNumber>,
  onEqualRows: ReadonlySet<NhsNumber>,
): Crossings {
  const conflicts = new Set<NhsNumber>();
  const merges = new Set(heldByOthers);
  const repeated = new Set(onEqualRows);
  for (const { nhsNumber, subjects } of shared) {
    if (areOnePerson(subjects)) repeated.add(nhsNumber);
    else conflicts.add(nhsNumber);
    const supplied = new Set(subjects.map(({ demographics }) => demographics.nhsNumber));
    if (replacements.has(nhsNumber) && supplied.size > 1) merges.add(nhsNumber);
  }
  return { conflicts, merges, repeated };
}

function areOnePerson(subjects: readonly StoredSubject[]): boolean {
  return subjects.every((a) =>
    subjects.every((b) => looksLikeOnePerson(a.demographics, b.demographics)),
  );
}
