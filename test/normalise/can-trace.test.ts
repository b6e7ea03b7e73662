import { describe, expect, it } from 'vitest';
import type { SourceCells } from '../../src/domain/field.ts';
import { type NormaliseOptions, normaliseRecord } from '../../src/normalise/normalise-record.ts';

const OPTIONS: NormaliseOptions = {
  dateOrder: 'dmy',
  acceptsExcelSerials: false,
  acceptsTestNumbers: true,
  today: '20261122',
};

function traceabilityOf(changes: SourceCells, options = OPTIONS) {
  const cells = { family_name: 'Testby', birth_date: '17/09/1981', gender: 'F' };
  return normaliseRecord({ ...cells, ...changes }, options).traceability;
}

describe('enough to verify', () => {
  it.each<SourceCells>([
    { nhs_number: '9990123454' },
    { nhs_number: '9990123454', family_name: '', gender: '' },
    { nhs_number: '9990123454', birth_date_is_estimated: 'Y' },
    { nhs_number: '3200000015' },
  ])('%o', (cells) => {
    expect(traceabilityOf(cells)).toEqual({ kind: 'verify' });
  });

  it.each(['1981', '198109', '', '31/04/1981'])('not with the date "%s"', (birth_date) => {
    const traceability = traceabilityOf({ nhs_number: '9990123454', birth_date });

    expect(traceability).toEqual({ kind: 'not-enough', missing: ['birth_date'] });
  });
});

describe('enough to search', () => {
  it.each<SourceCells>([
    {},
    { gender: '1' },
    { gender: '9' },
    { nhs_number: 'UNKNOWN' },
    { nhs_number: '0000000000' },
    { nhs_number: '9990123453' },
    { nhs_number: '999012345' },
    { nhs_number: '9.99E+09' },
    { postcode: 'ZZ99 3VZ' },
    { birth_date_is_estimated: 'N' },
    { expected_birth_date: '01/12/2026' },
  ])('%o', (cells) => {
    expect(traceabilityOf(cells)).toEqual({ kind: 'search' });
  });

  it('with a test number in live use, which counts as none', () => {
    const options = { ...OPTIONS, acceptsTestNumbers: false };

    expect(traceabilityOf({ nhs_number: '9990123454' }, options)).toEqual({ kind: 'search' });
  });

  it.each<[SourceCells, string[]]>([
    [{ family_name: '' }, ['family_name']],
    [{ family_name: 'UNKNOWN' }, ['family_name']],
    [{ birth_date: '' }, ['birth_date']],
    [{ birth_date: '1981' }, ['birth_date']],
    [{ birth_date: '01/01/1900' }, ['birth_date']],
    [{ birth_date_is_estimated: 'yes' }, ['birth_date']],
    [{ birth_date_is_estimated: 'perhaps' }, ['birth_date']],
    [{ gender: '' }, ['gender']],
    [{ gender: 'X' }, ['gender']],
    [{ gender: '3' }, ['gender']],
    [{ family_name: '', birth_date: '', gender: '' }, ['family_name', 'birth_date', 'gender']],
  ])('not with %o: missing %o', (cells, missing) => {
    expect(traceabilityOf(cells)).toEqual({ kind: 'not-enough', missing });
  });
});

describe('rows that are never sent', () => {
  it('a Scottish CHI number, whatever else the row holds', () => {
    const { demographics, findings, traceability } = normaliseRecord(
      { nhs_number: '0101010109', family_name: 'Testby', birth_date: '01/02/1981', gender: 'F' },
      OPTIONS,
    );

    expect(traceability).toEqual({ kind: 'not-enough', missing: ['nhs_number'] });
    expect(findings).toEqual([{ field: 'nhs_number', code: 'chi-number' }]);
    expect(demographics.nhsNumber).toBeUndefined();
  });

  it.each(['', 'NULL'])('an unborn child, whose date of birth is "%s"', (birth_date) => {
    const cells = { birth_date, expected_birth_date: '01/03/2027', family_name: 'Testby' };

    const { findings, traceability } = normaliseRecord(cells, OPTIONS);

    expect(traceability).toEqual({ kind: 'not-enough', missing: ['birth_date'] });
    expect(findings).toEqual([{ field: 'expected_birth_date', code: 'unborn' }]);
  });

  it('without calling a child unborn whose date of birth is only wrong', () => {
    const cells = { birth_date: '31/04/2026', expected_birth_date: '01/05/2026' };

    const { findings } = normaliseRecord(cells, OPTIONS);

    expect(findings).toEqual([{ field: 'birth_date', code: 'date-impossible' }]);
  });
});

describe('babies without a name', () => {
  it.each<[string, SourceCells]>([
    ['born today', { given_name: 'BABY', birth_date: '22/11/2026' }],
    ['41 days old', { given_name: 'TWIN 1', birth_date: '12/10/2026' }],
    ['by the family name', { family_name: 'Baby Girl', birth_date: '12/10/2026' }],
    ['with a wrong number', { given_name: 'BABY', birth_date: '12/10/2026', nhs_number: '1' }],
  ])('are postponed: %s', (_name, cells) => {
    expect(traceabilityOf(cells)).toEqual({ kind: 'postponed' });
  });

  it('says that the trace is postponed, and does not use the name', () => {
    const { demographics, findings } = normaliseRecord(
      { family_name: 'Testby', given_name: 'BABY', birth_date: '12/10/2026', gender: '1' },
      OPTIONS,
    );

    expect(findings).toEqual([{ field: 'given_name', code: 'baby-name-newborn' }]);
    expect(demographics).toEqual({ familyName: 'Testby', birthDate: '20261012', gender: '1' });
  });

  it('are verified when they have a number', () => {
    const cells = { given_name: 'BABY', birth_date: '12/10/2026', nhs_number: '9990123454' };

    expect(traceabilityOf(cells)).toEqual({ kind: 'verify' });
  });

  it.each([
    ['42 days old', '11/10/2026'],
    ['of a year alone', '2026'],
    ['without a date', ''],
  ])('are at fault when they are %s', (_name, birth_date) => {
    const cells = { given_name: 'BABY', family_name: 'Testby', birth_date, gender: '1' };

    const { demographics, findings, traceability } = normaliseRecord(cells, OPTIONS);

    expect(findings).toContainEqual({ field: 'given_name', code: 'baby-name' });
    expect(demographics.givenName).toBeUndefined();
    expect(traceability.kind).not.toBe('postponed');
  });
});
