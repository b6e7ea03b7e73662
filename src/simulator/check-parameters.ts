/** Whether the parameters are enough and well written: the checks the schemas cannot make. */
import { cardinality, type Parameters } from './parameters.ts';
import { GENDERS, isDate, isFullDate } from './person.ts';
import type { Operation } from './wire-names.ts';

const OID = /^[0-2](?:\.(?:0|[1-9][0-9]*))+$/;
const MAX_POSTCODE_LENGTH = 8;
const MIN_CHECKED_FAMILY_NAME = 3;

/** Gives a sentence for the first fault, repeating nothing of the parameters; or `undefined`. */
export function checkParameters(
  parameters: Parameters,
  operation: Operation,
  isStrict: boolean,
): string | undefined {
  return (
    birthDateFault(parameters, operation) ??
    genderFault(parameters) ??
    localIdentifierFault(parameters, isStrict) ??
    (isByNumber(parameters, operation)
      ? numberFault(parameters, isStrict)
      : searchFault(parameters, isStrict))
  );
}

/** getPatientDetails goes by the number when one was sent, and otherwise searches. */
function isByNumber({ nhsNumber }: Parameters, operation: Operation): boolean {
  return cardinality(operation, 'Person.NHSNumber') === '1' || nhsNumber !== undefined;
}

/** Only getNHSNumber takes a month or a year for a date of birth. */
function birthDateFault({ birthDate = '' }: Parameters, operation: Operation): string | undefined {
  const isRight = operation === 'getNHSNumber' ? isDate(birthDate) : isFullDate(birthDate);
  return isRight ? undefined : 'Person.DateOfBirth: not a date this service takes';
}

function genderFault({ gender }: Parameters): string | undefined {
  const isRight = gender === undefined || GENDERS.some((known) => known === gender);
  return isRight ? undefined : 'Person.Gender: must be 0, 1, 2 or 9';
}

function localIdentifierFault(
  { localIdentifier }: Parameters,
  isStrict: boolean,
): string | undefined {
  if (localIdentifier === undefined || !isStrict) return undefined;
  return OID.test(localIdentifier.root) ? undefined : 'Person.LocalIdentifier: root is no OID';
}

/** A family name sent with a number is at least three characters; no wildcards. */
function numberFault(
  { nhsNumber, familyName = '', givenName = '' }: Parameters,
  isStrict: boolean,
): string | undefined {
  if (!nhsNumber) return 'Person.NHSNumber: empty';
  if (`${familyName}${givenName}`.includes('*')) return 'Person.Name: no wildcard with a number';
  const isShort = familyName !== '' && familyName.length < MIN_CHECKED_FAMILY_NAME;
  return isShort && isStrict
    ? 'Person.Name: fewer than three characters of family name'
    : undefined;
}

function searchFault(parameters: Parameters, isStrict: boolean): string | undefined {
  const { familyName = '', givenName, gender, postcode } = parameters;
  if (familyName.trim() === '') return 'Person.Name: a search needs a family name';
  if (gender === undefined) return 'Person.Gender: a search needs a gender';
  const isWildcardRight = [familyName, givenName, postcode].every(isWildcardAllowed);
  if (!isWildcardRight) return 'a wildcard in a place where it is not allowed';
  return postcode === undefined ? undefined : postcodeFault(postcode, isStrict);
}

/** One `*`, after two characters or more, that does not stand for a whole word. */
function isWildcardAllowed(text: string | undefined): boolean {
  if (text === undefined || !text.includes('*')) return true;
  const isOne = text.indexOf('*') === text.lastIndexOf('*');
  return isOne && text.indexOf('*') >= 2 && !text.split(/\s/).includes('*');
}

/** At most eight letters and digits with one blank among them; with a `*` the blank may be missing. */
function postcodeFault(postcode: string, isStrict: boolean): string | undefined {
  const isLegal = postcode.length <= MAX_POSTCODE_LENGTH && /^[A-Za-z0-9* ]+$/.test(postcode);
  if (!isLegal) return 'Person.Postcode: more than eight characters, or others than allowed';
  const blanks = postcode.split(' ').length - 1;
  const isBlankRight = blanks === 1 || (blanks === 0 && (postcode.includes('*') || !isStrict));
  return isBlankRight ? undefined : 'Person.Postcode: must have one blank';
}
