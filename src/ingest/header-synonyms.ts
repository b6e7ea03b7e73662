/**
 * Headers by which a person's fields are known in NHS Data Dictionary, EMIS, SystmOne, Mosaic,
 * Liquidlogic, SUS, PDS MESH and hospital extracts. Compared by `foldHeader`. A header that is not
 * here, such as "Mother NHS Number" or "GP Postcode", is never taken for the person's own.
 */
import type { Field } from '../domain/field.ts';

/**
 * Upper case, without blanks, `_ - . : / ( )`, the `*` of columns that must be filled, and the quotation
 * marks that stay when a blank stands before them.
 */
export function foldHeader(header: string): string {
  return header
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s_\-.:/()*"\u200B\uFEFF]/g, '');
}

export const HEADER_SYNONYMS: Readonly<Record<Field, readonly string[]>> = {
  nhs_number: words(
    'NHSNUMBER NHSNO NHSNUM NHS NHSID NHSNUMBERVALUE REQNHSNUMBER NEWNHSNUMBER PATIENTNHSNUMBER PERSSINGLEUNIQUEID PERSCOMMONCHILDID',
  ),
  family_name: words('PERSONFAMILYNAME FAMILYNAME SURNAME LASTNAME LAST SECONDNAME'),
  previous_family_name: words(
    'PREVIOUSSURNAME PREVIOUSFAMILYNAME PREVFAMILYNAME MAIDENNAME BIRTHSURNAME ALIASSURNAME',
  ),
  given_name: words(
    'PERSONGIVENNAME GIVENNAME GIVENNAMES FORENAME FORENAMES FIRSTNAME FIRST FIRSTFORENAME CHRISTIANNAME',
  ),
  other_given_names: words(
    'OTHERGIVENNAME OTHERGIVENNAMES MIDDLENAME MIDDLENAMES SECONDFORENAME OTHERFORENAMES',
  ),
  full_name: words('NAME FULLNAME PATIENTNAME PERSONNAME'),
  birth_date: words(
    'PERSONBIRTHDATE BIRTHDATE DATEOFBIRTH DOB DATEBIRTH BIRTHDTTM BORN PERSDOB DATEOFBIRTHBABY',
  ),
  birth_date_is_estimated: words('DOBESTIMATED ESTIMATEDDOB'),
  expected_birth_date: words('EXPECTEDDOB PERSEXPECTEDDOB'),
  gender: words(
    'PERSONSTATEDGENDERCODE PERSONGENDERCODECURRENT PERSONCURRENTGENDERCODE GENDER SEX GENDERCODE GENDERMAINCODE SEXCODE PERSSEX DIMLOOKUPVARIATIONOFSEXCODE',
  ),
  postcode: words(
    'POSTCODEOFUSUALADDRESS POSTCODE POSTALCODE PATIENTPOSTCODE HOMEPOSTCODE PCODE ZIP ADDRESSPOSTALCODE',
  ),
  previous_postcode: words('PREVIOUSPOSTCODE PREVPOSTCODE OLDPOSTCODE FORMERPOSTCODE'),
};

function words(text: string): readonly string[] {
  return text.split(' ');
}
