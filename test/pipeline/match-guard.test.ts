/** When a run stops at its beginning, because its file cannot be what the job takes it for. */
import { describe, expect, it } from 'vitest';
import { reasonToLook, type SeenSoFar } from '../../src/pipeline/match-guard.ts';

const MANY = 100_000;

/** So many rows answered and matched, of very many, none of them unusable. */
function seen(answered: number, matched: number, changes: Partial<SeenSoFar> = {}): SeenSoFar {
  return {
    rows: MANY,
    done: answered,
    matched,
    exceptions: answered - matched,
    answered,
    answeredMatched: matched,
    looksSwapped: 0,
    byStep: { 'supplied-number': matched },
    ...changes,
  };
}

/** Nothing is answered yet: so many of the rows could not be used. */
function unusable(count: number, rows: number): SeenSoFar {
  return seen(0, 0, { rows, done: count, exceptions: count });
}

describe('the rows that were answered', () => {
  it.each([
    [50, 14, 0.5],
    [100, 34, 0.5],
    [400, 169, 0.5],
    [10_000, 4849, 0.5],
    [1000, 902, 0.95],
    [50, 0, 0.3],
  ])('of %i, only %i matched, and the job expects %d: it stops', (answered, matched, expected) => {
    const reason = reasonToLook(seen(answered, matched), expected);

    expect(reason).toContain(`only ${matched} of the first ${answered} rows were matched`);
    expect(reason).toContain(`expects ${Math.round(expected * 100)} % or more`);
  });

  it.each([
    // Too few to say anything.
    [0, 0, 1],
    [49, 0, 0.5],
    // Less than three standard deviations: chance.
    [50, 15, 0.5],
    [100, 36, 0.5],
    [400, 171, 0.5],
    [10_000, 4851, 0.5],
    [1000, 903, 0.95],
    // As good as expected, and nothing expected.
    [1000, 1000, 1],
    [1000, 0, 0],
    [50, 0, 0.2],
  ])('of %i, %i matched, and the job expects %d: it goes on', (answered, matched, expected) => {
    expect(reasonToLook(seen(answered, matched), expected)).toBeUndefined();
  });
});

describe('the rows of the file', () => {
  it.each([
    [51, 100],
    [100, 100],
    [501, 1000],
  ])(
    '%i of %i are unusable, and half should match: it stops before anything is sent',
    (count, rows) => {
      const reason = reasonToLook(unusable(count, rows), 0.5);

      expect(reason).toContain(`${count} of ${rows} rows are exceptions already`);
      expect(reason).toContain('the 50 % that the job expects to match cannot be reached');
    },
  );

  it.each([
    [50, 100, 0.5],
    [99, 99, 0.5],
    [500, 1000, 0.5],
    [1000, 1000, 0],
  ])('%i of %i are unusable, and the job expects %d: it goes on', (count, rows, expected) => {
    expect(reasonToLook(unusable(count, rows), expected)).toBeUndefined();
  });

  it('counts what was answered in vain as well', () => {
    expect(reasonToLook(seen(49, 0, { rows: 100, exceptions: 51, done: 51 }), 0.5)).toContain(
      '51 of 100 rows are exceptions already',
    );
  });
});

describe('matches by an exchange', () => {
  it.each([
    ['names-exchanged', 'family name and given name exchanged', '"columns"'],
    ['day-and-month-exchanged', 'day and month of birth exchanged', '"date_order: mdy"'],
  ])('%s: half of them stop the run, whatever rate is expected', (step, what, mend) => {
    for (const expected of [0, 0.5]) {
      const reason = reasonToLook(seen(40, 40, { byStep: { [step]: 20, names: 20 } }), expected);

      expect(reason).toContain(`20 of the first 40 people found were found only with ${what}`);
      expect(reason).toContain(mend);
    }
  });

  it.each(['names-exchanged', 'day-and-month-exchanged'])('%s: fewer do not', (step) => {
    const few = seen(19, 19, { byStep: { [step]: 19 } });
    const minority = seen(41, 41, { byStep: { [step]: 20, names: 21 } });

    expect(reasonToLook(few, 0)).toBeUndefined();
    expect(reasonToLook(minority, 0)).toBeUndefined();
  });

  it('of another step say nothing', () => {
    expect(reasonToLook(seen(40, 40, { byStep: { names: 40 } }), 0)).toBeUndefined();
  });

  it('say more than a low rate does', () => {
    const both = seen(1000, 30, { byStep: { 'names-exchanged': 25, names: 5 } });

    expect(reasonToLook(both, 0.5)).toContain('only with family name and given name exchanged');
  });
});

describe('what is suspected', () => {
  it.each([
    ['columns that are swapped', seen(50, 0, { looksSwapped: 26 }), 'look swapped'],
    [
      'no swap, from half of the rows on',
      seen(50, 0, { looksSwapped: 25 }),
      'wrongly recognised, or the dates',
    ],
    [
      'columns that are shifted, when nothing could be sent',
      unusable(100, 100),
      'Columns may be shifted',
    ],
    [
      'columns or dates, when something was answered',
      seen(10, 0, { rows: 100, exceptions: 60, done: 60 }),
      'or the dates in another order',
    ],
  ])('%s', (_name, state, expected) => {
    expect(reasonToLook(state, 0.5)).toContain(expected);
  });
});
