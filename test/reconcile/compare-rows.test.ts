/** Rows laid beside each other (MSCA-DQ-01, MSCA-DQ-03). */
import { describe, expect, it } from 'vitest';
import type { NhsNumber } from '../../src/domain/nhs-number.ts';
import { compareRows } from '../../src/reconcile/compare-rows.ts';
import { aBirthDate, aNumber, aStoredSubject } from '../support/people.ts';

const NUMBER = aNumber('9990341702');
const OLD = aNumber('9990123454');
const OTHER = aNumber('9990000018');
const NONE: ReadonlySet<NhsNumber> = new Set();

const shared = (...subjects: ReturnType<typeof aStoredSubject>[]) => [
  { nhsNumber: NUMBER, subjects },
];

describe('rows that came to one number are in conflict', () => {
  it.each([
    ['when they are of two people', aStoredSubject(2, { givenName: 'Robin' })],
    [
      'when they were born on different days',
      aStoredSubject(2, { birthDate: aBirthDate('19810918') }),
    ],
    ['when their family names differ', aStoredSubject(2, { familyName: 'Sample' })],
    ['whatever number they hold', aStoredSubject(2, { givenName: 'Robin', nhsNumber: NUMBER })],
  ])('%s', (_name, second) => {
    const { conflicts } = compareRows(shared(aStoredSubject(1), second), NONE, NONE, NONE);

    expect([...conflicts]).toEqual([NUMBER]);
  });

  it('when two are of different people, and a third could be either', () => {
    const three = shared(
      aStoredSubject(1, { givenName: 'R' }),
      aStoredSubject(2, { givenName: 'Rowan' }),
      aStoredSubject(3, { givenName: 'Robin' }),
    );

    expect([...compareRows(three, NONE, NONE, NONE).conflicts]).toEqual([NUMBER]);
  });

  it.each([
    ['another spelling', aStoredSubject(2, { familyName: 'OTESTBY' })],
    ['an initial', aStoredSubject(2, { givenName: 'R' })],
    ['another postcode', aStoredSubject(2, { postcode: undefined })],
    ['the number itself', aStoredSubject(2, { nhsNumber: NUMBER })],
  ])('but not when they are of one person: %s', (_name, second) => {
    const { conflicts, merges } = compareRows(shared(aStoredSubject(1), second), NONE, NONE, NONE);

    expect([...conflicts]).toEqual([]);
    expect([...merges]).toEqual([]);
  });

  it('each for itself', () => {
    const numbers = [
      ...shared(aStoredSubject(1), aStoredSubject(2, { givenName: 'Robin' })),
      { nhsNumber: OTHER, subjects: [aStoredSubject(3), aStoredSubject(4, { givenName: 'R' })] },
    ];

    expect([...compareRows(numbers, NONE, NONE, NONE).conflicts]).toEqual([NUMBER]);
    expect([...compareRows([], NONE, NONE, NONE).conflicts]).toEqual([]);
  });
});

describe('a replacement is a merge for a person to see', () => {
  const replaced = aStoredSubject(1, { nhsNumber: OLD });
  const replacements = new Set([NUMBER]);

  it('when another row brought it along, whatever became of that row', () => {
    const { merges } = compareRows([], replacements, new Set([NUMBER]), NONE);

    expect([...merges]).toEqual([NUMBER]);
  });

  it('when another row without a number was traced to it', () => {
    const { merges, conflicts } = compareRows(
      shared(replaced, aStoredSubject(2)),
      replacements,
      NONE,
      NONE,
    );

    expect([...merges]).toEqual([NUMBER]);
    expect([...conflicts]).toEqual([]);
  });

  it('when another row with another number was given it as well', () => {
    const { merges } = compareRows(
      shared(replaced, aStoredSubject(2, { nhsNumber: OTHER })),
      replacements,
      NONE,
      NONE,
    );

    expect([...merges]).toEqual([NUMBER]);
  });

  it('not when nobody else has it', () => {
    expect([...compareRows([], replacements, NONE, NONE).merges]).toEqual([]);
  });

  it('not when the same old number was written down twice', () => {
    const again = aStoredSubject(2, { nhsNumber: OLD, familyName: 'OTESTBY' });

    expect([...compareRows(shared(replaced, again), replacements, NONE, NONE).merges]).toEqual([]);
  });

  it('not when a number was only found twice', () => {
    const twice = shared(aStoredSubject(1), aStoredSubject(2, { familyName: 'OTESTBY' }));

    expect([...compareRows(twice, NONE, NONE, NONE).merges]).toEqual([]);
  });
});

describe('one person on several rows', () => {
  const again = aStoredSubject(2, { familyName: 'OTESTBY' });

  it('is told of when the rows differ a little', () => {
    const { repeated } = compareRows(shared(aStoredSubject(1), again), NONE, NONE, NONE);

    expect([...repeated]).toEqual([NUMBER]);
  });

  it('is told of when the rows are the same', () => {
    expect([...compareRows([], NONE, NONE, new Set([OTHER])).repeated]).toEqual([OTHER]);
  });

  it('is not told of two people, who are in conflict', () => {
    const two = shared(aStoredSubject(1), aStoredSubject(2, { givenName: 'Robin' }));

    expect([...compareRows(two, NONE, NONE, NONE).repeated]).toEqual([]);
  });

  it('is nobody when every number came once', () => {
    expect([...compareRows([], NONE, NONE, NONE).repeated]).toEqual([]);
  });
});
