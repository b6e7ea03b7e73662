import { beforeEach, describe, expect, it } from 'vitest';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  aRequest,
  aSubject,
  aTracedRow,
  unanswered,
} from '../support/people.ts';

const AT = '2026-11-22T16:45:00.000Z';
const LATER = '2026-11-23T09:00:00.000Z';
const ROWAN = aSubject();
const ROBIN = aSubject({ givenName: 'Robin' });
const NO_MATCH = answered({ kind: 'no-match' }, []);
const BY = { at: LATER, user: 'mender', file: 'exceptions.csv', sha256: 'ab12' };
let ledger: Ledger;

beforeEach(() => {
  ledger = openLedger(':memory:');
  ledger.describe('ingestedAt', AT);
});

const toTrace = () =>
  ledger.subjectsToTrace(0, 100).map(({ demographics }) => demographics.givenName);
const correct = (...rows: Parameters<typeof aTracedRow>[]) =>
  ledger.correct(
    BY,
    rows.map((row) => ({ row: aTracedRow(...row), decided: { was: row[0] } })),
  );

describe('a corrected row', () => {
  it('is another subject, to be traced; nobody asks about the earlier one again', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN)]);
    ledger.record([
      { subjectId: 1, result: unanswered('timeout', []), at: AT },
      { subjectId: 2, result: NO_MATCH, at: AT },
    ]);
    correct([1, aSubject({ givenName: 'Rowena' })]);
    expect(toTrace()).toEqual(['Rowena']);
    ledger.reopenUnanswered();
    expect(toTrace()).toEqual(['Rowena']);
    expect(ledger.counts()).toMatchObject({ rows: 2, subjects: 2, unaskedRows: 1 });
    expect([...ledger.results()].map(({ subject }) => subject.subjectId)).toEqual([2]);
  });

  it('has a number that no other copy of the ledger gives to somebody else', () => {
    const ids = [1, 2, 3].map((copy) => {
      const restored = openLedger(':memory:');
      restored.addRows([aTracedRow(1, ROWAN)]);
      const row = aTracedRow(1, aSubject({ givenName: `Rowena${copy}` }));
      restored.correct(BY, [{ row, decided: '' }]);
      return restored.subjectsToTrace(0, 10).map(({ subjectId }) => subjectId);
    });
    expect(new Set(ids.flat()).size).toBe(3);
  });

  it('has the answer of whoever has the same details, also of what it was before', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN)]);
    for (const subjectId of [1, 2]) ledger.record([{ subjectId, result: NO_MATCH, at: AT }]);
    correct([1, ROBIN]);
    expect(toTrace()).toEqual([]);
    expect(ledger.row(1)).toMatchObject({ subjectId: 2, at: AT });
    correct([1, ROWAN]);
    expect(ledger.row(1)).toMatchObject({ subjectId: 1, at: AT });
    expect([ledger.rowCount(1), ledger.rowCount(2)]).toEqual([1, 1]);
    expect(ledger.earlierRows().map(({ row, correctionId }) => [row, correctionId])).toEqual([
      [1, 1],
      [1, 2],
    ]);
  });

  it('asks again about whoever got no answer, when it comes to the same details', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aTracedRow(2, ROBIN)]);
    ledger.record([
      { subjectId: 1, result: NO_MATCH, at: AT },
      { subjectId: 2, result: unanswered('timeout', []), at: AT },
    ]);
    correct([1, ROBIN]);
    expect(toTrace()).toEqual(['Robin']);
  });

  it('may be one that cannot be sent; it was then read when it was corrected', () => {
    ledger.addRows([aTracedRow(1, ROWAN), aLocalRow(2)]);
    ledger.record([{ subjectId: 1, result: NO_MATCH, at: AT }]);
    ledger.correct(BY, [
      { row: aLocalRow(1), decided: 1 },
      { row: aTracedRow(2, aSubject({ nhsNumber: aNumber() })), decided: 2 },
    ]);
    expect(ledger.row(1)).toMatchObject({ fate: { kind: 'local' }, at: LATER });
    expect([...ledger.numbersBrought()]).toEqual([aNumber()]);
  });
});

it('keeps what was, by whom and when', () => {
  ledger.addRows([aTracedRow(1, ROWAN)]);
  expect(ledger.lastCorrection()).toBeUndefined();
  correct([1, ROBIN]);
  expect(ledger.lastCorrection()).toEqual({ correctionId: 1, ...BY });
  expect(ledger.earlierRows()).toEqual([
    expect.objectContaining({ row: 1, at: LATER, user: 'mender', decided: { was: 1 } }),
  ]);
  expect(ledger.earlierCells(1)).toHaveLength(1);
});

it('keeps of an answer about somebody it does not know that a request was sent, and no more', () => {
  ledger.addRows([aTracedRow(1, ROWAN)]);
  const lost = answered({ kind: 'found', nhsNumber: aNumber() }, [aRequest({ messageId: 'lost' })]);

  expect(ledger.record([{ subjectId: 7, result: lost, at: AT }])).toBe(1);

  expect([...ledger.requestMessages()]).toEqual(['lost']);
  expect([...ledger.results()]).toEqual([]);
  expect(toTrace()).toEqual(['Rowan']);
});
