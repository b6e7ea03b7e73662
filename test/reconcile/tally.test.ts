import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { DecidedRow } from '../../src/reconcile/decide-rows.ts';
import { createTally } from '../../src/reconcile/tally.ts';
import { aNumber } from '../support/people.ts';

const MATCH: Decision = {
  kind: 'match',
  outcome: 'verified',
  nhsNumber: aNumber(),
  status: '01',
};

function anException(changes: Partial<Extract<Decision, { kind: 'exception' }>> = {}): Decision {
  return {
    kind: 'exception',
    code: 'no-match',
    reason: 'Nobody.',
    action: 'Look.',
    status: '04',
    ...changes,
  };
}

function aDecided(row: number, decision: Decision = MATCH): DecidedRow {
  return {
    row,
    cells: [],
    decision,
    responseCode: '',
    step: '',
    source: 'provider',
    messageId: '',
    at: '',
  };
}

function totalsOf(decisions: readonly Decision[]) {
  const tally = createTally();
  decisions.forEach((decision, at) => {
    tally.add(aDecided(at + 1, decision));
  });
  return tally.totals();
}

it('counts every kind, those that did not occur included', () => {
  expect(totalsOf([])).toEqual({
    rows: 0,
    outcomes: { verified: 0, traced: 0, superseded: 0, corrected: 0 },
    exceptions: {
      unusable: 0,
      'no-match': 0,
      'multiple-matches': 0,
      'not-verified': 0,
      invalidated: 0,
      'possible-match': 0,
      duplicate: 0,
      failed: 0,
    },
    causes: [],
    matchesByStep: {},
  });
});

it('counts matches and exceptions', () => {
  const totals = totalsOf([MATCH, anException(), MATCH, anException({ code: 'failed' })]);

  expect(totals).toMatchObject({
    rows: 4,
    outcomes: { verified: 2 },
    exceptions: { 'no-match': 1, failed: 1 },
  });
});

it.each([
  ['missing', [1, 3]],
  ['missing at the beginning', [2]],
  ['twice', [1, 2, 2]],
  ['out of order', [1, 3, 2]],
  ['before the first', [0]],
])('refuses a row that is %s', (_name, rows) => {
  const tally = createTally();

  expect(() => {
    for (const row of rows) tally.add(aDecided(row));
  }).toThrow(/came where row \d+ should be/);
});

describe('causes', () => {
  it('gather the exceptions that have all words in common, candidates beside their rows', () => {
    const nhsNumber = aNumber();
    const { causes } = totalsOf([
      anException(),
      MATCH,
      anException({ candidate: nhsNumber }),
      anException({ action: 'Other.' }),
    ]);

    expect(causes).toEqual([
      {
        code: 'no-match',
        reason: 'Nobody.',
        action: 'Look.',
        count: 2,
        rows: [{ row: 1 }, { row: 3, candidate: nhsNumber }],
      },
      { code: 'no-match', reason: 'Nobody.', action: 'Other.', count: 1, rows: [{ row: 4 }] },
    ]);
  });

  it('stand in the order of the codes, then by count', () => {
    const { causes } = totalsOf([
      anException({ code: 'failed' }),
      anException({ reason: 'Rare.' }),
      anException(),
      anException(),
      anException({ code: 'unusable' }),
    ]);

    expect(causes.map(({ code, reason }) => `${code} ${reason}`)).toEqual([
      'unusable Nobody.',
      'no-match Nobody.',
      'no-match Rare.',
      'failed Nobody.',
    ]);
  });

  it('list the first 200 rows and count all', () => {
    const [cause] = totalsOf(Array.from({ length: 250 }, () => anException())).causes;

    expect(cause?.count).toBe(250);
    expect(cause?.rows.map(({ row }) => row)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
  });

  it('beyond 200 become one for each code, and none is lost', () => {
    const { causes, exceptions } = totalsOf([
      ...Array.from({ length: 230 }, (_, at) => anException({ reason: `Reason ${at}.` })),
      anException({ code: 'failed' }),
      anException({ reason: 'Reason 5.' }),
    ]);

    const others = causes.filter(({ reason }) => reason.startsWith('Other reasons'));
    expect(others.map(({ code, count }) => [code, count])).toEqual([
      ['no-match', 30],
      ['failed', 1],
    ]);
    expect(causes.find(({ reason }) => reason === 'Reason 5.')?.count).toBe(2);
    expect(causes.reduce((sum, { count }) => sum + count, 0)).toBe(
      exceptions['no-match'] + exceptions.failed,
    );
  });
});

it('counts the numbers to use by the step that gave them', () => {
  const tally = createTally();
  tally.add({ ...aDecided(1), step: 'names' });
  tally.add({ ...aDecided(2), step: 'postcode' });
  tally.add({ ...aDecided(3, anException()), step: 'names' });
  tally.add({ ...aDecided(4), step: 'names' });

  expect(tally.totals().matchesByStep).toEqual({ names: 2, postcode: 1 });
});
