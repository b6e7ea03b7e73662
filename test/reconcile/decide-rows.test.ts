import { describe, expect, it } from 'vitest';
import type { AnsweredRow } from '../../src/domain/record.ts';
import type { Crossings } from '../../src/reconcile/compare-rows.ts';
import { decideRow } from '../../src/reconcile/decide-rows.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  answeredAll,
  aRequest,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
  unanswered,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

const NUMBER = aNumber('9990341702');
const OLD = aNumber('9990123454');
const AT = '2026-11-22T16:45:00.000Z';
const RULES = someRules();
const CORRECTING = someRules({ accept_corrections: true });
const FOUND = answered({ kind: 'found', nhsNumber: NUMBER, details: details() }, [
  aRequest({ messageId: 'FIRST', code: 'timeout' }),
  aRequest({ messageId: 'LAST' }),
]);
const REPLACED = answeredAll(
  checked({ kind: 'superseded', replacement: NUMBER, details: details() }, OLD),
);
const CORRECTED = answeredAll(
  checked({ kind: 'not-verified' }, OLD),
  searched({ kind: 'found', nhsNumber: NUMBER, details: details() }),
);

function crossings(changes: Partial<Crossings> = {}): Crossings {
  return { conflicts: new Set(), merges: new Set(), repeated: new Set(), ...changes };
}

function aRow(changes: Partial<AnsweredRow> = {}): AnsweredRow {
  return { ...aTracedRow(7), result: FOUND, at: AT, ...changes };
}

const aHeldRow = (result: NonNullable<AnsweredRow['result']>, nhsNumber = OLD): AnsweredRow => ({
  ...aTracedRow(7, aSubject({ nhsNumber })),
  result,
  at: AT,
});

describe('one row', () => {
  it('carries its decision, and where it comes from', () => {
    expect(decideRow(aRow(), RULES, crossings())).toEqual({
      row: 7,
      cells: ['cell 7', 'x'],
      decision: { kind: 'match', outcome: 'traced', nhsNumber: NUMBER, status: '01' },
      responseCode: 'SMSP-0000',
      step: 'names',
      source: 'provider',
      messageId: 'LAST',
      at: AT,
    });
  });

  it('that took several questions has the code of the last, and the step that decided', () => {
    const result = answeredAll(
      checked({ kind: 'not-verified' }, OLD),
      searched({ kind: 'no-match' }),
    );

    expect(decideRow(aHeldRow(result), RULES, crossings())).toMatchObject({
      responseCode: 'DEMOG-0001',
      step: 'names',
    });
  });

  it('that was never sent is local, and has no code, step or message', () => {
    expect(decideRow({ ...aLocalRow(3), at: AT }, RULES, crossings())).toMatchObject({
      row: 3,
      decision: { kind: 'exception', code: 'unusable', status: '03' },
      responseCode: '',
      step: '',
      source: 'local',
      messageId: '',
      at: AT,
    });
  });

  it('that got no answer has failed, and names its last request', () => {
    expect(decideRow(aRow({ result: unanswered('HTTP-500') }), RULES, crossings())).toMatchObject({
      decision: { kind: 'exception', code: 'failed', status: '06' },
      responseCode: 'HTTP-500',
      step: '',
      source: 'provider',
      messageId: aRequest().messageId,
    });
  });

  it('that was not reached has failed, and names no request', () => {
    const { result: _none, ...row } = aRow();

    expect(decideRow(row, RULES, crossings())).toMatchObject({
      decision: { kind: 'exception', code: 'failed', status: '03' },
      responseCode: '',
      messageId: '',
    });
  });

  it('about which nothing could be asked has no code and no message', () => {
    expect(decideRow(aRow({ result: answeredAll() }), RULES, crossings())).toMatchObject({
      decision: { kind: 'exception', code: 'unusable', status: '03' },
      responseCode: '',
      step: '',
      messageId: '',
    });
  });
});

describe('a row beside others', () => {
  const conflict = crossings({ conflicts: new Set([NUMBER]) });
  const merge = crossings({ merges: new Set([NUMBER]) });

  it.each([
    ['traced', aRow(), RULES],
    ['superseded', aHeldRow(REPLACED), RULES],
    ['corrected', aHeldRow(CORRECTED), CORRECTING],
  ])('is held when its number is in conflict: %s', (outcome, row, rules) => {
    expect(decideRow(row, rules, crossings()).decision).toMatchObject({ outcome });

    expect(decideRow(row, rules, conflict)).toMatchObject({
      decision: {
        kind: 'exception',
        code: 'duplicate',
        candidate: NUMBER,
        status: '05',
        reason: expect.stringContaining('different person'),
      },
      source: 'provider',
    });
  });

  it.each([
    ['superseded', aHeldRow(REPLACED), RULES],
    ['corrected', aHeldRow(CORRECTED), CORRECTING],
  ])('is held when the number it was given is on another: %s', (outcome, row, rules) => {
    expect(decideRow(row, rules, crossings()).decision).toMatchObject({ outcome });

    expect(decideRow(row, rules, merge).decision).toMatchObject({
      kind: 'exception',
      code: 'duplicate',
      candidate: NUMBER,
      status: '05',
      reason: expect.stringContaining('replaced by another'),
      action: expect.stringContaining('merging'),
    });
  });

  it('goes on with its number when only another row was given it', () => {
    const verified = answeredAll(
      checked({ kind: 'found', nhsNumber: NUMBER, details: details() }, NUMBER),
    );

    expect(decideRow(aHeldRow(verified, NUMBER), RULES, merge).decision).toMatchObject({
      outcome: 'verified',
    });
    expect(decideRow(aRow(), RULES, merge).decision).toMatchObject({ outcome: 'traced' });
  });

  it('is not held for what is wrong with another number', () => {
    const other = new Set([aNumber('9990000018')]);

    expect(
      decideRow(aRow(), RULES, crossings({ conflicts: other, merges: other })).decision.kind,
    ).toBe('match');
  });

  it('that is an exception already stays that exception', () => {
    const sister = details({ givenNames: ['ROBIN'] });
    const result = answered({ kind: 'found', nhsNumber: NUMBER, details: sister });
    const both = crossings({ conflicts: new Set([NUMBER]), merges: new Set([NUMBER]) });

    expect(decideRow(aRow({ result }), RULES, both).decision).toMatchObject({
      code: 'possible-match',
    });
  });

  it('of the same person keeps its number', () => {
    const repeated = crossings({ repeated: new Set([NUMBER]) });

    expect(decideRow(aRow(), RULES, repeated).decision).toMatchObject({
      kind: 'match',
      nhsNumber: NUMBER,
    });
  });
});
