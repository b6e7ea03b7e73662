import { beforeEach, describe, expect, it } from 'vitest';
import { createRunProgress } from '../../src/pipeline/run-progress.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import {
  aLocalRow,
  aNumber,
  anAsked,
  answered,
  answeredAll,
  aRequest,
  aSearch,
  aSubject,
  aTracedRow,
  checked,
  details,
  refused,
  searched,
  unanswered,
} from '../support/people.ts';
import { aPolicy, someRules } from '../support/rules.ts';

const RULES = someRules();
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
    expect(createRunProgress(ledger, RULES).counts()).toEqual({
      rows: 4,
      done: 1,
      matched: 0,
      exceptions: 1,
    });
  });

  it('begins with what an earlier process has recorded', () => {
    ledger.record([{ subjectId: 1, result: FOUND, at: '' }]);

    const progress = createRunProgress(ledger, RULES);

    expect(progress.counts()).toEqual({ rows: 4, done: 3, matched: 2, exceptions: 1 });
    expect(progress.seen()).toMatchObject({
      answered: 2,
      answeredMatched: 2,
      byStep: { names: 2 },
    });
    expect(progress.requests()).toBe(0);
  });

  it('counts every row that shares a subject, and every request', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([{ subjectId: 1, result: FOUND }], 1);
    expect(progress.counts()).toEqual({ rows: 4, done: 3, matched: 2, exceptions: 1 });
    progress.add([{ subjectId: 2, result: NO_MATCH }], 2);

    expect(progress.counts()).toEqual({ rows: 4, done: 4, matched: 2, exceptions: 2 });
    expect(progress.requests()).toBe(3);
  });

  it('counts by the rules of the job', () => {
    const strict = someRules({ policy: aPolicy({ max_namesakes: 1e-30 }) });
    const [lax, careful] = [RULES, strict].map((rules) => createRunProgress(ledger, rules));

    for (const progress of [lax, careful]) progress?.add([{ subjectId: 1, result: FOUND }], 1);

    expect(lax?.counts().matched).toBe(2);
    expect(careful?.counts()).toMatchObject({ matched: 0, exceptions: 3 });
  });

  it('counts a correction as a match only when the job accepts it', () => {
    const corrected = answeredAll(
      checked({ kind: 'not-verified' }),
      searched({ kind: 'found', nhsNumber: aNumber('9990341702'), details: details() }),
    );
    ledger.addRows([aTracedRow(5, aSubject({ nhsNumber: aNumber() }))]);
    const rules = someRules({ accept_corrections: true });
    const [without, accepting] = [RULES, rules].map((each) => createRunProgress(ledger, each));

    for (const progress of [without, accepting])
      progress?.add([{ subjectId: 3, result: corrected }], 2);

    expect(without?.counts().matched).toBe(0);
    expect(accepting?.counts().matched).toBe(1);
  });

  it('remembers the most unanswered in a row, whatever came after', () => {
    const progress = createRunProgress(ledger, RULES);
    const add = (result: typeof NO_MATCH) => progress.add([{ subjectId: 1, result }], 1);

    add(unanswered());
    add(unanswered());
    expect(progress.mostUnansweredInARow()).toBe(2);
    add(NO_MATCH);
    expect(progress.lastFailure()).toBe('timeout');
    expect(progress.mostUnansweredInARow()).toBe(2);
    add(unanswered());
    expect(progress.mostUnansweredInARow()).toBe(2);
  });

  it('does not count a subject as done when the provider refuses us', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([{ subjectId: 1, result: refused([aRequest()]) }], 1);

    expect(progress.counts().done).toBe(1);
    expect(progress.requests()).toBe(1);
  });

  it('does not count a subject as done that was given back, nor as without an answer', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([{ subjectId: 1, result: unanswered() }], 1);
    progress.add([{ subjectId: 2, result: { kind: 'unfinished', asked: [], requests: [] } }], 3);
    progress.add([{ subjectId: 3, result: unanswered() }], 1);

    expect(progress.counts().done).toBe(3);
    expect(progress.requests()).toBe(5);
    expect(progress.mostUnansweredInARow()).toBe(2);
  });

  it('takes nothing, and a subject that is not its own', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([], 0);
    progress.add([{ subjectId: 99, result: NO_MATCH }], 1);

    expect(progress.counts().done).toBe(1);
  });
});

describe('what tells whether the file is what it is taken for', () => {
  it('leaves out the rows that were never sent', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([{ subjectId: 2, result: NO_MATCH }], 1);

    expect(progress.seen()).toEqual({
      rows: 4,
      done: 2,
      matched: 0,
      exceptions: 2,
      answered: 1,
      answeredMatched: 0,
      looksSwapped: 0,
      byStep: {},
    });
  });

  it('counts matched rows by the step that found them', () => {
    const progress = createRunProgress(ledger, RULES);
    const found = { kind: 'found', nhsNumber: aNumber(), details: details() } as const;
    const half = anAsked('family-name-half', aSearch(), found);

    progress.add(
      [
        { subjectId: 1, result: answeredAll(searched({ kind: 'no-match' }), half) },
        { subjectId: 2, result: answeredAll(searched({ kind: 'multiple-matches' })) },
      ],
      3,
    );

    expect(progress.seen().byStep).toEqual({ 'family-name-half': 2 });
  });

  it('counts the rows whose names look exchanged, found or not', () => {
    const swapped = aSubject({ familyName: 'Margaret', givenName: 'Robinson' });
    ledger.addRows([aTracedRow(5, swapped), aTracedRow(6, swapped)]);
    const progress = createRunProgress(ledger, RULES);

    progress.add(
      [
        { subjectId: 1, result: FOUND },
        { subjectId: 3, result: NO_MATCH },
      ],
      2,
    );

    expect(progress.seen()).toMatchObject({ answered: 4, looksSwapped: 2 });
  });

  it('does not take for an answer that the provider gave none', () => {
    const progress = createRunProgress(ledger, RULES);

    progress.add([{ subjectId: 1, result: unanswered() }], 1);

    expect(progress.counts()).toMatchObject({ done: 3, exceptions: 3 });
    expect(progress.seen()).toMatchObject({ answered: 0, answeredMatched: 0 });
  });
});
