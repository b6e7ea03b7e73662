import { describe, expect, it } from 'vitest';
import type { NhsNumber } from '../../src/domain/nhs-number.ts';
import type { Asked } from '../../src/domain/record.ts';
import type { Answer } from '../../src/domain/trace.ts';
import { createAlikeGuard } from '../../src/pipeline/alike-guard.ts';
import { searched } from '../support/people.ts';

const NO_MATCH: Answer = { kind: 'no-match' };
/** One number for each place; whether it is a valid one is no matter here. */
const numberOf = (at: number): NhsNumber => String(9_990_000_000 + at) as NhsNumber;
const person = (answer: Answer, code: string): readonly Asked[] => [{ ...searched(answer), code }];
const found = (at: number): readonly Asked[] =>
  person({ kind: 'found', nhsNumber: numberOf(at) }, 'SMSP-0000');

function reasonAfter(people: readonly (readonly Asked[])[]): string | undefined {
  const guard = createAlikeGuard();
  for (const asked of people) guard.add(asked);
  return guard.reason();
}

const times = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_none, at) => make(at));

describe('one code for everybody', () => {
  it('is a reason from a hundred people on', () => {
    const nobody = times(100, () => person(NO_MATCH, 'DEMOG-0001'));

    expect(reasonAfter(nobody)).toContain('the first 100 people alike (DEMOG-0001)');
    expect(reasonAfter(nobody.slice(1))).toBeUndefined();
  });

  it('is none when anybody was found, or another code was given', () => {
    const nobody = times(200, () => person(NO_MATCH, 'DEMOG-0001'));

    expect(reasonAfter([...nobody, found(1)])).toBeUndefined();
    expect(reasonAfter([...nobody, person(NO_MATCH, 'SMSP-0000')])).toBeUndefined();
    expect(reasonAfter([found(1), ...nobody])).toBeUndefined();
  });

  it('is none when all are found, each with a number', () => {
    expect(reasonAfter(times(300, found))).toBeUndefined();
  });
});

describe('one number for many', () => {
  const SAME = 7000;

  it.each(['found', 'other-number'] as const)(
    'is a reason from twenty of the last forty people on (%s)',
    (kind) => {
      const same = person({ kind, nhsNumber: numberOf(SAME) }, 'SMSP-0000');
      const mixed = times(40, (at) => (at % 2 === 0 ? same : found(at)));

      expect(reasonAfter(mixed)).toContain('one and the same NHS number for 20 of the last');
      expect(reasonAfter(mixed)).not.toContain(numberOf(SAME));
      expect(reasonAfter(mixed.slice(1))).toBeUndefined();
    },
  );

  it('is one in the middle of a run, and stays one', () => {
    const before = times(1000, found);
    const after = times(60, (at) => found(3000 + at));
    expect(reasonAfter([...before, ...times(20, () => found(SAME)), ...after])).toContain('20 of');
  });

  it('does not count whom nobody found, nor those long ago', () => {
    const nobody = times(30, () => person(NO_MATCH, 'DEMOG-0001'));
    const same = times(19, () => found(SAME));

    expect(reasonAfter([...same, ...nobody, found(SAME)])).toContain('same NHS number');
    expect(reasonAfter([...same, ...times(40, found), found(SAME)])).toBeUndefined();
  });
});
