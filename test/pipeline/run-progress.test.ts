import { beforeEach, describe, expect, it } from 'vitest';
import { createRunProgress } from '../../src/pipeline/run-progress.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  aRequest,
  aSubject,
  aTracedRow,
  details,
  unanswered,
} from '../support/people.ts';

const FOUND = answered({ kind: 'found', nhsNumber: aNumber(), details: details() });
const NO_MATCH = answered({ kind: 'no-match' });
const ROBIN = aSubject({ givenName: 'Robin' });
let ledger: Ledger;

beforeEach(() => {
  ledger = openLedger(':memory:');
  ledger.addRows([aTracedRow(1), aTracedRow(2), aTracedRow(3, ROBIN), aLocalRow(4)]);
});

describe('progress', () => {
  it('begins with the rows that are never sent', () => {
    expect(createRunProgress(ledger).counts()).toEqual({
      rows: 4,
      done: 1,
      matched: 0,
      exceptions: 1,
    });
  });

  it('begins with what an earlier process has recorded', () => {
    ledger.record([{ subjectId: 1, result: FOUND, at: '' }]);

    const progress = createRunProgress(ledger);

    expect(progress.counts()).toEqual({ rows: 4, done: 3, matched: 2, exceptions: 1 });
    expect(progress.requests()).toBe(0);
  });

  it('counts every row that shares a subject, and every request', () => {
    const progress = createRunProgress(ledger);

    progress.add([{ subjectId: 1, result: FOUND }]);
    expect(progress.counts()).toEqual({ rows: 4, done: 3, matched: 2, exceptions: 1 });
    progress.add([{ subjectId: 2, result: { ...NO_MATCH, requests: [aRequest(), aRequest()] } }]);

    expect(progress.counts()).toEqual({ rows: 4, done: 4, matched: 2, exceptions: 2 });
    expect(progress.requests()).toBe(3);
  });

  it('remembers the most unanswered in a row, whatever came after', () => {
    const progress = createRunProgress(ledger);
    const add = (result: typeof NO_MATCH) => progress.add([{ subjectId: 1, result }]);

    add(unanswered());
    add(unanswered());
    expect(progress.mostUnansweredInARow()).toBe(2);
    add(NO_MATCH);
    expect(progress.mostUnansweredInARow()).toBe(2);
    add(unanswered());
    expect(progress.mostUnansweredInARow()).toBe(2);
  });

  it('does not count a subject as done when the provider refuses us', () => {
    const progress = createRunProgress(ledger);
    const result = {
      kind: 'refused',
      code: 'SMSP-0005',
      reason: 'x',
      requests: [aRequest()],
    } as const;

    progress.add([{ subjectId: 1, result }]);

    expect(progress.counts().done).toBe(1);
    expect(progress.requests()).toBe(1);
  });

  it('takes nothing, and a subject that is not its own', () => {
    const progress = createRunProgress(ledger);

    progress.add([]);
    progress.add([{ subjectId: 99, result: NO_MATCH }]);

    expect(progress.counts().done).toBe(1);
  });
});
