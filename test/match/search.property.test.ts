import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SHIPPED_POLICIES } from '../../src/config/load-policy.ts';
import type { NhsNumber } from '../../src/domain/nhs-number.ts';
import type { Asked, StoredSubject, Subject } from '../../src/domain/record.ts';
import type { SearchPolicy } from '../../src/domain/search-policy.ts';
import type { Answer, Question, TraceReply } from '../../src/domain/trace.ts';
import { compareDemographics } from '../../src/match/compare-demographics.ts';
import { DETAILS_STEP } from '../../src/match/people-found.ts';
import { compareRows } from '../../src/reconcile/compare-rows.ts';
import { decideSubject } from '../../src/reconcile/decide.ts';
import {
  askRegister,
  detailsOf,
  type Register,
  type Registered,
  replyOf,
} from './support/register.ts';
import {
  aPolicy,
  type Row,
  shippedPolicy,
  subjectOf,
  type Traced,
  testNumbers,
  traceRow,
} from './support/search.ts';
import { APART, rowOf, type World, worlds } from './support/worlds.ts';

const RUNS = { numRuns: 1500 };

const NAMES = {
  family_name: 'as-given',
  given_name: 'as-given',
  birth_date: 'as-given',
  gender: 'as-given',
} as const;

/** The shipped steps with all the requests they want, and two policies such as a job could hold. */
const POLICIES: readonly SearchPolicy[] = [
  ...SHIPPED_POLICIES.map(shippedPolicy),
  aPolicy({ ...shippedPolicy('trace'), max_requests: 20 }),
  aPolicy({
    max_requests: 20,
    steps: [
      {
        step: 'check',
        ask: 'verifyNHSNumber',
        after: ['begin'],
        send: { nhs_number: 'as-given', birth_date: 'as-given' },
      },
      ...shippedPolicy('trace')
        .steps.slice(1)
        .map((step) => ({ ...step, ask: 'getNHSNumber' as const })),
    ],
  }),
  aPolicy({
    max_requests: 20,
    steps: [
      ...shippedPolicy('verify').steps.slice(0, 4),
      {
        step: 'family-start',
        ask: 'getPatientDetailsBySearch',
        after: ['nobody'],
        send: { ...NAMES, family_name: 'start' },
      },
      {
        step: 'given-start',
        ask: 'getPatientDetailsBySearch',
        after: ['nobody'],
        send: { ...NAMES, given_name: 'start' },
      },
      {
        step: 'all-starts',
        ask: 'getPatientDetailsBySearch',
        after: ['nobody'],
        send: { ...NAMES, family_name: 'start', given_name: 'start', postcode: 'start' },
      },
    ],
  }),
];

const rules = fc.record({
  policy: fc.constantFrom(...POLICIES),
  accept_corrections: fc.boolean(),
});
type Rules = typeof rules extends fc.Arbitrary<infer R> ? R : never;

const trace = ({ register, row }: Pick<World, 'register' | 'row'>, how: Rules): Traced =>
  traceRow(subjectOf(row), (question) => askRegister(register, question), how);

const written = ({ decision }: Traced): NhsNumber | undefined =>
  decision.kind === 'match' ? decision.nhsNumber : undefined;

const outcome = ({ decision }: Traced): string =>
  decision.kind === 'match' ? decision.outcome : decision.code;

const namedBy = (answer: Answer): NhsNumber | undefined => {
  if (answer.kind === 'found') return answer.nhsNumber;
  return answer.kind === 'superseded' ? answer.replacement : undefined;
};

const isNumberCheck = ({ step, question }: Asked) =>
  step !== DETAILS_STEP && question.nhsNumber !== undefined;

/** The row as it stands, and in each form in which a question without a wildcard was answered with this number. */
function formsOf(
  row: Row,
  { asked }: Traced,
  number: NhsNumber,
): readonly Subject['demographics'][] {
  const { demographics } = subjectOf(row);
  const sent = asked
    .filter(({ answer, step }) => namedBy(answer) === number && step !== DETAILS_STEP)
    .map(({ question }) => question)
    .filter(({ hasWildcard }) => hasWildcard === undefined)
    .map(({ familyName, givenName, birthDate }) => ({
      ...demographics,
      ...(familyName === undefined ? {} : { familyName }),
      // another form of the given name is a guess; the two names exchanged are the row's own
      ...(givenName === demographics.familyName ? { givenName } : {}),
      birthDate,
    }));
  return [demographics, ...sent];
}

/** Who answers a question: the register as it should, or somebody else's record, or anything at all. */
type Chaos = (register: Register, question: Question, at: number) => TraceReply;

/** One draw for each question: who answers instead of the register; nobody when it is undefined. */
const draws = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    fc.nat({ max: 6 }).map((at) => ({ kind: 'found', at }) as const),
    fc.constantFrom(
      { kind: 'no-match' } as const,
      { kind: 'multiple-matches' } as const,
      { kind: 'not-verified' } as const,
      { kind: 'superseded' } as const,
      { kind: 'invalidated' } as const,
    ),
  ),
  { minLength: 8, maxLength: 8 },
);

const chaos = draws.map(
  (drawn): Chaos =>
    (register, question, at) => {
      const draw = drawn[at % drawn.length];
      const honest = askRegister(register, question);
      if (draw === undefined) return honest;
      if (draw.kind !== 'found') return replyOf(draw);
      const person = register[draw.at % Math.max(1, register.length)];
      if (person === undefined) return honest;
      const isBare =
        question.operation === 'verifyNHSNumber' || question.operation === 'getNHSNumber';
      const details = isBare ? {} : { details: detailsOf(person) };
      return replyOf({ kind: 'found', nhsNumber: person.nhsNumber, ...details });
    },
);

function traceInChaos({ register, row }: World, how: Rules, answer: Chaos): Traced {
  let at = 0;
  return traceRow(
    subjectOf(row),
    (question) => {
      at += 1;
      return answer(register, question, at - 1);
    },
    how,
  );
}

describe('a number that is written', () => {
  it('is never one whose details contradict the row', () => {
    fc.assert(
      fc.property(worlds(), rules, (world, how) => {
        const traced = trace(world, how);
        const number = written(traced);
        const person = world.register.find(({ nhsNumber }) => nhsNumber === number);
        if (number === undefined || person === undefined) return;
        const forms = formsOf(world.row, traced, number).map((form) =>
          compareDemographics(form, detailsOf(person)),
        );
        const isSearched = ['traced', 'corrected'].includes(outcome(traced));

        expect(forms.some(({ givenName }) => givenName !== 'differs')).toBe(true);
        expect(forms.some(({ birthDate }) => birthDate !== 'differs')).toBe(true);
        if (isSearched) {
          expect(forms.some(({ gender }) => gender === 'differs')).toBe(false);
          expect(forms.some(({ birthDate }) => birthDate === 'same')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('stands in an answer to the question that it is the answer of', () => {
    fc.assert(
      fc.property(worlds(), rules, chaos, (world, how, answer) => {
        const traced = traceInChaos(world, how, answer);
        const number = written(traced);
        if (number === undefined) return;
        const searches = traced.asked.filter(({ question }) => question.nhsNumber === undefined);
        const checks = traced.asked.filter(isNumberCheck);
        const answersOf = (asked: readonly Asked[], kind: Answer['kind']) =>
          asked.filter(({ answer: one }) => one.kind === kind).map((one) => namedBy(one.answer));

        switch (outcome(traced)) {
          case 'verified':
            expect(number).toBe(world.row.nhsNumber);
            expect(answersOf([...checks, ...searches], 'found')).toContain(number);
            break;
          case 'superseded':
            expect(number).not.toBe(world.row.nhsNumber);
            expect(answersOf(checks, 'superseded')).toContain(number);
            break;
          default:
            expect(answersOf(searches, 'found')).toContain(number);
        }
      }),
      RUNS,
    );
  });

  it('is never verified by a reply that is about somebody else', () => {
    fc.assert(
      fc.property(worlds(), rules, fc.nat({ max: 6 }), fc.boolean(), (world, how, at, isTold) => {
        const { register, row } = world;
        const others = register.filter(({ nhsNumber }) => nhsNumber !== row.nhsNumber);
        const other = others[at % Math.max(1, others.length)];
        if (row.nhsNumber === undefined || other === undefined) return;
        const { nhsNumber } = other;
        const wrong: Answer = isTold
          ? { kind: 'other-number', nhsNumber }
          : { kind: 'found', nhsNumber, details: detailsOf(other) };
        const traced = traceRow(
          subjectOf(row),
          (question) =>
            question.nhsNumber === undefined ? askRegister(register, question) : replyOf(wrong),
          how,
        );

        expect(traced.asked.filter(isNumberCheck).length > 0 ? written(traced) : undefined).toBe(
          undefined,
        );
      }),
      RUNS,
    );
  });

  // A search that comes to a number makes nothing valid that the service has just called withdrawn.
  it('is never the supplied one when the service says that it is none to be used', () => {
    fc.assert(
      fc.property(worlds(), rules, chaos, (world, how, answer) => {
        const traced = traceInChaos(world, how, answer);
        const isGone = traced.asked
          .filter(isNumberCheck)
          .some(({ answer: { kind } }) => kind === 'invalidated' || kind === 'superseded');

        if (isGone) expect(written(traced)).not.toBe(world.row.nhsNumber ?? '');
      }),
      { ...RUNS, seed: 1 },
    );
  });

  it('is never one of two people whom searches found', () => {
    fc.assert(
      fc.property(worlds(), rules, chaos, (world, how, answer) => {
        const traced = traceInChaos(world, how, answer);
        const searches = traced.asked.filter(({ question }) => question.nhsNumber === undefined);
        const people = new Set(searches.flatMap(({ answer: one }) => namedBy(one) ?? []));

        if (people.size > 1) expect(written(traced)).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('is nobody’s while the person is not registered, and nobody has the given name', () => {
    const strangers = worlds({ pools: APART, isRegistered: false, isNamed: true });
    fc.assert(
      fc.property(strangers, rules, ({ register, person, row }, how) => {
        const others = register.filter(
          ({ givenNames }) => !givenNames.some((name) => person.givenNames.includes(name)),
        );

        expect(written(trace({ register: others, row }, how))).toBeUndefined();
      }),
      RUNS,
    );
  });

  it('does not become another one when the row is completed with what is true', () => {
    const fields = fc.subarray(['postcode', 'givenName', 'otherGivenNames'] as const, {
      minLength: 1,
    });
    fc.assert(
      fc.property(worlds(), rules, fields, (world, how, added) => {
        fc.pre(!hasDouble(world));
        const truth = rowOf(world.person);
        const without: Row = {
          ...world.row,
          ...Object.fromEntries(added.map((field) => [field, undefined])),
        };
        const completed: Row = {
          ...without,
          ...Object.fromEntries(added.map((field) => [field, truth[field]])),
        };
        const before = written(trace({ ...world, row: without }, how));
        const after = written(trace({ ...world, row: completed }, how));

        // what is true may lead from another's number to the person's own, and nowhere else
        if (before !== undefined && after !== undefined)
          expect([before, world.person.nhsNumber]).toContain(after);
      }),
      RUNS,
    );
  });
});

describe('the questions', () => {
  it('are within the budget, never the same twice, and without a wildcard unless marked', () => {
    fc.assert(
      fc.property(worlds(), rules, chaos, (world, how, answer) => {
        const { asked } = traceInChaos(world, how, answer);
        const keys = asked.map(({ question }) => JSON.stringify(question).toUpperCase());

        expect(asked.length).toBeLessThanOrEqual(how.policy.max_requests);
        expect(new Set(keys).size).toBe(keys.length);
        for (const { question } of asked) {
          const { familyName = '', givenName = '', postcode = '', hasWildcard } = question;
          const isWild = /[*?%]/.test(familyName + givenName + postcode);
          expect(hasWildcard ?? false).toBe(isWild);
        }
      }),
      RUNS,
    );
  });
});

describe('the order of rows', () => {
  const [ONE, TWO] = testNumbers(2) as [NhsNumber, NhsNumber];

  it('changes nothing about any of them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(worlds(), rules), { maxLength: 6 }), fc.nat(), (all, seed) => {
        const inputs = all.map(([world, how]) => ({ ...trace(world, how), world, how }));
        const decide = ({ world, how, asked }: (typeof inputs)[number]) =>
          decideSubject(subjectOf(world.row), { kind: 'answered', asked, requests: [] }, how);
        const shuffled = shuffle(inputs, seed);

        const once = new Map(inputs.map((input) => [input, decide(input)]));
        for (const input of shuffled) expect(decide(input)).toEqual(once.get(input));
      }),
      { numRuns: 300 },
    );
  });

  it('changes nothing about the numbers that several come to', () => {
    const stored = fc
      .array(worlds(), { minLength: 2, maxLength: 5 })
      .map((all) =>
        all.map(({ row }, at): StoredSubject => ({ subjectId: at + 1, ...subjectOf(row) })),
      );
    const few = fc.subarray([ONE, TWO]);
    fc.assert(
      fc.property(stored, stored, few, few, few, fc.nat(), (...drawn) => {
        const [first, second, old, held, equal, seed] = drawn;
        const shared = [
          { nhsNumber: ONE, subjects: first },
          { nhsNumber: TWO, subjects: second },
        ];
        const turned = shuffle(
          shared.map(({ nhsNumber, subjects }) => ({
            nhsNumber,
            subjects: shuffle(subjects, seed),
          })),
          seed,
        );
        const compare = (rows: typeof turned) => {
          const crossings = compareRows(rows, new Set(old), new Set(held), new Set(equal));
          return Object.entries(crossings).map(([kind, numbers]) => [kind, [...numbers].sort()]);
        };

        expect(compare(turned)).toEqual(compare(shared));
      }),
      RUNS,
    );
  });
});

/** Somebody else of the same names, birth date and sex at the same address: no row could tell the two. */
function hasDouble({ register, person }: World): boolean {
  const said = ({ familyName, givenNames, birthDate, gender, postcode }: Registered): string =>
    JSON.stringify([familyName, givenNames[0], birthDate, gender, postcode]);
  return register.some(
    (other) => other.nhsNumber !== person.nhsNumber && said(other) === said(person),
  );
}

/** The same ones in another order, by a number. */
function shuffle<T>(values: readonly T[], seed: number): readonly T[] {
  const left = [...values];
  const out: T[] = [];
  for (let by = seed; left.length > 0; by = (by * 31 + 7) % 1_000_003) {
    out.push(...left.splice(by % left.length, 1));
  }
  return out;
}
