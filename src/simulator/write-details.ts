/** The part of a details response that describes the person: COMT_MT000016GB01, in schema order. */
import { escapeXml } from './escape-xml.ts';
import type { Person } from './person.ts';
import { GENDER_OID, ODS_SITE_OID } from './wire-names.ts';

/**
 * Name, address, telecom and patientPerson; `p` is the HL7 prefix with its colon, or empty. What is
 * not held is left out. Of a sensitive person address, telecom and practice are withheld; of a
 * deceased one there is no practice.
 */
export function writeDetails(person: Person, p: string): string {
  const location = person.isSensitive ? '' : writeAddress(person, p) + writeTelecom(person, p);
  return writeName(person, p) + location + writePatientPerson(person, p);
}

function writeName(person: Person, p: string): string {
  const parts =
    element(`${p}prefix`, person.title) +
    element(`${p}given`, person.givenName) +
    element(`${p}given`, person.otherGivenNames) +
    element(`${p}family`, person.familyName);
  return parts === '' ? '' : `<${p}name>${parts}</${p}name>`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined ? '' : `<${name}>${escapeXml(text)}</${name}>`;
}

/** The postcode first, then exactly five lines, however many of them are empty. */
function writeAddress({ addressLines, postcode }: Person, p: string): string {
  if (addressLines === undefined && postcode === undefined) return '';
  const lines = [0, 1, 2, 3, 4].map((place) => {
    const line = addressLines?.[place];
    return line ? element(`${p}streetAddressLine`, line) : `<${p}streetAddressLine/>`;
  });
  return `<${p}addr use="H">${element(`${p}postalCode`, postcode)}${lines.join('')}</${p}addr>`;
}

/** A number that names no scheme of its own is a telephone number. */
function writeTelecom({ telephone }: Person, p: string): string {
  if (telephone === undefined) return '';
  const isUri = /^[A-Za-z][A-Za-z0-9+.-]*:/.test(telephone);
  const value = isUri ? telephone : `tel:${telephone.replaceAll(' ', '')}`;
  return `<${p}telecom use="H" value="${escapeXml(value)}"/>`;
}

function writePatientPerson(person: Person, p: string): string {
  const { gender, birthDate, deathDate } = person;
  const parts =
    (gender === undefined
      ? ''
      : `<${p}administrativeGenderCode code="${escapeXml(gender)}" codeSystem="${GENDER_OID}"/>`) +
    (birthDate === undefined ? '' : `<${p}birthTime value="${escapeXml(birthDate)}"/>`) +
    (deathDate === undefined ? '' : `<${p}deceasedTime value="${escapeXml(deathDate)}"/>`) +
    writePractice(person, p);
  const name = `${p}patientPerson`;
  return `<${name} classCode="PSN" determinerCode="INSTANCE">${parts}</${name}>`;
}

function writePractice({ practiceCode, deathDate, isSensitive }: Person, p: string): string {
  if (practiceCode === undefined || deathDate !== undefined || isSensitive) return '';
  const id = `<${p}id root="${ODS_SITE_OID}" extension="${escapeXml(practiceCode)}"/>`;
  const organisation = `${p}locationOrganization`;
  return (
    `<${p}gPPractice classCode="SDLOC">` +
    `<${organisation} classCode="ORG" determinerCode="INSTANCE">${id}</${organisation}>` +
    `</${p}gPPractice>`
  );
}
