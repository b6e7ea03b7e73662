import { describe, expect, it } from 'vitest';
import type { AnsweredRow } from '../../src/domain/record.ts';
import { decideRow, findConflicts } from '../../src/reconcile/decide-rows.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  aRequest,
  aStoredSubject,
  aSubject,
  aTracedRow,
  details,
  unanswered,
} from '../support/people.ts';

const NUMBER = aNumber('9990341702');
const AT = '2026-11-22T16:45:00.000Z';
const NONE: ReadonlySet<typeof NUMBER> = new Set();
const FOUND = answered({ kind: 'found', nhsNumber: NUMBER, details: details() }, [
  aRequest({ messageId: 'FIRST', code: 'timeout' }),
  aRequest({ messageId: 'LAST' }),
]);

function aRow(changes: Partial<AnsweredRow> = {}): AnsweredRow {
  return { ...aTracedRow(7), result: FOUND, at: AT, ...changes };
}

describe('one row', () => {
  it('carries its decision, and where it comes from', () => {
    expect(decideRow(aRow(), NONE)).toEqual({
      row: 7,
      cells: ['cell 7', 'x'],
      decision: { kind: 'match', outcome: 'traced', nhsNumber: NUMBER, status: '01' },
      responseCode: 'SMSP-0000',
      step: 'all-details',
      source: 'provider',
      messageId: 'LAST',
      at: AT,
    });
  });

  it('that was never sent is local, and has no code, step or message', () => {
    expect(decideRow({ ...aLocalRow(3), at: AT }, NONE)).toMatchObject({
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
    expect(decideRow(aRow({ result: unanswered('HTTP-500') }), NONE)).toMatchObject({
      decision: { kind: 'exception', code: 'failed' },
      responseCode: 'HTTP-500',
      step: '',
      source: 'provider',
      messageId: aRequest().messageId,
    });
  });

  it('that was not reached has failed, and names no request', () => {
    const { result: _none, ...row } = aRow();

    expect(decideRow(row, NONE)).toMatchObject({
      decision: { kind: 'exception', code: 'failed' },
      responseCode: '',
      messageId: '',
    });
  });

  it('is held when its number is in conflict', () => {
    expect(decideRow(aRow(), new Set([NUMBER]))).toMatchObject({
      decision: { kind: 'exception', code: 'duplicate', candidate: NUMBER, status: '05' },
      responseCode: 'SMSP-0000',
    });
  });

  it('is not held for the conflict of another number', () => {
    expect(decideRow(aRow(), new Set([aNumber('9990000018')])).decision.kind).toBe('match');
  });

  it('that is an exception already stays that exception', () => {
    const moved = details({ addresses: [] });
    const result = answered({ kind: 'found', nhsNumber: NUMBER, details: moved });

    expect(decideRow(aRow({ result }), new Set([NUMBER])).decision).toMatchObject({
      code: 'possible-match',
    });
  });
});

describe('numbers in conflict', () => {
  const shared = (...subjects: ReturnType<typeof aStoredSubject>[]) => [
    { nhsNumber: NUMBER, subjects },
  ];

  it.each([
    ['two people', shared(aStoredSubject(1), aStoredSubject(2, { givenName: 'Robin' })), [NUMBER]],
    [
      'two spellings of one person',
      shared(aStoredSubject(1), aStoredSubject(2, { familyName: 'OTESTBY' })),
      [],
    ],
    [
      'two people, and a third who could be either',
      shared(
        aStoredSubject(1, { givenName: 'R' }),
        aStoredSubject(2, { givenName: 'Rowan' }),
        aStoredSubject(3, { givenName: 'Robin' }),
      ),
      [NUMBER],
    ],
    [
      'one person with and without the number',
      shared(aStoredSubject(1), aStoredSubject(2, { nhsNumber: NUMBER })),
      [],
    ],
    ['nobody', [], []],
  ])('%s', (_name, numbers, expected) => {
    expect([...findConflicts(numbers)]).toEqual(expected);
  });

  it('hold every row of two different people, and no other', () => {
    const rows = [
      aRow({ row: 1 }),
      aRow({ ...aTracedRow(2, aSubject({ givenName: 'R' })), result: FOUND }),
    ];
    const conflicts = findConflicts(
      shared(aStoredSubject(1), aStoredSubject(2, { familyName: 'Sample' })),
    );

    const [first, second] = rows.map((row) => decideRow(row, conflicts).decision);

    expect(first).toMatchObject({ code: 'duplicate' });
    expect(second).toMatchObject({ code: 'possible-match' });
  });
});
