import { describe, expect, it } from 'vitest';
import { FIELDS, type Field } from '../../src/domain/field.ts';
import { InputError } from '../../src/errors.ts';
import { HEADER_SYNONYMS } from '../../src/ingest/header-synonyms.ts';
import { cellsByField, furtherColumns, mapColumns } from '../../src/ingest/map-columns.ts';

const PATH = 'people.csv';
/** Headers that are enough to trace with, spelt as nothing else here is. */
const ENOUGH: Readonly<Partial<Record<Field, string>>> = {
  nhs_number: 'enough number',
  birth_date: 'enough date',
};

type Named = Readonly<Partial<Record<Field, string>>>;

function enoughWithout(field: Field): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(ENOUGH).filter(([name]) => name !== field));
}

function fieldsOf(headers: readonly string[], named: Named = {}): Record<string, string> {
  const columns = mapColumns(headers, named, PATH);
  return Object.fromEntries([...columns].map(([field, at]) => [field, headers[at] ?? '']));
}

function faultOf(headers: readonly string[], named: Named = {}): string {
  try {
    mapColumns(headers, named, PATH);
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
    return error instanceof InputError ? error.message : '';
  }
  throw new Error('no fault was found');
}

/** The headers that hold a person's own field, written out from the public extract specifications. */
const SYNONYMS: Readonly<Record<Field, string>> = {
  nhs_number:
    'NHSNUMBER NHSNO NHS_NO NHSNUM NHS NHSID NHSNUMBERVALUE REQNHSNUMBER NEWNHSNUMBER PATIENTNHSNUMBER PERSSINGLEUNIQUEID PERSCOMMONCHILDID',
  family_name: 'PERSONFAMILYNAME FAMILYNAME SURNAME LASTNAME LAST SECONDNAME',
  previous_family_name:
    'PREVIOUSSURNAME PREVIOUSFAMILYNAME PREVFAMILYNAME MAIDENNAME BIRTHSURNAME ALIASSURNAME',
  given_name:
    'PERSONGIVENNAME GIVENNAME GIVENNAMES FORENAME FORENAMES FIRSTNAME FIRST FIRSTFORENAME CHRISTIANNAME',
  other_given_names: 'OTHERGIVENNAME MIDDLENAME MIDDLENAMES SECONDFORENAME OTHERFORENAMES',
  full_name: 'NAME FULLNAME PATIENTNAME PERSONNAME',
  birth_date:
    'PERSONBIRTHDATE BIRTHDATE DATEOFBIRTH DOB DATEBIRTH BIRTHDTTM BORN PERSDOB DATEOFBIRTHBABY',
  birth_date_is_estimated: 'DOBESTIMATED ESTIMATEDDOB',
  expected_birth_date: 'EXPECTEDDOB PERSEXPECTEDDOB',
  gender:
    'PERSONSTATEDGENDERCODE PERSONGENDERCODECURRENT PERSONCURRENTGENDERCODE GENDER SEX GENDERCODE GENDERMAINCODE SEXCODE PERSSEX DIMLOOKUPVARIATIONOFSEXCODE',
  postcode:
    'POSTCODEOFUSUALADDRESS POSTCODE POSTALCODE PATIENTPOSTCODE HOMEPOSTCODE PCODE ZIP ADDRESSPOSTALCODE',
  previous_postcode: 'PREVIOUSPOSTCODE PREVPOSTCODE OLDPOSTCODE FORMERPOSTCODE',
};

describe('synonyms', () => {
  it.each(
    FIELDS.flatMap((field) =>
      SYNONYMS[field].split(' ').map((synonym) => [synonym, field] as const),
    ),
  )('take %s for %s', (synonym, field) => {
    const others = enoughWithout(field);
    const headers = [...Object.values(others), synonym, 'gender', 'surname'].filter(
      (header) =>
        (!HEADER_SYNONYMS[field].includes(header.toUpperCase()) || header === synonym) &&
        !(synonym === 'NAME' && header === 'surname'),
    );

    expect(fieldsOf(headers, others)[field]).toBe(synonym);
  });

  it('belong to one field each', () => {
    const all = FIELDS.flatMap((field) => HEADER_SYNONYMS[field]);

    expect(all).toHaveLength(new Set(all).size);
  });

  it.each([
    ['NHS NUMBER', 'nhs_number'],
    ['nhs_no', 'nhs_number'],
    ['NHS No.', 'nhs_number'],
    ['Nhs-Number', 'nhs_number'],
    ['NHS\u00A0Number', 'nhs_number'],
    ['\u200BNHS number ', 'nhs_number'],
    ['NHS\nnumber', 'nhs_number'],
    ['Date of Birth (Baby)', 'birth_date'],
    ['D.O.B.', 'birth_date'],
    ['POSTCODE OF USUAL ADDRESS', 'postcode'],
    ['dim/lookup:variation of sex_code', 'gender'],
  ] as const)('are found in %j', (header, field) => {
    const others = enoughWithout(field);

    expect(
      fieldsOf(
        [...Object.values(others), header, 'surname', ...(field === 'gender' ? [] : ['sex'])],
        others,
      )[field],
    ).toBe(header);
  });

  it.each([
    'Mother NHS Number',
    'NHS NUMBER (MOTHER)',
    'Baby NHS Number',
    'NHS NUMBER (BABY)',
    'NOK Surname',
    'NOK Postcode',
    'Carer Forename',
    'Carer DOB',
    'GP Postcode',
    'GP Name',
    'GP Practice Code',
    'PERSGENDER',
    'pers_gender',
    'Gender Identity Code',
    'MATCHEDNHSNO',
    'MATCHED_NHS_NO',
    'NHS Number Status',
    'NHS NUMBER STATUS INDICATOR CODE',
    'Mother Maiden Name',
    'Date of Death',
    'DATE OF BIRTH (MOTHER)',
    'CHI Number',
    'LOCAL PATIENT IDENTIFIER',
    'Preferred Name',
    'Known As',
    '',
  ])('do not take "%s" for a field of the person', (header) => {
    const headers = [...Object.values(ENOUGH), header];

    expect(Object.values(fieldsOf(headers, ENOUGH))).toEqual(Object.values(ENOUGH));
  });

  it.each([
    ['Previous Surname', 'previous_family_name'],
    ['Maiden Name', 'previous_family_name'],
    ['Birth surname', 'previous_family_name'],
    ['Previous Postcode', 'previous_postcode'],
    ['old_postcode', 'previous_postcode'],
  ] as const)('take %s for a former value, never the present one', (header, field) => {
    const columns = fieldsOf([...Object.values(ENOUGH), header], ENOUGH);

    expect(columns).toEqual({ ...ENOUGH, [field]: header });
  });

  it.each([
    [
      'the Data Dictionary',
      'NHS NUMBER,NHS NUMBER STATUS INDICATOR CODE,PERSON BIRTH DATE,PERSON FAMILY NAME,PERSON GIVEN NAME,PERSON STATED GENDER CODE,POSTCODE OF USUAL ADDRESS,LOCAL PATIENT IDENTIFIER (EXTENDED)',
      'nhs_number family_name given_name birth_date gender postcode',
    ],
    [
      'EMIS',
      'PatientGuid,Sex,DateOfBirth,DateOfDeath,Title,GivenName,MiddleNames,Surname,NhsNumber,PatientNumber,DummyType,Postcode,NHSNumberStatus,SpineSensitive,IsConfidential',
      'nhs_number family_name given_name other_given_names birth_date gender postcode',
    ],
    [
      'SystmOne',
      'RowIdentifier,Title,FirstName,MiddleNames,Surname,PreviousSurname,NHSNumber,DateBirth,DateDeath',
      'nhs_number family_name previous_family_name given_name other_given_names birth_date',
    ],
    [
      'adult social care',
      'LA Code,NHS Number,LA Person Unique Identifier,First Name,Last Name,Gender,Date of Birth,Date of Death,Postcode,GP Practice Code',
      'nhs_number family_name given_name birth_date gender postcode',
    ],
    [
      'Liquidlogic children',
      'DIM_PERSON_ID,LEGACY_ID,EXTERNAL_ID,FORENAME,SURNAME,GENDER_MAIN_CODE,NHS_NUMBER,BIRTH_DTTM,DOB_ESTIMATED,DEATH_DTTM,UPN',
      'nhs_number family_name given_name birth_date birth_date_is_estimated gender',
    ],
    [
      'the safeguarding data set',
      'pers_person_id,pers_legacy_id,pers_sex,pers_gender,pers_dob,pers_expected_dob,pers_death_date,pers_single_unique_id',
      'nhs_number birth_date expected_birth_date gender',
    ],
    [
      'Mosaic',
      'mosaicId,firstName,lastName,dateOfBirth,gender,postCode,nhsNumber,restricted',
      'nhs_number family_name given_name birth_date gender postcode',
    ],
    [
      'SACT',
      'NHS_Number,Date_Of_Birth,Person_Stated_Gender_Code,Patient_Postcode',
      'nhs_number birth_date gender postcode',
    ],
  ])('read the headers of %s', (_name, headers, fields) => {
    expect(Object.keys(fieldsOf(headers.split(','))).join(' ')).toBe(fields);
  });
});

describe('columns that the job names', () => {
  it('beat the synonyms', () => {
    const headers = ['NHS Number', 'Old NHS no', 'DOB'];

    expect(fieldsOf(headers, { nhs_number: 'Old NHS no' })['nhs_number']).toBe('Old NHS no');
  });

  it('settle which of two', () => {
    const headers = ['NHS Number', 'DOB', 'Date of birth'];

    expect(fieldsOf(headers, { birth_date: 'Date of birth' })['birth_date']).toBe('Date of birth');
  });

  it('are found in any spelling when the exact one is not there', () => {
    expect(fieldsOf(['NHS', 'geb.datum'], { birth_date: 'Geb Datum' })['birth_date']).toBe(
      'geb.datum',
    );
  });

  it('prefer the exact spelling', () => {
    expect(fieldsOf(['NHS', 'Born', 'BORN'], { birth_date: 'BORN' })['birth_date']).toBe('BORN');
  });

  it('are not taken for another field as well', () => {
    const headers = ['Name', 'Forename', 'Sex', 'DOB'];

    expect(fieldsOf(headers, { family_name: 'Name' })).toEqual({
      family_name: 'Name',
      given_name: 'Forename',
      birth_date: 'DOB',
      gender: 'Sex',
    });
  });

  it('must be there', () => {
    const message = faultOf(['NHS', 'DOB'], { family_name: 'Nachname' });

    expect(message).toContain('family_name stands under "Nachname", but there is no such header');
    expect(message).toContain('"NHS", "DOB"');
  });
});

describe('two columns for one field', () => {
  it('are named, with the mend', () => {
    const message = faultOf(['NHS number', 'DOB', 'Date of birth', 'Sex']);

    expect(message).toContain('birth_date could be any of "DOB", "Date of birth"');
    expect(message).toContain('columns:\n  birth_date: "DOB"');
  });

  it('are asked about all at once', () => {
    const message = faultOf(['NHS number', 'NHS no', 'DOB', 'Born']);

    expect(message).toContain('nhs_number could be any of "NHS number", "NHS no"');
    expect(message).toContain('birth_date could be any of "DOB", "Born"');
  });

  it('with the very same header cannot be told apart by a job, and the message says so', () => {
    const message = faultOf(['NHS number', 'DOB', 'DOB']);

    expect(message).toContain('"DOB", "DOB"');
    expect(message).toMatch(/rename/i);
    expect(message).not.toContain('birth_date: "DOB"');
  });
});

it('refuses one column for two fields', () => {
  const named = { family_name: 'Client', given_name: 'Client' };

  expect(() => mapColumns(['Client', 'DOB', 'Sex'], named, PATH)).toThrow(InputError);
});

describe('too few columns', () => {
  it.each([
    ['no date of birth', ['NHS number', 'Surname', 'Sex']],
    ['no number and no gender', ['Surname', 'DOB']],
    ['no number and no name', ['DOB', 'Sex', 'Postcode']],
    ['nothing of the person', ['Mother NHS number', 'Ward']],
  ])('are refused: %s', (_name, headers) => {
    const message = faultOf(headers);

    expect(message).toContain('were not recognised');
    expect(message).toContain(headers.map((header) => `"${header}"`).join(', '));
    expect(message).toContain('columns:\n');
  });

  it.each([
    ['a number and a date of birth', ['NHS number', 'DOB']],
    ['family name, date of birth and gender', ['Surname', 'DOB', 'Sex']],
    ['full name, date of birth and gender', ['Name', 'DOB', 'Sex']],
  ])('are enough with %s', (_name, headers) => {
    expect(Object.values(fieldsOf(headers)).sort()).toEqual([...headers].sort());
  });

  it('says what was recognised', () => {
    expect(faultOf(['NHS no', 'Surname'])).toContain(
      'Recognised: nhs_number ("NHS no"), family_name ("Surname").',
    );
  });

  it('lists no more than sixty headers', () => {
    const message = faultOf(Array.from({ length: 70 }, (_, at) => `column number ${at}`));

    expect(message).toContain('"column number 59", ...');
    expect(message).not.toContain('column number 60');
  });
});

describe('a file without a header row', () => {
  it('does not show words that may be names', () => {
    const message = faultOf(['Rowan', 'Testby', '']);

    expect(message).toContain("not shown, because the first row may be a person's data (3 cells)");
    expect(message).not.toMatch(/Rowan|Testby/);
  });

  const person = [
    '999 012 3454',
    'Testby',
    'Rowan',
    '17/09/1981',
    'Female',
    '1 High Street',
    'M1 1AE',
  ];

  it.each(person)('does not spill "%s" of the first person into the message', (cell) => {
    const message = faultOf(person);

    expect(message).toContain('header row');
    expect(message).not.toContain(cell);
  });

  it.each(person)('nor when the job names a column: "%s"', (cell) => {
    expect(faultOf(person, { family_name: 'Nachname' })).not.toContain(cell);
  });
});

it('gives the cells of a row by field, absent ones as empty', () => {
  const columns = mapColumns(['DOB', 'x', 'NHS number'], {}, PATH);

  expect(cellsByField(columns, ['17/09/1981', 'y', '9990123454'])).toEqual({
    birth_date: '17/09/1981',
    nhs_number: '9990123454',
  });
  expect(cellsByField(columns, ['17/09/1981'])).toEqual({
    birth_date: '17/09/1981',
    nhs_number: '',
  });
});

describe('several columns for a former name', () => {
  const HEADERS = ['NHS', 'DOB', 'Previous surname', 'Maiden name'];

  it('are no question: the first that is not blank counts', () => {
    const columns = mapColumns(HEADERS, {}, PATH);
    const further = furtherColumns(HEADERS, {});

    expect(columns.get('previous_family_name')).toBe(2);
    expect(cellsByField(columns, ['', '', ' ', 'Testby'], further).previous_family_name).toBe(
      'Testby',
    );
    expect(cellsByField(columns, ['', '', 'Rowan', 'Testby'], further).previous_family_name).toBe(
      'Rowan',
    );
    expect(cellsByField(columns, ['', '', ' ', ''], further).previous_family_name).toBe(' ');
  });

  it('are not asked when the job names one', () => {
    const named = { previous_family_name: 'Maiden name' };

    expect(mapColumns(HEADERS, named, PATH).get('previous_family_name')).toBe(3);
    expect(furtherColumns(HEADERS, named).get('previous_family_name')).toBeUndefined();
  });
});

describe('a person in the header row', () => {
  it.each([
    ['a number', ['NHS', 'DOB', 'Notes', '999 012 3454']],
    ['a bare CR', ['NHS', 'DOB', 'Notes\rID1', 'x']],
  ])('is refused: %s', (_name, headers) => {
    expect(faultOf(headers)).toContain('people may stand in the header row');
  });
});

describe('a second column of the same name, numbered', () => {
  it.each([
    ['NHS number.1', 'nhs_number'],
    ['DOB 2', 'birth_date'],
    ['Surname_2', 'family_name'],
    ['Postcode2', 'postcode'],
  ])('is a question: %s', (header, field) => {
    expect(faultOf(['NHS number', 'Surname', 'DOB', 'Postcode', header])).toContain(
      `${field} could be any of`,
    );
  });

  it('is none when the job says which', () => {
    const named = { nhs_number: 'NHS number.1' };

    expect(fieldsOf(['NHS number', 'DOB', 'NHS number.1'], named)).toEqual({
      nhs_number: 'NHS number.1',
      birth_date: 'DOB',
    });
  });

  it('is none for given names, nor without the first', () => {
    expect(fieldsOf(['NHS number', 'DOB', 'Forename', 'Forename 2', 'Address 1'])).toEqual({
      nhs_number: 'NHS number',
      birth_date: 'DOB',
      given_name: 'Forename',
    });
  });
});

describe('"Name"', () => {
  it('may be of anybody beside a column for the family name', () => {
    expect(fieldsOf(['NHS', 'DOB', 'Surname', 'Name'])).not.toHaveProperty('full_name');
  });

  it('is the person where it stands alone, says whose it is, or the job names it', () => {
    expect(fieldsOf(['NHS', 'DOB', 'Name'])).toHaveProperty('full_name');
    expect(fieldsOf(['NHS', 'DOB', 'Surname', 'Patient name'])).toHaveProperty('full_name');
    expect(fieldsOf(['NHS', 'DOB', 'Surname', 'Name'], { full_name: 'Name' })).toHaveProperty(
      'full_name',
    );
  });
});
