/** Invented people, with numbers of the 999 range, as the stages after normalising see them. */
import { type BirthDate, parseBirthDate } from '../../src/domain/birth-date.ts';
import type { Demographics } from '../../src/domain/demographics.ts';
import { type NhsNumber, parseNhsNumber } from '../../src/domain/nhs-number.ts';
import { type Postcode, parsePostcode } from '../../src/domain/postcode.ts';
import type {
  Asked,
  IngestedRow,
  SentRequest,
  StoredSubject,
  Subject,
  TraceResult,
} from '../../src/domain/record.ts';
import type { Answer, PatientDetails, Question } from '../../src/domain/trace.ts';

/** Some fields, other than the builder has them; `undefined` takes a field away. */
type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

export function aNumber(text = '9990123454'): NhsNumber {
  return known(parseNhsNumber(text), text);
}

export function aBirthDate(digits = '19810917'): BirthDate {
  return known(parseBirthDate(digits), digits);
}

export function aPostcode(text = 'M1 1AE'): Postcode {
  return known(parsePostcode(text), text);
}

/** Rowan O'Testby, without an NHS number. */
export function aPerson(changes: Changes<Demographics> = {}): Demographics {
  return changed(
    {
      familyName: "O'Testby",
      givenName: 'Rowan',
      birthDate: aBirthDate(),
      gender: '2',
      postcode: aPostcode(),
    },
    changes,
  );
}

/** Rowan O'Testby as PDS would hold her. */
export function details(changes: Changes<PatientDetails> = {}): PatientDetails {
  return changed<PatientDetails>(
    {
      familyName: "O'TESTBY",
      givenNames: ['ROWAN', 'ALEX'],
      birthDate: '19810917',
      gender: '2',
      addresses: [{ use: 'usual', lines: ['1 High Street'], postcode: 'M1 1AE' }],
      telecoms: [],
    },
    changes,
  );
}

/** A subject to verify when the changes hold a number, else one to search for. */
export function aSubject(changes: Changes<Demographics> = {}): Subject {
  const demographics = aPerson(changes);
  return { demographics, route: demographics.nhsNumber === undefined ? 'search' : 'verify' };
}

export function aStoredSubject(subjectId = 1, changes: Changes<Demographics> = {}): StoredSubject {
  return { subjectId, ...aSubject(changes) };
}

export function aRequest(changes: Changes<SentRequest> = {}): SentRequest {
  return changed(
    {
      messageId: '00000000-0000-4000-8000-000000000001',
      operation: 'getPatientDetailsBySearch',
      attempt: 1,
      sentAt: 1_800_000_000_000,
      durationMs: 12.5,
      code: 'SMSP-0000',
    },
    changes,
  );
}

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

/** Rowan O'Testby, searched for by name. */
export function aSearch(changes: Changes<Question> = {}): Question {
  return changed<Question>(
    {
      operation: 'getPatientDetailsBySearch',
      birthDate: aBirthDate(),
      familyName: "O'Testby",
      givenName: 'Rowan',
      gender: '2',
    },
    changes,
  );
}

/** Whether a number is Rowan O'Testby's. */
export function aCheck(nhsNumber = aNumber(), changes: Changes<Question> = {}): Question {
  return aSearch({
    operation: 'getPatientDetailsByNHSNumber',
    nhsNumber,
    gender: undefined,
    ...changes,
  });
}

/** A step that was answered. */
export function anAsked(step: string, question: Question, answer: Answer): Asked {
  return { step, question, answer, code: CODES[answer.kind], messageId: 'ID' };
}

/** A search by name that was answered. */
export function searched(answer: Answer, changes: Changes<Question> = {}): Asked {
  return anAsked('names', aSearch(changes), answer);
}

/** A supplied number that was asked about. */
export function checked(answer: Answer, nhsNumber = aNumber()): Asked {
  return anAsked('supplied-number', aCheck(nhsNumber), answer);
}

/** What a subject ends with when these questions were answered, each by one request. */
export function answeredAll(...asked: readonly Asked[]): TraceResult {
  return {
    kind: 'answered',
    asked,
    requests: asked.map(({ code, question: { operation } }) => aRequest({ code, operation })),
  };
}

/** What a subject ends with when a search by name is answered so, after these requests. */
export function answered(
  answer: Answer,
  requests: readonly SentRequest[] = [aRequest({ code: CODES[answer.kind] })],
): TraceResult {
  return { kind: 'answered', asked: [searched(answer)], requests };
}

export function unanswered(
  code = 'timeout',
  requests: readonly SentRequest[] = [aRequest({ code })],
): TraceResult {
  return { kind: 'unanswered', code, asked: [], requests };
}

export function refused(requests: readonly SentRequest[] = []): TraceResult {
  return { kind: 'refused', code: 'SMSP-0005', reason: 'check auditIdentity', asked: [], requests };
}

/** A row that is to be traced. */
export function aTracedRow(row: number, subject: Subject = aSubject()): IngestedRow {
  return { row, cells: [`cell ${row}`, 'x'], findings: [], fate: { kind: 'trace', subject } };
}

/** A row that is never sent. */
export function aLocalRow(row: number): IngestedRow {
  return {
    row,
    cells: ['', ''],
    findings: [],
    fate: { kind: 'local', problem: { kind: 'empty' } },
  };
}

function changed<T extends object>(base: T, changes: Changes<T>): T {
  const merged = Object.entries({ ...base, ...changes }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(merged) as T;
}

function known<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`the test uses ${text}, which is not valid`);
  return value;
}
