/** The whole story of one row, in words: read, mended, asked, answered, compared, decided. Pure. */
import { formatBirthDate } from '../domain/birth-date.ts';
import type { Decision } from '../domain/decision.ts';
import type { Demographics } from '../domain/demographics.ts';
import { FINDINGS, findingSentence } from '../domain/finding.ts';
import { formatNhsNumber } from '../domain/nhs-number.ts';
import type { AnsweredRow, Asked, Subject } from '../domain/record.ts';
import type { Answer, PatientDetails, Question } from '../domain/trace.ts';
import { type Comparison, compareDemographics } from '../match/compare-demographics.ts';
import { expectedNamesakes } from '../match/namesakes.ts';
import { personNamed } from '../match/people-found.ts';
import { type JudgedPerson, type Standing, standingOf } from '../match/standing.ts';
import type { DecisionRules } from './decide.ts';
import type { DecidedRow } from './decide-rows.ts';

/** One line of text each; holds personal data. */
export function explainRow(
  answered: AnsweredRow,
  decided: DecidedRow,
  headers: readonly string[],
  rules: DecisionRules,
): readonly string[] {
  const { fate, result } = answered;
  return [
    ...section('What stood in the file', cellLines(headers, answered.cells)),
    ...section('What was found and mended', findingLines(answered)),
    ...(fate.kind === 'trace'
      ? section('What was used', heldLines(fate.subject.demographics))
      : section('What was used', ['nothing: the row was not sent'])),
    ...(result?.asked ?? []).flatMap((asked, at) => askedLines(asked, at, fate)),
    ...(fate.kind === 'trace' && result?.kind === 'answered'
      ? section('What that comes to', standingLines(fate.subject, result.asked, rules))
      : []),
    ...section('Decision', decisionLines(decided)),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return ['', title, ...(lines.length === 0 ? ['nothing'] : lines).map((line) => `  ${line}`)];
}

function cellLines(headers: readonly string[], cells: readonly string[]): readonly string[] {
  return cells.map((cell, at) => columns([headers[at] ?? `(column ${at + 1})`, cell], 34));
}

function findingLines({ findings }: AnsweredRow): readonly string[] {
  return findings.map((finding) => `${findingSentence(finding)} [${FINDINGS[finding.code].kind}]`);
}

function heldLines(held: Demographics): readonly string[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ['NHS number', held.nhsNumber && formatNhsNumber(held.nhsNumber)],
    ['Family name', held.familyName],
    ['Previous family name', held.previousFamilyName],
    ['Given name', held.givenName],
    ['Other given names', held.otherGivenNames],
    ['Date of birth', held.birthDate && formatBirthDate(held.birthDate)],
    ['Gender', held.gender],
    ['Postcode', held.postcode],
    ['Previous postcode', held.previousPostcode],
  ];
  return lines.flatMap(([label, value]) =>
    value === undefined ? [] : columns([label, value], 24),
  );
}

function askedLines(asked: Asked, at: number, fate: AnsweredRow['fate']): readonly string[] {
  const { step, question, code, answer } = asked;
  const person = personNamed(answer);
  const details = person?.details;
  return section(`Question ${at + 1}: ${step} (${question.operation})`, [
    `sent: ${sentWords(question)}`,
    `answer: ${code}, ${ANSWERS[answer.kind]}${person ? `: ${formatNhsNumber(person.nhsNumber)}` : ''}`,
    ...(details === undefined || fate.kind !== 'trace'
      ? []
      : comparisonLines(fate.subject.demographics, details)),
  ]);
}

function sentWords(question: Question): string {
  const { nhsNumber, familyName, givenName, birthDate, gender, postcode } = question;
  return [
    nhsNumber && `NHS number ${formatNhsNumber(nhsNumber)}`,
    familyName && `family name ${familyName}`,
    givenName && `given name ${givenName}`,
    `date of birth ${formatBirthDate(birthDate)}`,
    gender && `gender ${gender}`,
    postcode && `postcode ${postcode}`,
  ]
    .filter(Boolean)
    .join(', ');
}

const ANSWERS: Readonly<Record<Answer['kind'], string>> = {
  found: 'one person',
  'no-match': 'nobody',
  'multiple-matches': 'more than one person',
  'not-verified': 'the number exists, but is not confirmed for these details',
  'other-number': 'success for a number that was not asked about',
  superseded: 'the number was replaced',
  invalidated: 'the number was withdrawn',
  'not-new-style': 'not a ten-digit NHS number',
};

function comparisonLines(held: Demographics, found: PatientDetails): readonly string[] {
  const compared = compareDemographics(held, found);
  const home = found.addresses.map(({ postcode }) => postcode).filter(Boolean);
  const lines: readonly (readonly [string, string, string, Comparison[keyof Comparison]])[] = [
    ['Family name', held.familyName ?? '', found.familyName ?? '', compared.familyName],
    ['Given name', held.givenName ?? '', found.givenNames[0] ?? '', compared.givenName],
    [
      'Other given names',
      held.otherGivenNames ?? '',
      found.givenNames.slice(1).join(' '),
      compared.otherGivenNames,
    ],
    ['Date of birth', held.birthDate ?? '', found.birthDate ?? '', compared.birthDate],
    ['Gender', held.gender ?? '', found.gender ?? '', compared.gender],
    ['Postcode', held.postcode ?? '', home.join(', '), compared.postcode],
  ];
  return [
    columns(['', 'row', 'PDS', ''], 20),
    ...lines.map(([label, ours, theirs, verdict]) => columns([label, ours, theirs, verdict], 20)),
  ];
}

function standingLines(
  subject: Subject,
  asked: readonly Asked[],
  rules: DecisionRules,
): readonly string[] {
  const standing = standingOf(subject, asked, rules.policy);
  return peopleOf(standing).flatMap(({ nhsNumber, judgement, asked: by }) => [
    `${formatNhsNumber(nhsNumber)}, found by ${by.step}: ${judgement.kind === 'accepted' ? 'enough agrees' : judgement.because}`,
    ...namesakeLines(subject, by, rules),
  ]);
}

function peopleOf({ supplied, searched }: Standing): readonly JudgedPerson[] {
  return [supplied?.person, ...searched].filter((person) => person !== undefined);
}

function namesakeLines(
  { demographics }: Subject,
  { answer, question }: Asked,
  { policy }: DecisionRules,
): readonly string[] {
  const details = personNamed(answer)?.details;
  if (details === undefined) return [];
  const found = compareDemographics(demographics, details);
  const isPostcodeKnown = question.postcode !== undefined && !question.hasWildcard;
  const others = expectedNamesakes(demographics, details, found, isPostcodeKnown);
  return [
    `other people in the country expected to agree as well: ${others.toPrecision(2)} (a number found by search is written up to ${policy.max_namesakes})`,
  ];
}

function decisionLines({ decision, responseCode, step }: DecidedRow): readonly string[] {
  return [
    ...verdictLines(decision),
    `NHS NUMBER STATUS INDICATOR CODE ${decision.status}`,
    ...(step === '' ? [] : [`step ${step}, last response code ${responseCode}`]),
  ];
}

function verdictLines(decision: Decision): readonly string[] {
  if (decision.kind === 'match')
    return [`${decision.outcome}: ${formatNhsNumber(decision.nhsNumber)}`];
  const { code, candidate, reason, action } = decision;
  return [
    code,
    reason,
    action,
    ...(candidate === undefined
      ? []
      : [`candidate, to be looked at: ${formatNhsNumber(candidate)}`]),
  ];
}

/** Control characters could steer the terminal. */
function columns(cells: readonly string[], width: number): string {
  return cells
    .map((cell) => cell.replace(/\p{Cc}/gu, '\uFFFD').padEnd(width))
    .join(' ')
    .trimEnd();
}
