/** The demographics in a details reply (COMT_MT000016GB01). */
import { parseGender } from '../../domain/gender.ts';
import type { PatientAddress, PatientDetails } from '../../domain/trace.ts';
import type { XmlElement } from '../../lib/xml-read.ts';
import { HL7, SITE_OID } from './identifiers.ts';
import { attribute, childrenOf, collapse, only } from './reply-tree.ts';

/**
 * A `patient` element as values. An element that is present but blank gives `''`, one that is left
 * out gives nothing. Every part may be missing: a sensitive record has no addresses, numbers or
 * practice, and is not marked as such. Addresses and numbers whose period has ended by `today`
 * (YYYYMMDD) are left out.
 */
export function readPatientDetails(patient: XmlElement, today: string): PatientDetails {
  const name = childrenOf(patient, HL7, 'name')[0];
  const person = childrenOf(patient, HL7, 'patientPerson')[0];
  const title = textOf(childrenOf(name, HL7, 'prefix')[0]);
  const familyName = textOf(childrenOf(name, HL7, 'family')[0]);
  const gender = parseGender(attribute(child(person, 'administrativeGenderCode'), 'code') ?? '');
  const birthDate = timeValue(child(person, 'birthTime'));
  const deathDate = timeValue(child(person, 'deceasedTime'));
  const practiceCode = readPracticeCode(child(person, 'gPPractice'));
  return {
    ...(title === undefined ? {} : { title }),
    givenNames: childrenOf(name, HL7, 'given').map((given) => collapse(given.text)),
    ...(familyName === undefined ? {} : { familyName }),
    ...(gender === undefined ? {} : { gender }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(deathDate === undefined ? {} : { deathDate }),
    addresses: currentOnes(patient, 'addr', today).map(readAddress),
    telecoms: currentOnes(patient, 'telecom', today).flatMap((telecom) => {
      return attribute(telecom, 'value') || [];
    }),
    ...(practiceCode === undefined ? {} : { practiceCode }),
  };
}

function readAddress(address: XmlElement): PatientAddress {
  const postcode = textOf(child(address, 'postalCode'));
  return {
    use: addressUse(attribute(address, 'use')),
    // Blank lines stay: the position says what a line is (premises, street, locality, town, county).
    lines: childrenOf(address, HL7, 'streetAddressLine').map((line) => collapse(line.text)),
    ...(postcode === undefined ? {} : { postcode }),
  };
}

/** `HP` is one provider's word for the home address, and some send none at all. */
function addressUse(use = ''): PatientAddress['use'] {
  if (use === '') return 'usual';
  const known = use.split(' ').find((word) => USES.has(word));
  return USES.get(known ?? '') ?? 'other';
}

const USES: ReadonlyMap<string, PatientAddress['use']> = new Map([
  ['H', 'usual'],
  ['HP', 'usual'],
  ['TMP', 'temporary'],
  ['PST', 'correspondence'],
]);

function currentOnes(patient: XmlElement, name: string, today: string): readonly XmlElement[] {
  return childrenOf(patient, HL7, name).filter((part) => {
    const high = attribute(child(child(part, 'useablePeriod'), 'high'), 'value') ?? '';
    const lastDay = /^\d{4,8}/.exec(high)?.[0];
    // A partial date counts to its end: 2019 has not ended before 2020.
    return lastDay === undefined || lastDay >= today.slice(0, lastDay.length);
  });
}

function readPracticeCode(practice: XmlElement | undefined): string | undefined {
  const ids = childrenOf(child(practice, 'locationOrganization'), HL7, 'id');
  return attribute(
    ids.find((id) => attribute(id, 'root') === SITE_OID),
    'extension',
  );
}

function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return only(parent, HL7, name);
}

function textOf(found: XmlElement | undefined): string | undefined {
  return found && collapse(found.text);
}

/** The presence of `deceasedTime` means deceased, whatever its value, so presence is kept. */
function timeValue(found: XmlElement | undefined): string | undefined {
  return found && (attribute(found, 'value') ?? '');
}
