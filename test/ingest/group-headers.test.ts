import { describe, expect, it } from 'vitest';
import { namesUnderGroups } from '../../src/ingest/group-headers.ts';

const HEADERS = ['Surname', 'DOB', 'NHS number', 'Postcode'];
const under = (...above: readonly string[][]): readonly string[] =>
  namesUnderGroups(
    HEADERS,
    above.map((cells, at) => ({ line: at + 1, cells })),
  );

describe('a group of somebody else', () => {
  it.each([
    'Mother',
    "Mother's details",
    'Parent / carer',
    'GP practice',
    'Next of kin',
    'Baby',
    'Carer 1',
    'Mother:',
    "Patient's mother",
    'Patients’ GP',
    "Child's legal guardian",
    'Person carer',
    'Usual GP',
    'Grandmother',
    'Step-father',
    'Named midwife',
    'Donor',
  ])('is said before each header below it: %s', (word) => {
    expect(under(['Child', '', word, ''])).toEqual([
      'Surname',
      'DOB',
      `${word.replace(':', '')} NHS number`,
      `${word.replace(':', '')} Postcode`,
    ]);
  });

  it('ends where the next group begins', () => {
    expect(under(['Mother', '', 'Child', ''])).toEqual([
      'Mother Surname',
      'Mother DOB',
      'NHS number',
      'Postcode',
    ]);
  });

  it('may stand above other notes, or beside them', () => {
    expect(under(['', '', 'Mother', '2026'])).toContain('Mother NHS number');
    expect(under(['', '', 'Carer', ''], ['Run on', '01/02/2026'])).toContain('Carer NHS number');
  });
});

describe('no group of somebody else', () => {
  it.each([
    ['a title', ['Mother and baby unit', '', '', '']],
    ['of the person', ['Patient', '', 'Contact details', '']],
    ['beside a year', ['GP practice list', '', '', '2026']],
    ['with a colon', ['GP: all', '', 'Run on', '']],
    ['a child', ['', 'Child', '', '']],
    ['the details of the patient', ['', "Patient's details", '', '']],
    ['the service user', ['', 'Service user', '', '']],
  ])('is %s', (_name, above) => {
    expect(under(above)).toEqual(HEADERS);
  });

  it('stands above a header alone', () => {
    expect(under()).toEqual(HEADERS);
  });
});
