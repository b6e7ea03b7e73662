/** One decision for each row, from what it holds and what the provider said. Pure. */
import type { Decision, Exception, NhsNumberStatus } from '../domain/decision.ts';
import type { Outcome } from '../domain/exception.ts';
import { formatNhsNumber, type NhsNumber } from '../domain/nhs-number.ts';
import type { Subject, TraceResult } from '../domain/record.ts';
import type { Answer } from '../domain/trace.ts';
import { type Acceptance, acceptSuppliedNumber, acceptTraced } from './accept-answer.ts';

/** What is decided about a subject by itself; other rows may still turn a match into a duplicate. */
export function decideSubject(subject: Subject, result: TraceResult | undefined): Decision {
  const hasNumber = subject.demographics.nhsNumber !== undefined;
  if (result?.kind !== 'answered') return unanswered(result?.code, hasNumber);
  return decideAnswer(subject, result.answer, hasNumber);
}

function decideAnswer(subject: Subject, answer: Answer, hasNumber: boolean): Decision {
  switch (answer.kind) {
    case 'found':
      if (isAnotherNumber(subject, answer.nhsNumber)) return otherNumber(answer.nhsNumber);
      return subject.route === 'verify'
        ? judged(
            'verified',
            answer.nhsNumber,
            acceptSuppliedNumber(subject.demographics, answer.details),
            hasNumber,
          )
        : judged(
            'traced',
            answer.nhsNumber,
            acceptTraced(subject.demographics, answer.details),
            hasNumber,
          );
    case 'superseded':
      return decideSuperseded(subject, answer, hasNumber);
    case 'other-number':
      return otherNumber(answer.nhsNumber);
    case 'no-match':
      return {
        kind: 'exception',
        code: 'no-match',
        status: hasNumber ? '05' : '04',
        ...NO_MATCH[subject.route],
      };
    case 'multiple-matches':
      return { kind: 'exception', code: 'multiple-matches', status: '04', ...MULTIPLE };
    case 'not-verified':
      return { kind: 'exception', code: 'not-verified', status: '05', ...NOT_VERIFIED };
    case 'not-new-style':
      return { kind: 'exception', code: 'not-verified', status: '05', ...NOT_NEW_STYLE };
    case 'invalidated':
      return { kind: 'exception', code: 'invalidated', status: '05', ...INVALIDATED };
  }
}

/** Success for a number that was not asked about confirms nothing, wherever it came from. */
function isAnotherNumber({ route, demographics }: Subject, found: NhsNumber): boolean {
  return route === 'verify' && found !== demographics.nhsNumber;
}

function otherNumber(candidate: NhsNumber): Exception {
  return {
    kind: 'exception',
    code: 'possible-match',
    reason: 'NHS number: the provider answered with another number than the one supplied.',
    action: `Compare the record with NHS number ${formatNhsNumber(candidate)} on PDS before using either.`,
    candidate,
    status: '05',
  };
}

/** A replacement is used under the rule that would hold for the number it replaces (MSCA-DQ-03). */
function decideSuperseded(
  subject: Subject,
  { replacement, details }: Extract<Answer, { kind: 'superseded' }>,
  hasNumber: boolean,
): Decision {
  if (replacement === undefined) {
    return { kind: 'exception', code: 'not-verified', status: '05', ...REPLACEMENT_UNKNOWN };
  }
  return subject.route === 'verify'
    ? judged(
        'superseded',
        replacement,
        acceptSuppliedNumber(subject.demographics, details),
        hasNumber,
      )
    : judged('traced', replacement, acceptTraced(subject.demographics, details), hasNumber);
}

function judged(
  outcome: Outcome,
  nhsNumber: NhsNumber,
  acceptance: Acceptance,
  hasNumber: boolean,
): Decision {
  switch (acceptance.kind) {
    case 'accepted':
      return { kind: 'match', outcome, nhsNumber, status: '01' };
    case 'too-little':
      return {
        kind: 'exception',
        code: 'possible-match',
        reason: `Somebody was found, but on too little to be sure. ${acceptance.because}`,
        action: `Compare the record with NHS number ${formatNhsNumber(nhsNumber)} on PDS, field by field; use it only if it is the same person.`,
        candidate: nhsNumber,
        status: hasNumber ? '05' : '04',
      };
    case 'contradicted':
      return {
        kind: 'exception',
        code: 'not-verified',
        reason: `The NHS number exists, but is not confirmed as this person's. ${acceptance.because}`,
        action: NOT_VERIFIED.action,
        status: '05',
      };
  }
}

/** Two rows that look like different people came to the same number (MSCA-DQ-01): held for both. */
export function decideDuplicate(nhsNumber: NhsNumber): Exception {
  return {
    kind: 'exception',
    code: 'duplicate',
    reason:
      'NHS number: this row and another, of what looks like a different person, came to the same number.',
    action: `Find the rows whose candidate is ${formatNhsNumber(nhsNumber)}, decide whose it is, and have two records of one person merged.`,
    candidate: nhsNumber,
    status: '05',
  };
}

function unanswered(code: string | undefined, hasNumber: boolean): Exception {
  return {
    kind: 'exception',
    code: 'failed',
    reason: `The provider gave no answer${code === undefined ? '' : ` (${code})`}. This says nothing about the person.`,
    action:
      'Run "nhs-trace resume" on this run directory; only rows without an answer are asked again.',
    status: untouchedStatus(hasNumber),
  };
}

/** Nothing was learned: the number, if there is one, is present and not traced. */
export function untouchedStatus(hasNumber: boolean): NhsNumberStatus {
  return hasNumber ? '02' : '03';
}

/** What a subject claims for itself, for the check across rows. */
export function claimedNumber(decision: Decision): NhsNumber | undefined {
  return decision.kind === 'match' ? decision.nhsNumber : undefined;
}

type Words = Pick<Exception, 'reason' | 'action'>;

const NO_MATCH: Readonly<Record<Subject['route'], Words>> = {
  verify: {
    reason: 'NHS number: the provider knows nobody with this number and these details.',
    action: "Check the NHS number and the date of birth against the patient's documents.",
  },
  search: {
    reason:
      'The provider knows nobody with exactly these details. One wrong field, or an old postcode that PDS never held, is enough for that.',
    action:
      'Check family name, given name, date of birth, gender and postcode; correct the row and run it again.',
  },
};

const MULTIPLE: Words = {
  reason: 'The provider knows more than one person with these details.',
  action:
    'Add what the row lacks of full given name and postcode, and run it again; never pick one.',
};

const NOT_VERIFIED: Words = {
  reason: "NHS number: it exists, but these details are not its owner's.",
  action:
    "Check the NHS number and the date of birth against the patient's documents; do not use the number until then.",
};

const NOT_NEW_STYLE: Words = {
  reason: 'NHS number: the provider does not take it for a ten-digit NHS number.',
  action: 'Correct the NHS number, or leave it empty so that the person is searched for.',
};

const INVALIDATED: Words = {
  reason:
    'NHS number: it has been withdrawn and has no replacement. The record may be wrongly identified.',
  action:
    'Stop using the number, tell the data-quality team, and regard all data on this record with caution.',
};

const REPLACEMENT_UNKNOWN: Words = {
  reason: 'NHS number: it has been replaced by another, which the provider did not name.',
  action: 'Stop using the number and have the data-quality team look up its replacement.',
};
