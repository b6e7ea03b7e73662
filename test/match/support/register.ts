/**
 * A register of invented people that answers exactly, as SMSP does: what is sent must be what is held
 * now or was held before, letter by letter but for case. Pure.
 */
import type { Gender } from '../../../src/domain/gender.ts';
import type { NhsNumber } from '../../../src/domain/nhs-number.ts';
import type { Answer, PatientDetails, Question, TraceReply } from '../../../src/domain/trace.ts';

export interface Registered {
  readonly nhsNumber: NhsNumber;
  readonly familyName: string;
  readonly formerFamilyNames?: readonly string[];
  readonly givenNames: readonly string[];
  readonly birthDate: string;
  readonly gender: Gender;
  readonly postcode: string;
  readonly formerPostcodes?: readonly string[];
  /** No address comes back, and no search that sends a postcode finds the person. */
  readonly isSensitive?: true;
  readonly deathDate?: string;
  /** The number was merged into this one. */
  readonly supersededBy?: NhsNumber;
  readonly isWithdrawn?: true;
}

export type Register = readonly Registered[];

const CODES: Readonly<Record<Answer['kind'], string>> = {
  found: 'SMSP-0000',
  'other-number': 'SMSP-0000',
  'no-match': 'DEMOG-0001',
  'multiple-matches': 'DEMOG-0007',
  superseded: 'DEMOG-0017',
  invalidated: 'DEMOG-0022',
  'not-verified': 'DEMOG-0040',
  'not-new-style': 'DEMOG-0042',
};

export function replyOf(answer: Answer): TraceReply {
  return { answer, code: CODES[answer.kind] };
}

export function askRegister(register: Register, question: Question): TraceReply {
  const { nhsNumber } = question;
  const answer =
    nhsNumber === undefined
      ? search(register, question)
      : checkNumber(register, nhsNumber, question);
  return replyOf(isBare(question) ? withoutDetails(answer) : answer);
}

export function detailsOf(person: Registered): PatientDetails {
  const { familyName, givenNames, birthDate, gender, deathDate, isSensitive, postcode } = person;
  return {
    familyName,
    givenNames,
    birthDate,
    gender,
    ...(deathDate === undefined ? {} : { deathDate }),
    addresses: isSensitive ? [] : [{ use: 'usual', lines: [], postcode }],
    telecoms: [],
  };
}

function isBare({ operation }: Question): boolean {
  return operation === 'verifyNHSNumber' || operation === 'getNHSNumber';
}

function withoutDetails(answer: Answer): Answer {
  if (answer.kind !== 'found' && answer.kind !== 'superseded') return answer;
  const { details: _, ...bare } = answer;
  return bare;
}

function checkNumber(register: Register, nhsNumber: NhsNumber, question: Question): Answer {
  const record = register.find((person) => person.nhsNumber === nhsNumber);
  if (record === undefined) return { kind: 'no-match' };
  if (record.isWithdrawn) return { kind: 'invalidated' };
  const { supersededBy } = record;
  const survivor =
    supersededBy === undefined ? record : register.find((p) => p.nhsNumber === supersededBy);
  if (survivor === undefined) return { kind: 'superseded' };
  if (!isCrossChecked(survivor, question)) return { kind: 'not-verified' };
  const details = detailsOf(survivor);
  return supersededBy === undefined
    ? { kind: 'found', nhsNumber, details }
    : { kind: 'superseded', replacement: supersededBy, details };
}

/** The whole date of birth; or two parts of it, three letters of the family name and an initial. */
function isCrossChecked(person: Registered, question: Question): boolean {
  const { birthDate, familyName = '', givenName = '' } = question;
  if (person.birthDate === birthDate) return true;
  const parts = [birthDate.slice(0, 4), birthDate.slice(4, 6), birthDate.slice(6)];
  const theirs = [
    person.birthDate.slice(0, 4),
    person.birthDate.slice(4, 6),
    person.birthDate.slice(6),
  ];
  return (
    parts.filter((part, at) => part === theirs[at]).length === 2 &&
    familyName !== '' &&
    familyNamesOf(person).some((name) => fold(name).startsWith(fold(familyName.slice(0, 3)))) &&
    givenName !== '' &&
    fold(person.givenNames[0] ?? '').startsWith(fold(givenName.slice(0, 1)))
  );
}

function search(register: Register, question: Question): Answer {
  const { familyName, givenName, birthDate, gender, postcode } = question;
  const found = register.filter(
    (person) =>
      !person.isWithdrawn &&
      person.supersededBy === undefined &&
      person.birthDate === birthDate &&
      person.gender === gender &&
      isHeld(familyName, familyNamesOf(person)) &&
      isHeld(givenName, person.givenNames.slice(0, 1)) &&
      isHeld(postcode, postcodesOf(person)),
  );
  const [first, second] = found;
  if (first === undefined) return { kind: 'no-match' };
  if (second !== undefined) return { kind: 'multiple-matches' };
  return { kind: 'found', nhsNumber: first.nhsNumber, details: detailsOf(first) };
}

function familyNamesOf({ familyName, formerFamilyNames = [] }: Registered): readonly string[] {
  return [familyName, ...formerFamilyNames];
}

function postcodesOf(person: Registered): readonly string[] {
  return person.isSensitive ? [] : [person.postcode, ...(person.formerPostcodes ?? [])];
}

function isHeld(sent: string | undefined, held: readonly string[]): boolean {
  if (sent === undefined) return true;
  if (!sent.endsWith('*')) return held.some((text) => fold(text) === fold(sent));
  return held.some((text) => fold(text).startsWith(fold(sent.slice(0, -1))));
}

function fold(text: string): string {
  return text.normalize('NFC').toUpperCase();
}
