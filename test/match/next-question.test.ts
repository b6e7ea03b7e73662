import { describe, expect, it } from 'vitest';
import { SHIPPED_POLICIES } from '../../src/config/load-policy.ts';
import type { Asked } from '../../src/domain/record.ts';
import type { SearchPolicy, SearchStep } from '../../src/domain/search-policy.ts';
import type { Answer, PatientDetails, Question } from '../../src/domain/trace.ts';
import { nextQuestion } from '../../src/match/next-question.ts';
import { details } from '../support/people.ts';
import { replyOf } from './support/register.ts';
import {
  aPolicy,
  type Row,
  shippedPolicy,
  subjectOf,
  testNumbers,
  traceRow,
} from './support/search.ts';

const [OWN, ONE, TWO] = testNumbers(3) as [Named, Named, Named];
type Named = Extract<Answer, { kind: 'found' }>['nhsNumber'];

/** A row that every step of the shipped policies can be asked of, number and short form but left out. */
const FULL: Row = {
  familyName: 'Smith-Testby',
  givenName: 'Bill',
  previousFamilyName: 'Sample',
  birthDate: '19810307',
  gender: '2',
  postcode: 'M1 1AE',
  previousPostcode: 'LS6 1AA',
};
const PLAIN: Row = { familyName: 'Testby', givenName: 'Rowan', birthDate: '19810917', gender: '2' };

const NOBODY: Answer = { kind: 'no-match' };
const SEVERAL: Answer = { kind: 'multiple-matches' };
const NOT_VERIFIED: Answer = { kind: 'not-verified' };
const found = (nhsNumber: Named, person?: PatientDetails): Answer => ({
  kind: 'found',
  nhsNumber,
  ...(person === undefined ? {} : { details: person }),
});

/** The questions that follow when the answers come back one by one, and the last for ever after. */
function questions(row: Row, answers: readonly Answer[], policy: SearchPolicy): readonly Asked[] {
  const left = [...answers];
  const reply = () => replyOf(left.length > 1 ? (left.shift() ?? NOBODY) : (left[0] ?? NOBODY));
  return traceRow(subjectOf(row), reply, { policy }).asked;
}

const steps = (row: Row, answers: readonly Answer[], policy: SearchPolicy) =>
  questions(row, answers, policy).map(({ step }) => step);

/** The shipped steps, with as many requests as they want. */
const unlimited = (name: (typeof SHIPPED_POLICIES)[number]): SearchPolicy => ({
  ...shippedPolicy(name),
  max_requests: 50,
});

const SEARCH = {
  ask: 'getPatientDetailsBySearch',
  send: {
    family_name: 'as-given',
    given_name: 'as-given',
    birth_date: 'as-given',
    gender: 'as-given',
  },
} as const;
const step = (name: string, changes: Partial<SearchStep> = {}): SearchStep => ({
  step: name,
  after: ['begin'],
  ...SEARCH,
  ...changes,
});
const CHECK = step('number', {
  ask: 'verifyNHSNumber',
  send: { nhs_number: 'as-given', birth_date: 'as-given', family_name: 'as-given' },
});

describe.each(SHIPPED_POLICIES)('the shipped policy "%s"', (name) => {
  const policy = unlimited(name);
  /** To look at somebody who can be no match yet is not worth a request when most rows hold a number. */
  const isLookedFurther = name !== 'verify';

  it('tries every form while nobody is found, the guesses after what stands in the row', () => {
    const asked = questions(FULL, [NOBODY], policy).map(({ step: at, question }) => [
      at,
      question.familyName,
      question.givenName ?? '-',
      question.birthDate,
      question.postcode ?? '-',
    ]);

    expect(asked).toEqual([
      ['names', 'Smith-Testby', 'Bill', '19810307', '-'],
      ['previous-family-name', 'Sample', 'Bill', '19810307', '-'],
      ['family-name-spelling', 'Smith Testby', 'Bill', '19810307', '-'],
      ['family-name-spelling', 'SmithTestby', 'Bill', '19810307', '-'],
      ['without-given-name', 'Smith-Testby', '-', '19810307', 'M1 1AE'],
      ['registered-given-name', 'Smith-Testby', 'WILLIAM', '19810307', '-'],
      ['names-exchanged', 'Bill', 'Smith-Testby', '19810307', '-'],
      ['day-and-month-exchanged', 'Smith-Testby', 'Bill', '19810703', '-'],
      ['family-name-half', 'Smith', 'Bill', '19810307', '-'],
      ['family-name-half', 'Testby', 'Bill', '19810307', '-'],
      ...(isLookedFurther ? [['family-name-alone', 'Smith-Testby', '-', '19810307', '-']] : []),
    ]);
  });

  it('asks about the number first, and searches only when it is not confirmed', () => {
    const numbered = { ...PLAIN, nhsNumber: OWN };
    const right = details({ familyName: 'TESTBY' });

    expect(questions(numbered, [NOBODY], policy)[0]?.question).toEqual({
      operation: 'getPatientDetailsByNHSNumber',
      nhsNumber: OWN,
      birthDate: '19810917',
      familyName: 'Testby',
      givenName: 'Rowan',
    });
    expect(steps(numbered, [found(OWN, right)], policy)).toEqual(['supplied-number']);
    for (const answer of [NOBODY, NOT_VERIFIED, { kind: 'invalidated' } as const]) {
      expect(steps(numbered, [answer, found(ONE, right)], policy)).toEqual([
        'supplied-number',
        'names',
      ]);
    }
  });

  it('asks nothing after one sure person', () => {
    expect(steps(PLAIN, [found(ONE, details({ familyName: 'TESTBY' }))], policy)).toEqual([
      'names',
    ]);
  });

  it('asks nothing after success for a number that was not asked about', () => {
    const numbered = { ...PLAIN, nhsNumber: OWN };
    const right = details({ familyName: 'TESTBY' });

    expect(steps(numbered, [found(ONE, right)], policy)).toEqual(['supplied-number']);
    expect(steps(numbered, [{ kind: 'other-number', nhsNumber: ONE }], policy)).toEqual([
      'supplied-number',
    ]);
  });

  it('narrows what several people have, and never loosens it', () => {
    expect(steps(FULL, [SEVERAL], policy)).toEqual(['names', 'postcode', 'previous-postcode']);
    expect(steps(FULL, [SEVERAL, NOBODY], policy)).toEqual([
      'names',
      'postcode',
      'previous-postcode',
    ]);
    expect(steps({ ...FULL, previousPostcode: undefined }, [SEVERAL, NOBODY], policy)).toEqual([
      'names',
      'postcode',
    ]);
  });

  it('asks of a very common name for its postcodes only', () => {
    const row = { ...FULL, familyName: 'Smith', givenName: 'John', birthDate: '19810917' };
    const john = details({ familyName: 'SMITH', givenNames: ['JOHN'], addresses: [] });

    expect(steps(row, [found(ONE, john), NOBODY], policy)).toEqual([
      'names',
      'postcode',
      'previous-postcode',
      'without-given-name',
    ]);
    expect(steps(row, [found(ONE, john), found(ONE, john)], policy)).toEqual(['names', 'postcode']);
    expect(
      steps(
        { ...row, postcode: undefined, previousPostcode: undefined },
        [found(ONE, john)],
        policy,
      ),
    ).toEqual(['names']);
  });

  it('asks nothing more of a person whom no further evidence would settle', () => {
    const robin = details({ familyName: 'TESTBY', givenNames: ['ROBIN'] });

    const row = { ...PLAIN, postcode: 'M1 1AE' };

    expect(steps(row, [NOBODY, found(ONE, robin)], policy)).toEqual([
      'names',
      'without-given-name',
    ]);
  });

  it('searches nobody whose gender is not known', () => {
    for (const gender of ['0', undefined] as const) {
      expect(steps({ ...FULL, gender }, [NOBODY], policy)).toEqual([]);
      expect(steps({ ...FULL, gender, nhsNumber: OWN }, [NOBODY], policy)).toEqual([
        'supplied-number',
      ]);
    }
    expect(steps({ ...FULL, gender: '9' }, [NOBODY], policy)).not.toEqual([]);
  });

  it('searches nobody whose date of birth is estimated or partial', () => {
    expect(steps({ ...FULL, isBirthDateEstimated: true }, [NOBODY], policy)).toEqual([]);
    expect(steps({ ...FULL, birthDate: '198103' }, [NOBODY], policy)).toEqual([]);
    expect(steps({ ...FULL, birthDate: '198103', nhsNumber: OWN }, [NOBODY], policy)).toEqual([]);
    expect(
      steps({ ...FULL, isBirthDateEstimated: true, nhsNumber: OWN }, [NOT_VERIFIED], policy),
    ).toEqual(['supplied-number']);
  });

  it('skips each step that the row cannot give', () => {
    expect(steps(PLAIN, [NOBODY], policy)).toEqual([
      'names',
      'names-exchanged',
      ...(isLookedFurther ? ['family-name-alone'] : []),
    ]);
    expect(steps({ ...PLAIN, givenName: 'R' }, [NOBODY], policy)).toEqual(['family-name-alone']);
    expect(steps({ ...PLAIN, familyName: undefined }, [NOBODY], policy)).toEqual([]);
    expect(steps({ ...PLAIN, givenName: undefined, postcode: 'M1 1AE' }, [NOBODY], policy)).toEqual(
      ['without-given-name', ...(isLookedFurther ? ['family-name-alone'] : [])],
    );
  });

  it('never asks more often than it allows', () => {
    const { max_requests } = shippedPolicy(name);

    expect(questions(FULL, [NOBODY], shippedPolicy(name))).toHaveLength(max_requests);
  });
});

describe('the budget', () => {
  it.each([1, 2, 3, 8])('of %d requests is never exceeded', (max_requests) => {
    const policy = { ...shippedPolicy('trace'), max_requests };

    expect(questions(FULL, [NOBODY], policy)).toHaveLength(max_requests);
  });

  it('counts requests that fetch details', () => {
    const policy = aPolicy({ max_requests: 1, steps: [CHECK, step('names')] });

    expect(steps({ ...PLAIN, nhsNumber: OWN }, [found(OWN)], policy)).toEqual(['number']);
  });
});

describe('a question', () => {
  it('holds nothing but what the step sends', () => {
    const policy = aPolicy({
      steps: [
        step('narrow', { send: { ...SEARCH.send, postcode: 'as-given' } }),
        step('wide', { after: ['nobody'], send: { ...SEARCH.send, given_name: undefined } }),
      ],
    });
    const row = { ...PLAIN, nhsNumber: OWN, otherGivenNames: 'Alex', postcode: 'M1 1AE' };
    const operation = 'getPatientDetailsBySearch';
    const wide = { operation, familyName: 'Testby', birthDate: '19810917', gender: '2' };

    expect(questions(row, [NOBODY], policy).map(({ question }) => question)).toEqual([
      { ...wide, givenName: 'Rowan', postcode: 'M1 1AE' },
      wide,
    ]);
  });

  it('about a number leaves out the names that the step or the row does not hold', () => {
    const row = { ...PLAIN, nhsNumber: OWN, familyName: undefined };
    const policy = aPolicy({ steps: [CHECK] });

    expect(questions(row, [NOBODY], policy)[0]?.question).toEqual({
      operation: 'verifyNHSNumber',
      nhsNumber: OWN,
      birthDate: '19810917',
    });
  });

  it('is not put twice, not in another step nor by another operation', () => {
    const policy = aPolicy({
      steps: [
        step('first'),
        step('again', { after: ['nobody'] }),
        step('by-number', { ask: 'getNHSNumber', after: ['nobody'] }),
        step('spelt', { after: ['nobody'], send: { ...SEARCH.send, family_name: 'previous' } }),
      ],
    });

    expect(steps(PLAIN, [NOBODY], policy)).toEqual(['first']);
    expect(steps({ ...PLAIN, previousFamilyName: 'TESTBY' }, [NOBODY], policy)).toEqual(['first']);
    expect(steps({ ...PLAIN, previousFamilyName: 'Sample' }, [NOBODY], policy)).toEqual([
      'first',
      'spelt',
    ]);
  });

  it('is asked in every form that a step has, before the next step', () => {
    const policy = aPolicy({
      steps: [
        step('registered', { send: { ...SEARCH.send, given_name: 'registered' } }),
        step('names', { after: ['begin', 'nobody'] }),
      ].map((each) => ({ ...each, after: ['begin', 'nobody'] })),
      max_requests: 10,
    });

    expect(
      questions({ ...PLAIN, givenName: 'Tony' }, [NOBODY], policy).map(
        ({ question }) => question.givenName,
      ),
    ).toEqual(['ANTHONY', 'ANTONY', 'Tony']);
  });
});

describe('a step', () => {
  it.each([
    ['begin', [], true],
    ['begin', [NOBODY], false],
    ['nobody', [NOBODY], true],
    ['nobody', [SEVERAL], false],
    ['several', [SEVERAL], true],
    ['several', [NOBODY], false],
    ['doubt', [NOBODY], false],
    [
      'doubt',
      [found(ONE, details({ familyName: 'TESTBY', givenNames: ['R'], addresses: [] }))],
      true,
    ],
    [
      'nobody',
      [found(ONE, details({ familyName: 'TESTBY', givenNames: ['R'], addresses: [] }))],
      false,
    ],
  ] as const)('after "%s" is taken at its time only (%#)', (after, answers, isAsked) => {
    const send = { ...SEARCH.send, given_name: undefined, postcode: 'as-given' } as const;
    const policy = aPolicy({
      steps: [
        ...(answers.length > 0 ? [step('names')] : []),
        step('tried', { after: [after], send }),
      ],
    });

    expect(
      steps({ ...PLAIN, postcode: 'M1 1AE' }, [...answers, NOBODY], policy).includes('tried'),
    ).toBe(isAsked);
  });

  it('that fits twice asks no second question of one form', () => {
    const policy = aPolicy({ steps: [step('names', { after: ['begin', 'nobody', 'several'] })] });

    expect(steps(PLAIN, [NOBODY], policy)).toEqual(['names']);
  });

  it('in doubt is taken only for a proof that is lacking', () => {
    const after = ['doubt'] as const;
    const more = [
      step('same-names', { after, send: { ...SEARCH.send, family_name: 'previous' } }),
      step('postcode', { after, send: { ...SEARCH.send, postcode: 'as-given' } }),
      step('only-one', { after, send: { ...SEARCH.send, given_name: undefined } }),
    ];
    const policy = aPolicy({ steps: [step('names'), ...more], max_requests: 10 });
    const row = { ...PLAIN, previousFamilyName: 'Sample', postcode: 'M1 1AE' };
    const person = (changes: Partial<PatientDetails>) =>
      found(ONE, details({ familyName: 'TESTBY', ...changes }));

    // an initial away from the postcode lacks both, at the postcode one, and a stranger none
    expect(steps(row, [person({ givenNames: ['R'], addresses: [] })], policy)).toEqual([
      'names',
      'postcode',
      'only-one',
    ]);
    expect(steps(row, [person({ givenNames: ['R'] })], policy)).toEqual(['names', 'only-one']);
    expect(steps(row, [person({ givenNames: ['ROBIN'] })], policy)).toEqual(['names']);
    expect(steps(row, [person({ gender: '1' })], policy)).toEqual(['names']);
  });
});

describe('a bare number', () => {
  const policy = aPolicy({
    steps: [CHECK, step('names', { ask: 'getNHSNumber' }), step('later', { after: ['nobody'] })],
  });

  it('is looked at before anything else is asked', () => {
    const asked = questions({ ...PLAIN, nhsNumber: OWN }, [found(OWN)], policy);

    expect(asked.map(({ step: at }) => at)).toEqual(['number', 'details']);
    expect(asked[1]?.question).toEqual({
      operation: 'getPatientDetailsByNHSNumber',
      nhsNumber: OWN,
      birthDate: '19810917',
      familyName: 'Testby',
    });
  });

  it('that a search found is looked at with the names that found it', () => {
    const asked = questions(PLAIN, [found(ONE)], policy);

    expect(asked.map(({ step: at }) => at)).toEqual(['names', 'details']);
    expect(asked[1]?.question).toEqual({
      operation: 'getPatientDetailsByNHSNumber',
      nhsNumber: ONE,
      birthDate: '19810917',
      familyName: 'Testby',
      givenName: 'Rowan',
    });
  });

  it('that a wildcard found is looked at without the start of a name', () => {
    const wild = step('wild', {
      ask: 'getNHSNumber',
      send: { ...SEARCH.send, family_name: 'start' },
    });
    const asked = questions(PLAIN, [found(ONE)], aPolicy({ steps: [wild] }));

    expect(asked.map(({ question }) => question)).toEqual([
      expect.objectContaining({ familyName: 'Tes*', hasWildcard: true }),
      { operation: 'getPatientDetailsByNHSNumber', nhsNumber: ONE, birthDate: '19810917' },
    ]);
  });

  it('that replaces a superseded one is looked at too', () => {
    const replaced: Answer = { kind: 'superseded', replacement: TWO };
    const asked = questions({ ...PLAIN, nhsNumber: OWN }, [replaced], policy);

    expect(asked[1]).toMatchObject({ step: 'details', question: { nhsNumber: TWO } });
  });

  it('is looked at once, whatever comes of it', () => {
    expect(steps({ ...PLAIN, nhsNumber: OWN }, [found(OWN), NOT_VERIFIED], policy)).toEqual([
      'number',
      'details',
    ]);
    expect(
      steps({ ...PLAIN, nhsNumber: OWN }, [found(OWN), found(TWO, details())], policy),
    ).toEqual(['number', 'details']);
  });

  it('is not looked at when details came with it', () => {
    const row = { ...PLAIN, nhsNumber: OWN };
    const stranger = details({ familyName: 'SAMPLE', gender: '1' });

    expect(steps(row, [found(OWN, stranger)], policy)).toEqual(['number']);
  });

  it('that is a twin’s does not end the search before it began', () => {
    // The details that showed the twin are no search, so "begin" still holds.
    const twin = found(OWN, details({ familyName: 'TESTBY', givenNames: ['ROBIN'] }));

    expect(steps({ ...PLAIN, nhsNumber: OWN }, [found(OWN), twin, NOBODY], policy)).toEqual([
      'number',
      'details',
      'names',
    ]);
  });
});

describe('wildcards', () => {
  const start = (name: string, send: Partial<SearchStep['send']>, after: SearchStep['after']) =>
    step(name, { after, send: { ...SEARCH.send, given_name: undefined, ...send } });
  const policy = aPolicy({
    max_requests: 10,
    steps: [
      step('names'),
      start('family-start', { family_name: 'start' }, ['nobody']),
      start('given-start', { given_name: 'start' }, ['nobody']),
      start('postcode-start', { postcode: 'start' }, ['several']),
      step('last', { after: ['nobody'], send: { ...SEARCH.send, family_name: 'previous' } }),
    ],
  });
  const row = { ...PLAIN, postcode: 'M1 1AE', previousFamilyName: 'Sample' };
  const right = found(ONE, details({ familyName: 'TESTBY' }));
  const all = ['names', 'family-start', 'given-start', 'postcode-start'];

  it('are marked as such, and nothing else is', () => {
    const sent = questions(row, [NOBODY, NOBODY, NOBODY, NOBODY], policy).map(
      ({ question: { familyName, givenName, postcode, hasWildcard } }: { question: Question }) => [
        familyName,
        givenName,
        postcode,
        hasWildcard,
      ],
    );

    expect(sent).toEqual([
      ['Testby', 'Rowan', undefined, undefined],
      ['Tes*', undefined, undefined, true],
      ['Testby', 'Row*', undefined, true],
      ['Sample', 'Rowan', undefined, undefined],
    ]);
  });

  it('are all tried before what one of them found is taken, and nothing else is', () => {
    expect(steps(row, [NOBODY, right], policy)).toEqual(all);
    expect(steps(row, [NOBODY, right, NOBODY], policy)).toEqual(all);
    expect(steps(row, [NOBODY, NOBODY, right], policy)).toEqual(all);
  });

  it('are not tried once somebody was found without', () => {
    expect(steps(row, [right], policy)).toEqual(['names']);
  });

  it('end when they lead to two people', () => {
    expect(
      steps(row, [NOBODY, right, found(TWO, details({ familyName: 'TESTBY' }))], policy),
    ).toEqual(['names', 'family-start', 'given-start']);
  });

  // What one wildcard found counts only when all the others find the same person or nobody.
  it('prove nothing while the budget leaves others of them untried', () => {
    const tight = { ...policy, max_requests: 2 };
    const left = [NOBODY, right];
    const traced = traceRow(subjectOf(row), () => replyOf(left.shift() ?? NOBODY), {
      policy: tight,
    });

    expect(traced.decision.kind).toBe('exception');
  });

  it('prove nothing when another of them finds several people', () => {
    const left = [NOBODY, right, SEVERAL];
    const traced = traceRow(subjectOf(row), () => replyOf(left.shift() ?? NOBODY), { policy });

    expect(traced.decision.kind).toBe('exception');
  });

  it('are not tried of a name that they would not shorten', () => {
    expect(
      steps({ ...row, familyName: 'Lee', previousFamilyName: undefined }, [NOBODY], policy),
    ).toEqual(['names', 'given-start']);
  });
});

it('asks nothing of an empty row', () => {
  for (const name of SHIPPED_POLICIES) {
    expect(nextQuestion(subjectOf({}), [], shippedPolicy(name))).toBeUndefined();
  }
});
