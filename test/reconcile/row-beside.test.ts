import { describe, expect, it } from 'vitest';
import { localIdColumn } from '../../src/reconcile/local-identifier.ts';
import { cellsInFile, rowBeside } from '../../src/reconcile/row-beside.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  answeredAll,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
  unanswered,
} from '../support/people.ts';

const NUMBER = aNumber('9990341702');
const OTHER = aNumber('9990123454');
const AT = '2026-11-22T16:45:00.000Z';

describe('a row beside PDS', () => {
  it('holds both sides of each field, in words', () => {
    const result = answered({
      kind: 'found',
      nhsNumber: NUMBER,
      details: details({ birthDate: '19810918' }),
    });

    const beside = rowBeside({ ...aTracedRow(7), result, at: AT }, NUMBER, 0);

    expect(beside).toMatchObject({
      row: 7,
      localId: 'cell 7',
      otherNumber: NUMBER,
      pdsNumber: NUMBER,
    });
    expect(beside.fields.map(({ held, onPds, likeness }) => [held, onPds, likeness])).toEqual([
      ["O'Testby", "O'TESTBY", 'same'],
      ['Rowan', 'ROWAN', 'same'],
      ['', 'ALEX', 'unknown'],
      ['17 Sep 1981', '18 Sep 1981', 'alike'],
      ['female', 'female', 'same'],
      ['M1 1AE', 'M1 1AE', 'same'],
    ]);
  });

  it('stands beside the person of the number asked for, of several', () => {
    const sister = details({ givenNames: ['ROBIN'] });
    const result = answeredAll(
      checked({ kind: 'found', nhsNumber: OTHER, details: sister }, OTHER),
      searched({ kind: 'found', nhsNumber: NUMBER, details: details() }),
    );
    const row = { ...aTracedRow(1, aSubject({ nhsNumber: OTHER })), result, at: AT };

    const givenName = (number?: typeof NUMBER) =>
      rowBeside(row, number, undefined).fields.find(({ field }) => field === 'given_name')?.onPds;

    expect(givenName(NUMBER)).toBe('ROWAN');
    expect(givenName()).toBe('ROBIN');
    expect(rowBeside(row, undefined, undefined)).toMatchObject({
      suppliedNumber: OTHER,
      pdsNumber: OTHER,
      localId: '',
    });
  });

  it.each([
    ['no answer came', unanswered()],
    ['no details came', answered({ kind: 'found', nhsNumber: NUMBER })],
  ])('has nothing to compare when %s', (_name, result) => {
    const beside = rowBeside({ ...aTracedRow(1), result, at: AT }, NUMBER, 0);

    expect(beside).not.toHaveProperty('pdsNumber');
    expect(beside.fields.map(({ onPds, likeness }) => `${onPds}${likeness}`)).toEqual(
      Array<string>(6).fill('unknown'),
    );
  });

  it('has no fields when the row was never sent', () => {
    const beside = rowBeside({ ...aLocalRow(3), at: AT }, undefined, 9);

    expect(beside).toEqual({ row: 3, localId: '', fields: [] });
  });
});

it.each([
  [['NHS NUMBER', 'LOCAL PATIENT IDENTIFIER', 'Id'], 1],
  [['Surname', 'Hospital Number'], 1],
  [['Client ID', 'First Name'], 0],
  [['id'], 0],
  [['NHS No', 'Mother Id', 'NOTES'], undefined],
  [[], undefined],
])('finds the column by which a record is known: %j', (headers, column) => {
  expect(localIdColumn(headers)).toBe(column);
});

describe('the number that a row came to', () => {
  const row = { ...aTracedRow(1, aSubject({ nhsNumber: OTHER })), at: AT };

  it.each([
    ['its own', OTHER, { cameToSupplied: true }],
    ['another', NUMBER, { otherNumber: NUMBER }],
    ['none', undefined, {}],
  ])('is told: %s', (_name, number, expected) => {
    const { otherNumber, cameToSupplied } = rowBeside(row, number, undefined);

    expect(
      Object.fromEntries(
        Object.entries({ otherNumber, cameToSupplied }).filter(([, value]) => value !== undefined),
      ),
    ).toEqual(expected);
  });
});

it('shows the filled cells of a row under their headers, not too many, none too long', () => {
  expect(cellsInFile(['P1', '  ', 'é'.repeat(81)], ['Id', 'Name', 'Note', 'Other'])).toEqual([
    { header: 'Id', text: 'P1' },
    { header: 'Note', text: `${'é'.repeat(80)}…` },
  ]);
  expect(cellsInFile(Array(30).fill('x'), [])).toHaveLength(20);
});
