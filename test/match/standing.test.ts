import { describe, expect, it } from 'vitest';
import type { Asked } from '../../src/domain/record.ts';
import type { SearchPolicy } from '../../src/domain/search-policy.ts';
import type { Answer, PatientDetails, Question } from '../../src/domain/trace.ts';
import { DETAILS_STEP } from '../../src/match/people-found.ts';
import { isConflicting, proofsLacking, standingOf } from '../../src/match/standing.ts';
import { aBirthDate, aSubject, details } from '../support/people.ts';
import { aPolicy, asked, testNumbers } from './support/search.ts';

const [OWN = '', ONE = '', TWO = ''] = testNumbers(3);
type Number = Extract<Answer, { kind: 'found' }>['nhsNumber'];

const POLICY: SearchPolicy = aPolicy({
  max_namesakes: 0.05,
  steps: [
    {
      step: 'guess',
      ask: 'getPatientDetailsBySearch',
      after: ['nobody'],
      send: { family_name: 'as-given', birth_date: 'exchanged', gender: 'as-given' },
      max_namesakes: 0.0001,
    },
  ],
});

const NUMBER: Question = {
  operation: 'getPatientDetailsByNHSNumber',
  nhsNumber: OWN as Number,
  birthDate: aBirthDate(),
};
const NAMES: Question = {
  operation: 'getPatientDetailsBySearch',
  birthDate: aBirthDate(),
  familyName: "O'Testby",
  givenName: 'Rowan',
  gender: '2',
};
const { givenName: _, ...FAMILY_ONLY } = NAMES;
const WITH_POSTCODE: Question = { ...NAMES, postcode: 'M1 1AE' };

const RIGHT = details();
const TWIN = details({ givenNames: ['ROBIN'] });
const STRANGER = details({ familyName: 'SAMPLE', gender: '1' });
const INITIAL = details({ givenNames: ['R'] });

const found = (nhsNumber: string, person: PatientDetails | undefined = RIGHT): Answer => ({
  kind: 'found',
  nhsNumber: nhsNumber as Number,
  ...(person === undefined ? {} : { details: person }),
});
const bare = (nhsNumber: string): Answer => ({ kind: 'found', nhsNumber: nhsNumber as Number });
const NOBODY: Answer = { kind: 'no-match' };
const SEVERAL: Answer = { kind: 'multiple-matches' };
const NOT_VERIFIED: Answer = { kind: 'not-verified' };

const number = (answer: Answer): Asked => asked('number', NUMBER, answer);
const names = (answer: Answer): Asked => asked('names', NAMES, answer);
const alone = (answer: Answer): Asked => asked('alone', FAMILY_ONLY, answer);
const fetched = (answer: Answer): Asked => asked(DETAILS_STEP, NUMBER, answer);

const stand = (steps: readonly Asked[], held: Parameters<typeof aSubject>[0] = {}) =>
  standingOf(aSubject({ nhsNumber: OWN as Number, ...held }), steps, POLICY);

describe('what a search has come to', () => {
  it.each<[string, readonly Asked[], string]>([
    ['nothing was asked', [], 'begin'],
    ['the number is not verified', [number(NOT_VERIFIED)], 'begin'],
    ['nobody has the number', [number(NOBODY)], 'begin'],
    ['the number was withdrawn', [number({ kind: 'invalidated' })], 'begin'],
    ['the number was replaced by none that was named', [number({ kind: 'superseded' })], 'begin'],
    ['the number is no new-style one', [number({ kind: 'not-new-style' })], 'begin'],
    ['the number is a twin’s', [number(found(OWN, TWIN))], 'begin'],
    ['the number is the person’s', [number(found(OWN))], 'settled'],
    ['the number is perhaps the person’s', [number(found(OWN, INITIAL))], 'doubt'],
    ['success for another number', [number(found(ONE))], 'settled'],
    [
      'success for another number, says the service',
      [number({ kind: 'other-number', nhsNumber: ONE as Number })],
      'settled',
    ],
    ['nobody has these names', [names(NOBODY)], 'nobody'],
    ['several have these names', [names(SEVERAL)], 'several'],
    [
      'several have these names, nobody this postcode',
      [names(SEVERAL), asked('postcode', WITH_POSTCODE, NOBODY)],
      'several',
    ],
    ['nobody, then several', [names(NOBODY), alone(SEVERAL)], 'several'],
    ['one person', [names(found(ONE))], 'settled'],
    ['one person, on too little', [names(found(ONE, INITIAL))], 'doubt'],
    [
      'several, then one person on too little',
      [alone(SEVERAL), names(found(ONE, INITIAL))],
      'doubt',
    ],
    ['a bare number', [names(bare(ONE))], 'doubt'],
    ['a number that is a twin’s, then nobody', [number(found(OWN, TWIN)), names(NOBODY)], 'nobody'],
    [
      'a number that is a twin’s, then the person',
      [number(found(OWN, TWIN)), names(found(ONE))],
      'settled',
    ],
    ['two people, the first for sure', [names(found(ONE)), alone(found(TWO))], 'settled'],
    [
      'two people, both on too little',
      [names(found(ONE, INITIAL)), alone(found(TWO, INITIAL))],
      'settled',
    ],
    [
      'one person by number, another by search',
      [number(found(OWN, INITIAL)), names(found(ONE, INITIAL))],
      'settled',
    ],
  ])('%s', (_what, steps, state) => {
    expect(stand(steps).state).toBe(state);
  });

  it('begins after details that show the replacement of a number to be a twin’s', () => {
    // Fetching the details of a number is no search: nobody was searched for yet.
    const replaced = number({ kind: 'superseded', replacement: ONE as Number });

    expect(stand([replaced, fetched(found(ONE, TWIN))]).state).toBe('begin');
  });
});

describe('whether two people were found', () => {
  it.each<[string, readonly Asked[], boolean]>([
    ['nobody', [names(NOBODY)], false],
    ['one person', [names(found(ONE))], false],
    ['one person twice', [names(found(ONE)), alone(found(ONE))], false],
    ['two people by two searches', [names(found(ONE)), alone(found(TWO))], true],
    ['two people, one of whom is no use', [names(found(ONE)), alone(found(TWO, STRANGER))], true],
    [
      'the same person by number and by search',
      [number(found(OWN, INITIAL)), alone(found(OWN, INITIAL))],
      false,
    ],
    ['a doubted number, and somebody else', [number(found(OWN, INITIAL)), names(found(ONE))], true],
    ['a twin’s number, and somebody else', [number(found(OWN, TWIN)), names(found(ONE))], false],
    ['a number that nobody has, and somebody else', [number(NOBODY), names(found(ONE))], false],
    [
      'a twin’s number, and two others',
      [number(found(OWN, TWIN)), names(found(ONE)), alone(found(TWO))],
      true,
    ],
  ])('%s', (_what, steps, expected) => {
    expect(isConflicting(stand(steps))).toBe(expected);
  });
});

describe('the number that the row holds', () => {
  const judged = (steps: readonly Asked[], held: Parameters<typeof aSubject>[0] = {}) =>
    stand(steps, held).supplied?.person?.judgement.kind;

  it('is absent until it was asked about', () => {
    expect(stand([])).toEqual({ searched: [], state: 'begin' });
    expect(stand([names(NOBODY)])).not.toHaveProperty('supplied');
  });

  it('is nobody’s without a person behind it', () => {
    expect(stand([number(NOT_VERIFIED)]).supplied).toEqual({ asked: number(NOT_VERIFIED) });
  });

  it('is judged, beside nobody who was searched for', () => {
    const { supplied, searched } = stand([number(found(OWN))]);

    expect(supplied).toEqual({
      asked: number(found(OWN)),
      person: { nhsNumber: OWN, judgement: { kind: 'accepted' }, asked: number(found(OWN)) },
    });
    expect(searched).toEqual([]);
  });

  it('confirms nothing when the answer is about another', () => {
    expect(stand([number(found(ONE))]).supplied).toEqual({ asked: number(found(ONE)) });
    expect(stand([number(found(ONE))]).searched).toEqual([]);
  });

  it('shows a person only once the details were fetched', () => {
    const check = asked('number', { ...NUMBER, operation: 'verifyNHSNumber' }, bare(OWN));

    expect(judged([check])).toBe('doubt');
    expect(judged([check, fetched(found(OWN))])).toBe('accepted');
    expect(judged([check, fetched(found(OWN, TWIN))])).toBe('contradicted');
    expect(judged([check, fetched(found(ONE))])).toBe('doubt');
    expect(judged([check, fetched(NOT_VERIFIED)])).toBe('doubt');
  });

  it('goes over to its replacement, under the same rule', () => {
    const replaced = (person: PatientDetails) =>
      number({ kind: 'superseded', replacement: ONE as Number, details: person });

    expect(stand([replaced(RIGHT)]).supplied?.person).toMatchObject({
      nhsNumber: ONE,
      judgement: { kind: 'accepted' },
    });
    expect(judged([replaced(TWIN)])).toBe('contradicted');
    expect(judged([replaced(INITIAL)])).toBe('doubt');
  });

  it('in doubt for an initial is settled when nobody else is registered', () => {
    const doubted = number(found(OWN, INITIAL));

    expect(judged([doubted, alone(SEVERAL)])).toBe('doubt');
    expect(judged([doubted, names(found(OWN, INITIAL))])).toBe('doubt');
    expect(judged([doubted, alone(found(OWN, INITIAL))])).toBe('accepted');
  });

  it('in doubt is settled by a search that comes to it on enough by itself', () => {
    const former = details({ familyName: 'SAMPLE', gender: '0', givenNames: ['ALEX', 'ROWAN'] });
    const doubted = number(found(OWN, former));

    expect(judged([doubted])).toBe('doubt');
    expect(judged([doubted, alone(found(OWN, former))])).toBe('accepted');
  });

  it('that the row’s exchanged names deny is confirmed by a search with them in their places', () => {
    const swapped = { familyName: 'Rowan', givenName: "O'Testby" };
    const doubted = number(found(OWN));

    expect(judged([doubted], swapped)).toBe('contradicted');
    expect(judged([doubted, names(found(OWN))], swapped)).toBe('accepted');
  });

  it('of a twin stays a twin’s, whatever searches say', () => {
    const twins = [number(found(OWN, TWIN)), alone(found(OWN, TWIN))];

    expect(judged(twins)).toBe('contradicted');
    expect(stand(twins).searched).toMatchObject([{ nhsNumber: OWN, judgement: { kind: 'doubt' } }]);
  });
});

describe('somebody who was searched for', () => {
  const judged = (steps: readonly Asked[], held: Parameters<typeof aSubject>[0] = {}) =>
    stand(steps, held).searched.map(({ judgement }) => judgement.kind);

  const COMMON = { familyName: 'Smith', givenName: 'John' };
  const JOHN = details({
    familyName: 'SMITH',
    givenNames: ['JOHN'],
    addresses: [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }],
  });
  const JOHNS: Question = { ...NAMES, ...COMMON };

  it('by a registered name is compared with the row’s own name', () => {
    const registered = { ...NAMES, givenName: 'WILLIAM' };
    const william = details({ givenNames: ['WILLIAM'] });

    // Bill may be William's twin Billy: the name that was tried does not pass for the row's.
    expect(judged([asked('a', registered, found(ONE, william))], { givenName: 'Bill' })).toEqual([
      'doubt',
    ]);
    expect(judged([asked('a', registered, found(ONE, TWIN))], { givenName: 'Bill' })).toEqual([
      'doubt',
    ]);
  });

  it('on another date of birth is compared with the date that was asked about', () => {
    const otherDate = { ...NAMES, birthDate: aBirthDate('19810703') };
    const held = { birthDate: aBirthDate('19810307') };
    const person = details({ birthDate: '19810703' });

    expect(judged([asked('a', otherDate, found(ONE, person))], held)).toEqual(['accepted']);
    expect(judged([asked('a', otherDate, found(ONE, RIGHT))], held)).toEqual(['doubt']);
  });

  it('by a wildcard is compared with the row itself, and proves nothing further', () => {
    const wildcard: Question = {
      ...FAMILY_ONLY,
      familyName: "O'T*",
      postcode: 'M1*',
      hasWildcard: true,
    };
    const elsewhere = details({ addresses: [] });

    expect(judged([asked('a', wildcard, found(ONE))])).toEqual(['accepted']);
    expect(judged([asked('a', wildcard, found(ONE, STRANGER))])).toEqual(['doubt']);
    expect(judged([asked('a', wildcard, found(ONE, INITIAL))])).toEqual(['doubt']);
    expect(
      judged([asked('a', { ...wildcard, familyName: 'SMI*' }, found(ONE, JOHN))], COMMON),
    ).toEqual(['doubt']);
    expect(judged([asked('a', wildcard, found(ONE, elsewhere))], { givenName: 'R' })).toEqual([
      'doubt',
    ]);
  });

  it('may have changed the family name since, when PDS matched the one that was sent', () => {
    expect(judged([names(found(ONE, details({ familyName: 'SAMPLE' })))])).toEqual(['accepted']);
  });

  it('is in doubt while the name is common, until the postcode is known', () => {
    const first = asked('names', JOHNS, found(ONE, JOHN));
    const narrower = asked('postcode', { ...JOHNS, postcode: 'M1 1AE' }, found(ONE, JOHN));

    expect(judged([first], COMMON)).toEqual(['doubt']);
    expect(
      judged([first, asked('postcode', { ...JOHNS, postcode: 'M1 1AE' }, NOBODY)], COMMON),
    ).toEqual(['doubt']);
    expect(judged([first, narrower], COMMON)).toEqual(['accepted']);
  });

  it('is no better known for a postcode that belongs to somebody else', () => {
    const first = asked('names', JOHNS, found(ONE, JOHN));
    const other = asked('postcode', { ...JOHNS, postcode: 'M1 1AE' }, found(TWO, JOHN));

    expect(judged([first, other], COMMON)).toEqual(['doubt', 'accepted']);
  });

  it('by a step with a stricter rule of its own is held to that', () => {
    const answer = found(ONE, details({ addresses: [] }));

    expect(judged([asked('names', NAMES, answer)])).toEqual(['accepted']);
    expect(judged([asked('guess', NAMES, answer)])).toEqual(['doubt']);
    expect(judged([asked('guess', WITH_POSTCODE, answer)])).toEqual(['accepted']);
  });

  it('rests on the first answer that is enough', () => {
    const guess = asked('guess', NAMES, found(ONE, details({ addresses: [] })));
    const enough = asked('names', NAMES, found(ONE, details({ addresses: [] })));

    expect(stand([guess, enough]).searched).toMatchObject([{ asked: { step: 'names' } }]);
    expect(stand([guess]).searched).toMatchObject([{ asked: { step: 'guess' } }]);
  });

  it('and the number that the row holds are told apart', () => {
    const { supplied, searched } = stand([number(NOT_VERIFIED), names(found(ONE))]);

    expect(supplied?.person).toBeUndefined();
    expect(searched).toMatchObject([{ nhsNumber: ONE, judgement: { kind: 'accepted' } }]);
  });
});

describe('what could still settle doubt', () => {
  it.each<[string, readonly Asked[], readonly string[]]>([
    ['nothing, when nobody was found', [names(NOBODY)], []],
    ['nothing, when the person is sure', [names(found(ONE))], []],
    ['nothing, when the number is a twin’s', [number(found(OWN, TWIN))], []],
    ['that nobody else is registered', [number(found(OWN, INITIAL))], ['only-one']],
    [
      'the postcode and that',
      [names(found(ONE, details({ givenNames: ['R'], addresses: [] })))],
      ['postcode', 'only-one'],
    ],
  ])('%s', (_what, steps, lacks) => {
    expect(proofsLacking(stand(steps))).toEqual(lacks);
  });
});

describe('answers that say of one number that it is two people’s', () => {
  it.each([
    ['the row’s own, contradicted first', [number(found(OWN, STRANGER)), names(found(OWN))]],
    ['the row’s own, contradicted last', [number(found(OWN)), names(found(OWN, STRANGER))]],
    ['found twice', [names(found(ONE, TWIN)), alone(found(ONE))]],
    [
      'another date of birth',
      [names(found(ONE, details({ birthDate: '19810918' }))), alone(found(ONE))],
    ],
    ['another gender', [names(found(ONE, details({ gender: '1' }))), alone(found(ONE))]],
  ])('are in conflict: %s', (_, steps) => {
    expect(isConflicting(standingOf(aSubject(), steps, POLICY))).toBe(true);
  });

  it('are not, when one of them says less', () => {
    const less = details({ gender: '0', familyName: "O'TESTBY ", birthDate: '198109170000' });
    const steps = [names(found(ONE, less)), alone(found(ONE))];
    expect(isConflicting(standingOf(aSubject(), steps, POLICY))).toBe(false);
  });
});
