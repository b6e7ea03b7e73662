/** The demographics in a details reply (COMT_MT000016GB01). */
import { parseGender } from '../../domain/gender.ts';
import type { PatientAddress, PatientDetails } from '../../domain/trace.ts';
import type { XmlElement } from '../../lib/xml-read.ts';
import { HL7, SITE_OID } from './identifiers.ts';
import { atMostOne, attribute, childrenOf, collapse } from './reply-tree.ts';
import { unreadableReply } from './unreadable.ts';

/**
 * A `patient` element as values. An element that is present but blank gives `''`, one that is left
 * out gives nothing. Every part may be missing: a sensitive record has no addresses, numbers or
 * practice, and is not marked as such. Addresses and numbers whose period has ended by `today`
 * (YYYYMMDD) are left out.
 * Throws RetryableError `unreadable-reply` when something is there twice that a person has once, or
 * holds elements where a text belongs.
 */
export function readPatientDetails(patient: XmlElement, today: string): PatientDetails {
  const name = child(patient, 'name');
  const person = child(patient, 'patientPerson');
  const title = optionalText(child(name, 'prefix'));
  const familyName = optionalText(child(name, 'family'));
  const gender = parseGender(attribute(child(person, 'administrativeGenderCode'), 'code') ?? '');
  const birthDate = timeValue(child(person, 'birthTime'));
  const deathDate = timeValue(child(person, 'deceasedTime'));
  const practiceCode = readPracticeCode(child(person, 'gPPractice'));
  return {
    ...(title === undefined ? {} : { title }),
    givenNames: childrenOf(name, HL7, 'given').map(textOf),
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
  const postcode = optionalText(child(address, 'postalCode'));
  return {
    use: addressUse(attribute(address, 'use')),
    // Blank lines stay: the position says what a line is (premises, street, locality, town, county).
    lines: childrenOf(address, HL7, 'streetAddressLine').map(textOf),
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
  const codes = ids.filter((id) => attribute(id, 'root') === SITE_OID);
  if (codes.length > 1) throw unreadableReply('it holds several practices');
  return attribute(codes[0], 'extension');
}

function child(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return atMostOne(parent, HL7, name);
}

function optionalText(found: XmlElement | undefined): string | undefined {
  return found && textOf(found);
}

function textOf({ children, name, text }: XmlElement): string {
  if (children.length > 0) throw unreadableReply(`its ${name} is not a text`);
  return collapse(text);
}

/** The presence of `deceasedTime` means deceased, whatever its value, so presence is kept. */
function timeValue(found: XmlElement | undefined): string | undefined {
  return found && (attribute(found, 'value') ?? '');
}
