import { expect, it, test } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import { DETAILS as ALL } from '../../src/domain/extra-output.ts';
import type { PatientDetails } from '../../src/domain/trace.ts';
import { detailsColumns, detailsRow } from '../../src/reconcile/details-row.ts';
import { recordColumns } from '../../src/reconcile/record-columns.ts';
import { aNumber, answered, aTracedRow, details } from '../support/people.ts';

const NUMBER = aNumber('9990341702');
const AT = '2026-11-22T16:45:00.000Z';
const HEADERS = ['Patient ID', 'Date of Death', 'GP Practice Code', 'Address1', 'Restricted'];
const CELLS = ['P1', '', 'z99999', '1, high street', ''];
const MATCH: Decision = { kind: 'match', outcome: 'traced', nhsNumber: NUMBER, status: '01' };

function named(
  person: PatientDetails,
  cells: readonly string[] = CELLS,
  headers: readonly string[] = HEADERS,
  date_order: 'dmy' | 'mdy' = 'dmy',
) {
  const result = answered({ kind: 'found', nhsNumber: NUMBER, details: person });
  const row = { ...aTracedRow(7), cells, result, at: AT };
  const about = { responseCode: '', step: '', source: 'provider', messageId: '' } as const;
  const decided = { row: 7, cells, decision: MATCH, at: AT, ...about };
  const line = detailsRow(row, decided, { bring_back: ALL, date_order }, recordColumns(headers));
  return Object.fromEntries(detailsColumns(ALL).map((name, at) => [name, line?.[at]]));
}

it('puts what PDS holds beside what the file holds', () => {
  const person = details({ practiceCode: 'Z99999', telecoms: ['tel:01632960123'] });
  expect(named(person)).toMatchObject({
    trace_row: '7',
    trace_nhs_number: NUMBER,
    local_identifier: 'P1',
    pds_deceased: 'no',
    pds_restricted: 'no',
    differs: '',
    held_family_name: "O'Testby",
    pds_family_name: "O'TESTBY",
    pds_birth_date: '1981-09-17',
    held_address: '1, high street',
    pds_address: '1 High Street',
    held_gp_practice_code: 'z99999',
    pds_gp_practice_code: 'Z99999',
    pds_telephone: '01632960123',
  });
});

it('names what differs, in the order of the columns', () => {
  const addresses = [{ use: 'usual' as const, lines: ['2 Low Road'], postcode: 'LS1 1AA' }];
  const person = details({ familyName: 'NEWNAME', practiceCode: 'Z11111', addresses });
  expect(named(person)['differs']).toBe('family_name address postcode gp_practice_code');
});

it('takes nothing that PDS leaves out, or the file has no column for, for a difference', () => {
  expect(named(details({ title: 'Dr' }))['differs']).toBe('');
  expect(named(details({ practiceCode: 'Z1' }), ['P1'], ['Patient ID'])['differs']).toBe('');
});

test.each([
  ['20260105', '', true],
  ['', '', true],
  ['20260105', '05/01/2026', false],
  ['20260105', '2026-01-05 00:00', false],
  ['20260105', '5.1.2026', false],
  ['20260105', '20260105', false],
  ['20260105', '01/05/2026', true],
  ['20260105', 'January 2026', true],
  ['2005', '20/05/1990', true],
  ['', '20/05/1990', false],
  ['202601', '05/01/2026', false],
  ['20260105', '06/01/2026', true],
])('a death on "%s" beside "%s" in the file: %s', (deathDate, held, isNews) => {
  const row = named(details({ deathDate }), ['P1', held, '', '1 High Street', '']);
  expect(row['pds_deceased']).toBe('yes');
  expect(row['differs']).toBe(isNews ? 'death_date' : '');
});

it('reads a date of death in the order of the job', () => {
  const person = details({ deathDate: '20260105' });
  const cells = ['P1', '01/05/2026', '', '1 High Street', ''];
  expect(named(person, cells, HEADERS, 'mdy')['differs']).toBe('');
  expect(named(person, cells, HEADERS, 'dmy')['differs']).toBe('death_date');
});

it('takes an address that came back without content for one that is withheld', () => {
  const withheld = details({ addresses: [{ use: 'usual', lines: [''], postcode: '' }] });
  expect(named(withheld)).toMatchObject({ pds_restricted: 'yes', differs: '' });
});

it('is silent about where a restricted person is', () => {
  const addresses = [{ use: 'usual' as const, lines: ['2 Low Road'], postcode: 'LS1 1AA' }];
  const person = details({ addresses, practiceCode: 'Z11111', telecoms: ['tel:01632960123'] });
  expect(named(person, ['P1', '', 'Z2', '9 Old Road', 'Y'])).toMatchObject({
    pds_restricted: 'yes',
    differs: '',
    pds_address: '',
    pds_postcode: '',
    pds_telephone: '',
    pds_gp_practice_code: '',
    pds_family_name: "O'TESTBY",
  });
});
