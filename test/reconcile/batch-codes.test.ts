import { expect, it, test } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import { EXCEPTION_CODES, type ExceptionCode, type OUTCOMES } from '../../src/domain/exception.ts';
import { batchCodes } from '../../src/reconcile/batch-codes.ts';
import { aNumber } from '../support/people.ts';

const PLAIN = { isNumberChecked: true, isSomebodyFound: false, isRestricted: false };

function aMatch(outcome: (typeof OUTCOMES)[number]): Decision {
  return { kind: 'match', outcome, nhsNumber: aNumber(), status: '01' };
}

function anException(code: ExceptionCode, hasCandidate = false): Decision {
  const candidate = hasCandidate ? { candidate: aNumber() } : {};
  return { kind: 'exception', code, reason: '', action: '', status: '05', ...candidate };
}

test.each([
  ['verified', '00', '30'],
  ['traced', '00', '20'],
  ['superseded', '90', '40'],
  ['corrected', '00', '33'],
] as const)('%s is %s in MESH and %s in DBS, with the number', (outcome, mesh, dbs) => {
  const codes = batchCodes(aMatch(outcome), PLAIN);
  expect(codes).toEqual({ mesh, matchedNumber: aNumber(), dbs });
});

test.each([
  ['verified', '92'],
  ['superseded', '90'],
] as const)('%s of a restricted record is %s', (outcome, mesh) => {
  expect(batchCodes(aMatch(outcome), { ...PLAIN, isRestricted: true }).mesh).toBe(mesh);
});

test.each([
  ['unusable', '15', '', '', ''],
  ['no-match', '98', '0000000000', '21', '31'],
  ['multiple-matches', '97', '9999999999', '22', '32'],
  ['not-verified', '98', '0000000000', '21', '31'],
  ['invalidated', '91', '', '31', '31'],
  ['possible-match', '97', '9999999999', '22', '32'],
  ['duplicate', '97', '9999999999', '22', '32'],
  ['failed', '05', '', '', ''],
] as const)('%s is %s with "%s"', (code, mesh, matchedNumber, searched, checked) => {
  const decision = anException(code);
  expect(batchCodes(decision, PLAIN)).toEqual({ mesh, matchedNumber, dbs: checked });
  expect(batchCodes(decision, { ...PLAIN, isNumberChecked: false }).dbs).toBe(searched);
});

test.each([
  ['a candidate', true, PLAIN],
  ['somebody found by a search', false, { ...PLAIN, isSomebodyFound: true }],
] as const)('not-verified with %s is several, not none', (_name, hasCandidate, facts) => {
  const codes = batchCodes(anException('not-verified', hasCandidate), facts);
  expect(codes).toEqual({ mesh: '97', matchedNumber: '9999999999', dbs: '32' });
});

it('never gives an exception a number, or a code under which one is taken', () => {
  for (const code of EXCEPTION_CODES)
    for (const hasCandidate of [true, false])
      for (const isNumberChecked of [true, false])
        for (const isSomebodyFound of [true, false]) {
          const facts = { isNumberChecked, isSomebodyFound, isRestricted: true };
          const { mesh, matchedNumber, dbs } = batchCodes(anException(code, hasCandidate), facts);
          expect(['', '0000000000', '9999999999']).toContain(matchedNumber);
          expect(['00', '90', '92']).not.toContain(mesh);
          expect(['20', '30', '33', '40']).not.toContain(dbs);
        }
});
