/** Layouts of extracts that are published, as data: by their headers a file is recognised as one. */
import type { Field } from '../domain/field.ts';

export interface Profile {
  readonly name: string;
  /** Field to the header that the layout gives it. */
  readonly fields: Readonly<Partial<Record<Field, string>>>;
  /** Its other headers, as far as they tell it from others. */
  readonly others: readonly string[];
  /** Headers that no other layout has together: a file is of this one when any of these sets is there. */
  readonly marks: readonly (readonly string[])[];
}

export const PROFILES: readonly Profile[] = [
  {
    name: 'NHS Data Dictionary',
    fields: {
      nhs_number: 'NHS NUMBER',
      family_name: 'PERSON FAMILY NAME',
      given_name: 'PERSON GIVEN NAME',
      birth_date: 'PERSON BIRTH DATE',
      gender: 'PERSON STATED GENDER CODE',
      postcode: 'POSTCODE OF USUAL ADDRESS',
    },
    others: ['NHS NUMBER STATUS INDICATOR CODE', 'LOCAL PATIENT IDENTIFIER (EXTENDED)'],
    marks: [
      ['PERSON BIRTH DATE', 'NHS NUMBER'],
      ['PERSON BIRTH DATE', 'PERSON FAMILY NAME'],
    ],
  },
  {
    name: 'EMIS Admin_Patient',
    fields: {
      nhs_number: 'NhsNumber',
      family_name: 'Surname',
      given_name: 'GivenName',
      other_given_names: 'MiddleNames',
      birth_date: 'DateOfBirth',
      gender: 'Sex',
      postcode: 'Postcode',
    },
    others: [
      ...['PatientGuid', 'DateOfDeath', 'Title', 'PatientNumber', 'DummyType'],
      ...['NHSNumberStatus', 'SpineSensitive', 'IsConfidential'],
    ],
    marks: [['PatientGuid', 'NhsNumber']],
  },
  {
    name: 'SystmOne SRPatient',
    fields: {
      nhs_number: 'NHSNumber',
      family_name: 'Surname',
      previous_family_name: 'PreviousSurname',
      given_name: 'FirstName',
      other_given_names: 'MiddleNames',
      birth_date: 'DateBirth',
    },
    others: ['RowIdentifier', 'Title', 'DateDeath'],
    marks: [['RowIdentifier', 'DateBirth']],
  },
  {
    name: 'Adult social care client-level data',
    fields: {
      nhs_number: 'NHS Number',
      family_name: 'Last Name',
      given_name: 'First Name',
      birth_date: 'Date of Birth',
      gender: 'Gender',
      postcode: 'Postcode',
    },
    others: ['LA Code', 'LA Person Unique Identifier', 'Date of Death', 'GP Practice Code'],
    marks: [['LA Person Unique Identifier']],
  },
  {
    name: 'Liquidlogic DIM_PERSON',
    fields: {
      nhs_number: 'NHS_NUMBER',
      family_name: 'SURNAME',
      given_name: 'FORENAME',
      birth_date: 'BIRTH_DTTM',
      birth_date_is_estimated: 'DOB_ESTIMATED',
      gender: 'GENDER_MAIN_CODE',
    },
    others: ['DIM_PERSON_ID', 'LEGACY_ID', 'EXTERNAL_ID', 'DEATH_DTTM', 'UPN'],
    marks: [['DIM_PERSON_ID']],
  },
  {
    name: "Children's Standard Safeguarding Dataset",
    fields: {
      nhs_number: 'pers_single_unique_id',
      birth_date: 'pers_dob',
      expected_birth_date: 'pers_expected_dob',
      gender: 'pers_sex',
    },
    others: ['pers_person_id', 'pers_legacy_id', 'pers_gender', 'pers_death_date'],
    marks: [['pers_person_id', 'pers_dob']],
  },
  {
    name: 'Mosaic export',
    fields: {
      nhs_number: 'nhsNumber',
      family_name: 'lastName',
      given_name: 'firstName',
      birth_date: 'dateOfBirth',
      gender: 'gender',
      postcode: 'postCode',
    },
    others: ['mosaicId', 'restricted'],
    marks: [['mosaicId'], ['PERSON_ID', 'restricted']],
  },
  {
    name: 'SUS / CDS',
    fields: {
      nhs_number: 'NHSNumber',
      birth_date: 'DateofBirth',
      gender: 'PersonCurrentGenderCode',
      postcode: 'Postcode',
    },
    others: [],
    marks: [['NHSNumber', 'PersonCurrentGenderCode']],
  },
  {
    name: 'SACT',
    fields: {
      nhs_number: 'NHS_Number',
      birth_date: 'Date_Of_Birth',
      gender: 'Person_Stated_Gender_Code',
      postcode: 'Patient_Postcode',
    },
    others: [],
    marks: [['Patient_Postcode', 'Person_Stated_Gender_Code']],
  },
  {
    name: 'PDS MESH request',
    fields: {
      nhs_number: 'NHS_NO',
      family_name: 'FAMILY_NAME',
      given_name: 'GIVEN_NAME',
      other_given_names: 'OTHER_GIVEN_NAME',
      birth_date: 'DATE_OF_BIRTH',
      gender: 'GENDER',
      postcode: 'POSTCODE',
    },
    others: [
      ...['UNIQUE REFERENCE', 'DATE_OF_DEATH', 'ADDRESS_LINE1', 'ADDRESS_LINE2', 'ADDRESS_LINE3'],
      ...['ADDRESS_LINE4', 'ADDRESS_LINE5', 'ADDRESS_DATE', 'GP_PRACTICE_CODE'],
      ...['GP_REGISTRATION_DATE', 'NHAIS_POSTING_ID', 'AS_AT_DATE', 'LOCAL_PATIENT_ID'],
      ...['INTERNAL_ID', 'TELEPHONE_NUMBER', 'MOBILE_NUMBER', 'EMAIL_ADDRESS'],
    ],
    marks: [['UNIQUE REFERENCE', 'NHS_NO']],
  },
];
