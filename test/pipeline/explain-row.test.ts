import { beforeEach, describe, expect, it } from 'vitest';
import { explainRow } from '../../src/pipeline/explain-row.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  answeredAll,
  aSubject,
  aTracedRow,
  checked,
  details,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

const NUMBER = aNumber('9990341702');
const OLD = aNumber('9990123454');
const AT = '2026-11-22T16:45:00.000Z';
const FOUND = answered({ kind: 'found', nhsNumber: NUMBER, details: details() });
const REPLACED = answeredAll(
  checked({ kind: 'superseded', replacement: NUMBER, details: details() }, OLD),
);
let ledger: Ledger;

beforeEach(() => {
  ledger = openLedger(':memory:');
  ledger.addRows([
    aTracedRow(1),
    aTracedRow(2, aSubject({ nhsNumber: OLD })),
    aLocalRow(3),
    aTracedRow(4, aSubject({ givenName: 'Robin' })),
  ]);
});

const record = (subjectId: number, result: typeof FOUND): number =>
  ledger.record([{ subjectId, result, at: AT }]);

const story = (row: number): string =>
  (explainRow(ledger, row, ['Id', 'Surname'], someRules()) ?? ['no story']).join('\n');

describe('one row of a run', () => {
  it('is told from what the ledger holds', () => {
    record(1, FOUND);

    expect(story(1)).toContain('cell 1');
    expect(story(1)).toContain('traced: 999 034 1702');
    expect(story(3)).toContain('The row is empty.');
    expect(story(4)).toContain('no answer');
  });

  it.each([0, 5, -1, 1.5])('has no story when the file has no such row: %d', (row) => {
    expect(explainRow(ledger, row, ['Id', 'Surname'], someRules())).toBeUndefined();
  });

  it('is told beside the others: a replacement that is on another row', () => {
    record(2, REPLACED);
    expect(story(2)).toContain('superseded: 999 034 1702');

    record(1, FOUND);

    expect(story(2)).toContain('two records may be one person');
    expect(story(1)).toContain('traced: 999 034 1702');
  });

  it('is told beside the others: another person came to the same number', () => {
    record(1, FOUND);
    const other = answeredAll({
      ...(FOUND.asked[0] ?? checked({ kind: 'no-match' })),
      question: {
        ...(FOUND.asked[0]?.question ?? checked({ kind: 'no-match' }).question),
        givenName: 'Robin',
      },
      answer: { kind: 'found', nhsNumber: NUMBER, details: details({ givenNames: ['ROBIN'] }) },
    });
    record(3, other);

    expect(story(4)).toContain('came to the same number');
    expect(story(1)).toContain('came to the same number');
  });
});
