import { describe, expect, it } from 'vitest';
import { GIVEN_NAME_LIKENESSES } from '../../src/domain/search-policy.ts';
import { compareDemographics } from '../../src/match/compare-demographics.ts';
import {
  type Evidence,
  type Judgement,
  judgeSearched,
  judgeSupplied,
  type SearchRule,
} from '../../src/match/judge-person.ts';
import { expectedNamesakes } from '../../src/match/namesakes.ts';
import { aBirthDate, aPerson, aPostcode, details } from '../support/people.ts';

type Held = Parameters<typeof aPerson>[0];
type Found = Parameters<typeof details>[0];
type Levels = Readonly<Record<string, readonly [Held, Found]>>;

const ELSEWHERE = [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }] as const;
const NEARBY = [{ use: 'usual', lines: [], postcode: 'M1 9ZZ' }] as const;
const SAME_AREA = [{ use: 'usual', lines: [], postcode: 'M60 9ZZ' }] as const;

/** What makes each field of the row and of PDS compare as the table says. */
const FAMILY = {
  same: [{}, {}],
  part: [{}, { familyName: "O'TESTBY-SAMPLE" }],
  slip: [{}, { familyName: "O'TESTBEY" }],
  differs: [{}, { familyName: 'SAMPLE' }],
  unknown: [{}, { familyName: undefined }],
} as const satisfies Levels;
const GIVEN = {
  same: [{}, {}],
  'short-form': [{ givenName: 'Bill' }, { givenNames: ['WILLIAM'] }],
  other: [{}, { givenNames: ['ALEX', 'ROWAN'] }],
  'short-name': [{ givenName: 'Harry' }, { givenNames: ['HENRY'] }],
  slip: [{ givenName: 'Rosalnid' }, { givenNames: ['ROSALIND'] }],
  variant: [{ givenName: 'Rohanna' }, { givenNames: ['ROHANA'] }],
  initial: [{ givenName: 'R' }, {}],
  differs: [{}, { givenNames: ['ROBIN'] }],
  unknown: [{ givenName: undefined }, {}],
} as const satisfies Levels;
const GENDER = {
  same: [{}, {}],
  differs: [{}, { gender: '1' }],
  unknown: [{ gender: undefined }, {}],
} as const satisfies Levels;
const POSTCODE = {
  same: [{}, {}],
  'same-district': [{}, { addresses: NEARBY }],
  differs: [{}, { addresses: ELSEWHERE }],
  unknown: [{}, { addresses: [] }],
} as const satisfies Levels;
const DATE = {
  same: [{}, {}],
  exchanged: [{ birthDate: aBirthDate('19810307') }, { birthDate: '19810703' }],
  near: [{}, { birthDate: '19810918' }],
  differs: [{}, { birthDate: '19430125' }],
  unknown: [{}, { birthDate: '1981' }],
} as const satisfies Levels;
const YES_NO = [true, false] as const;

interface Case {
  readonly family: keyof typeof FAMILY;
  readonly given: keyof typeof GIVEN;
  readonly gender: keyof typeof GENDER;
  readonly postcode: keyof typeof POSTCODE;
  readonly date: keyof typeof DATE;
  readonly isFamilyNameKnown: boolean;
  readonly isPostcodeKnown: boolean;
  readonly isOnlyOne: boolean;
}

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

function* allCases(): Generator<Case> {
  for (const date of keys(DATE))
    for (const family of keys(FAMILY))
      for (const given of keys(GIVEN))
        for (const gender of keys(GENDER))
          for (const postcode of keys(POSTCODE))
            for (const isFamilyNameKnown of YES_NO)
              for (const isPostcodeKnown of YES_NO)
                for (const isOnlyOne of YES_NO) {
                  const flags = { isFamilyNameKnown, isPostcodeKnown, isOnlyOne };
                  yield { date, family, given, gender, postcode, ...flags };
                }
}

const ALL = [...allCases()];

function evidenceOf(of: Case): Evidence {
  const parts = [
    FAMILY[of.family],
    GIVEN[of.given],
    GENDER[of.gender],
    POSTCODE[of.postcode],
    DATE[of.date],
  ];
  const held: Held = Object.assign({}, ...parts.map(([change]) => change));
  const found: Found = Object.assign({}, ...parts.map(([, change]) => change));
  return { ...of, held: aPerson(held), details: details(found) };
}

/** One piece of evidence: Rowan O'Testby as PDS holds her, nothing further known, but for the changes. */
function evidence(held: Held = {}, found: Found = {}, known: Partial<Evidence> = {}): Evidence {
  return {
    held: aPerson(held),
    details: details(found),
    isFamilyNameKnown: false,
    isPostcodeKnown: false,
    isOnlyOne: false,
    ...known,
  };
}

/** Lets nothing fall short for want of rarity: names are looked at alone. */
const ANY_NAMESAKES = Infinity;
const LAX: SearchRule = { max_namesakes: ANY_NAMESAKES, given_name: GIVEN_NAME_LIKENESSES };
const USUAL: SearchRule = { max_namesakes: 0.05, given_name: GIVEN_NAME_LIKENESSES };

/** How many are to be expected, for the edges of the rule. */
function namesakesOf({ held, details: person, isPostcodeKnown }: Evidence): number {
  if (person === undefined) throw new Error('the test shows nobody');
  const found = compareDemographics(held, person);
  return expectedNamesakes(held, person, found, isPostcodeKnown);
}

const lacksOf = (judgement: Judgement) => (judgement.kind === 'doubt' ? judgement.lacks : []);

/** The first cases that come out otherwise than the rule says, so that a failure names them. */
const wrongly = (judge: (of: Case) => string, rule: (of: Case) => string) =>
  ALL.filter((of) => judge(of) !== rule(of))
    .slice(0, 3)
    .map((of) => ({ ...of, is: judge(of), not: rule(of) }));

describe('a number that the row holds', () => {
  const isAlike = ({ family }: Case) => ['same', 'part', 'slip'].includes(family);
  const hasPostcode = (of: Case) => of.postcode === 'same' || of.isPostcodeKnown;

  /** The rule in a few lines, for every combination of all fields. */
  function expected(of: Case): string {
    const isNotOppositeSex = of.gender !== 'differs';
    const isFamily = isAlike(of) || of.isFamilyNameKnown;
    switch (of.date) {
      case 'differs':
      case 'unknown':
        return 'doubt';
      case 'exchanged':
      case 'near': {
        const isName = of.given === 'same' || of.given === 'short-form';
        return isName && isAlike(of) && isNotOppositeSex ? 'accepted' : 'doubt';
      }
      case 'same':
        if (of.given === 'differs') return 'contradicted';
        if (of.given === 'same') return isFamily || isNotOppositeSex ? 'accepted' : 'doubt';
        if (of.given === 'variant') return 'doubt';
        if (of.given === 'unknown' && !hasPostcode(of)) return 'doubt';
        return isFamily && isNotOppositeSex && of.isOnlyOne ? 'accepted' : 'doubt';
    }
  }

  it('is accepted by the rule, in every combination of fields', () => {
    const judge = (of: Case) => judgeSupplied(evidenceOf(of), ANY_NAMESAKES).kind;

    expect(wrongly(judge, expected)).toEqual([]);
  });

  it('wants of a further question only what would settle it', () => {
    const settled = (of: Case) => {
      const lacks = lacksOf(judgeSupplied(evidenceOf(of), ANY_NAMESAKES));
      const more = {
        ...of,
        ...(lacks.includes('postcode') ? { isPostcodeKnown: true } : {}),
        ...(lacks.includes('only-one') ? { isOnlyOne: true } : {}),
      };
      return (
        lacks.length === 0 || judgeSupplied(evidenceOf(more), ANY_NAMESAKES).kind === 'accepted'
      );
    };

    expect(ALL.find((of) => !settled(of))).toBeUndefined();
  });

  it.each([
    ['the same person', {}, {}, {}, 'accepted'],
    ['a twin', {}, { givenNames: ['ROBIN'] }, {}, 'contradicted'],
    ['a twin elsewhere', {}, { givenNames: ['ROBIN'], addresses: ELSEWHERE }, {}, 'contradicted'],
    [
      'a twin, though a search came to the number too',
      {},
      { givenNames: ['ROBIN'] },
      { isOnlyOne: true, isPostcodeKnown: true, isFamilyNameKnown: true },
      'contradicted',
    ],
    ['a changed family name', {}, { familyName: 'SAMPLE' }, {}, 'accepted'],
    [
      'a changed family name and address',
      {},
      { familyName: 'SAMPLE', addresses: ELSEWHERE },
      {},
      'accepted',
    ],
    ['another family name and gender', {}, { familyName: 'SAMPLE', gender: '1' }, {}, 'doubt'],
    ['another gender', {}, { gender: '1' }, {}, 'accepted'],
    [
      'a former family name and another gender',
      {},
      { familyName: 'SAMPLE', gender: '1' },
      { isFamilyNameKnown: true },
      'accepted',
    ],
    ['other given names that differ', { otherGivenNames: 'Hugo' }, {}, {}, 'accepted'],
    ['a sensitive record, without an address', {}, { addresses: [] }, {}, 'accepted'],
    ['an estimated date', { isBirthDateEstimated: true }, {}, {}, 'accepted'],
    ['a gender that PDS does not know', {}, { gender: '0' }, {}, 'accepted'],
    ['a month of birth alone in the row', { birthDate: aBirthDate('198109') }, {}, {}, 'doubt'],
    ['an initial', { givenName: 'R' }, {}, {}, 'doubt'],
    [
      'an initial, and nobody else is registered',
      { givenName: 'R' },
      {},
      { isOnlyOne: true },
      'accepted',
    ],
    [
      'no given name, and nobody else is registered',
      { givenName: undefined },
      {},
      { isOnlyOne: true },
      'accepted',
    ],
    [
      'no given name, nobody else, and another address',
      { givenName: undefined },
      { addresses: ELSEWHERE },
      { isOnlyOne: true },
      'doubt',
    ],
    [
      'no given name, nobody else, and a former address',
      { givenName: undefined },
      { addresses: ELSEWHERE },
      { isOnlyOne: true, isPostcodeKnown: true },
      'accepted',
    ],
    ['a baby without a name on PDS', {}, { givenNames: ['BABY'] }, {}, 'doubt'],
    [
      'no name on either side',
      { givenName: undefined, familyName: undefined },
      {},
      { isOnlyOne: true },
      'doubt',
    ],
    ['another day of birth', {}, { birthDate: '19810918' }, {}, 'accepted'],
    [
      'another day of birth, and other given names',
      { otherGivenNames: 'Hugo' },
      { birthDate: '19810918' },
      {},
      'doubt',
    ],
    [
      'another day of birth, and a former family name',
      {},
      { birthDate: '19810918', familyName: 'SAMPLE' },
      { isFamilyNameKnown: true },
      'doubt',
    ],
    [
      'another day of birth, and a short form',
      { givenName: 'Bill' },
      { givenNames: ['WILLIAM'], birthDate: '19810918' },
      {},
      'accepted',
    ],
    [
      'another day of birth, and an initial',
      { givenName: 'R' },
      { birthDate: '19810918' },
      { isOnlyOne: true },
      'doubt',
    ],
    ['another day and month of birth', {}, { birthDate: '19811018' }, {}, 'doubt'],
  ] as const)('%s', (_name, held, found, known, kind) => {
    expect(judgeSupplied(evidence(held, found, known), 0.05).kind).toBe(kind);
  });

  it.each([
    ['Date of birth: PDS holds another', {}, { birthDate: '19430125' }, []],
    ['Date of birth: PDS holds another', { givenName: 'R' }, { birthDate: '19810918' }, []],
    ['Date of birth: PDS did not return a full one', {}, { birthDate: '198109' }, []],
    ['Family name and gender', {}, { familyName: 'SAMPLE', gender: '1' }, []],
    ['Given name: only an initial', { givenName: 'R' }, {}, ['only-one']],
    [
      'Given name: PDS holds one that is spelt',
      { givenName: 'Rosalnid' },
      { givenNames: ['ROSALIND'] },
      ['only-one'],
    ],
    [
      'Given name: PDS holds another form',
      { givenName: 'Bill' },
      { givenNames: ['WILLIAM'] },
      ['only-one'],
    ],
    [
      'Given name: PDS holds it, but not as the first',
      {},
      { givenNames: ['ALEX ROWAN'] },
      ['only-one'],
    ],
    ['Given name: the row or PDS holds none', { givenName: undefined }, {}, ['only-one']],
    [
      'Given name: the row or PDS holds none',
      {},
      { givenNames: [], addresses: [] },
      ['only-one', 'postcode'],
    ],
    ['Given name: only an initial', { givenName: 'R' }, { gender: '1' }, []],
    ['Given name: only an initial', { givenName: 'R' }, { familyName: 'SAMPLE' }, []],
  ] as const)('says why not, and what would settle it: %s', (because, held, found, lacks) => {
    expect(judgeSupplied(evidence(held, found), 0.05)).toEqual({
      kind: 'doubt',
      because: expect.stringContaining(because),
      lacks,
    });
  });

  it('says of a twin that PDS holds another given name', () => {
    expect(judgeSupplied(evidence({}, { givenNames: ['ROBIN'] }), 0.05)).toEqual({
      kind: 'contradicted',
      because: expect.stringMatching(/^Given name: PDS holds another one for this NHS number/),
    });
  });

  it('is never confirmed unseen, nor is there a question that would help', () => {
    const unseen = evidence({}, {}, { details: undefined, isOnlyOne: true, isPostcodeKnown: true });

    expect(judgeSupplied(unseen, ANY_NAMESAKES)).toEqual({
      kind: 'doubt',
      because: expect.stringContaining('returned no name to compare'),
      lacks: [],
    });
  });

  it('with another day of birth is taken only when the name is rare enough', () => {
    const common = { familyName: 'Smith', givenName: 'John', postcode: undefined };
    const person = { familyName: 'SMITH', givenNames: ['JOHN'], birthDate: '19810918' };

    expect(judgeSupplied(evidence(common, person), 0.05).kind).toBe('doubt');
    expect(judgeSupplied(evidence({ ...common, postcode: aPostcode() }, person), 0.05).kind).toBe(
      'accepted',
    );
  });

  it('with another day of birth is taken up to the policy’s share of namesakes, and no further', () => {
    const near = evidence({ postcode: undefined }, { birthDate: '19810918' });
    const namesakes = namesakesOf(near);

    expect(judgeSupplied(near, namesakes * 1.001).kind).toBe('accepted');
    expect(judgeSupplied(near, namesakes * 0.999).kind).toBe('doubt');
  });
});

describe('a number that a search found', () => {
  const hasPostcode = (of: Case) => of.postcode === 'same' || of.isPostcodeKnown;

  function expected(of: Case): string {
    if (of.date !== 'same' || of.gender === 'differs' || of.family === 'unknown') return 'doubt';
    if (of.family === 'differs' && !of.isFamilyNameKnown) return 'doubt';
    if (of.family === 'slip' && !hasPostcode(of)) return 'doubt';
    if (of.given === 'differs' || of.given === 'unknown') return 'doubt';
    if (of.given === 'same') return 'accepted';
    if (of.given === 'short-form') return of.isOnlyOne ? 'accepted' : 'doubt';
    return hasPostcode(of) && of.isOnlyOne ? 'accepted' : 'doubt';
  }

  it('is accepted by the rule, in every combination of fields', () => {
    const judge = (of: Case) => judgeSearched(evidenceOf(of), LAX).kind;

    expect(wrongly(judge, expected)).toEqual([]);
  });

  it('wants of a further question only what brings it closer', () => {
    const isIdle = (of: Case) => {
      const lacks = lacksOf(judgeSearched(evidenceOf(of), LAX));
      const more = {
        ...of,
        ...(lacks.includes('postcode') ? { isPostcodeKnown: true } : {}),
        ...(lacks.includes('only-one') ? { isOnlyOne: true } : {}),
      };
      const then = judgeSearched(evidenceOf(more), LAX);
      return lacks.length > 0 && then.kind !== 'accepted' && lacksOf(then).length === 0;
    };
    // the family name is looked at before the given name, which nothing may be able to mend
    const isHopeless = (of: Case) =>
      of.family === 'slip' && (of.given === 'differs' || of.given === 'unknown');

    expect(ALL.find((of) => isIdle(of) && !isHopeless(of))).toBeUndefined();
  });

  it.each([
    ['the same person', {}, {}, {}, 'accepted'],
    ['a rare name at another address', {}, { addresses: ELSEWHERE }, {}, 'accepted'],
    ['a rare name without an address', {}, { addresses: [] }, {}, 'accepted'],
    ['no postcode in the row', { postcode: undefined }, {}, {}, 'accepted'],
    ['another gender', {}, { gender: '1' }, {}, 'doubt'],
    ['a gender that PDS does not know', {}, { gender: '0' }, {}, 'accepted'],
    [
      'a family name that PDS held before',
      {},
      { familyName: 'SAMPLE' },
      { isFamilyNameKnown: true },
      'accepted',
    ],
    ['a family name that nobody sent', {}, { familyName: 'SAMPLE' }, {}, 'doubt'],
    ['a half of a family name', {}, { familyName: "O'TESTBY-SAMPLE" }, {}, 'accepted'],
    [
      'a short form, which twins of alike names share',
      { givenName: 'Bill' },
      { givenNames: ['WILLIAM'] },
      {},
      'doubt',
    ],
    [
      'a short form, and the only one',
      { givenName: 'Bill' },
      { givenNames: ['WILLIAM'] },
      { isOnlyOne: true },
      'accepted',
    ],
    [
      'a common short form elsewhere, the only one',
      { familyName: 'Smith', givenName: 'Bill' },
      { givenNames: ['WILLIAM'], addresses: ELSEWHERE },
      { isOnlyOne: true },
      'doubt',
    ],
    [
      'a rare short form elsewhere, the only one',
      { givenName: 'Zosia' },
      { givenNames: ['ZOFIA'], addresses: ELSEWHERE },
      { isOnlyOne: true },
      'accepted',
    ],
    ['an initial alone', { givenName: 'R' }, {}, {}, 'doubt'],
    [
      'an initial, and the only one',
      { givenName: 'R' },
      { addresses: [] },
      { isOnlyOne: true },
      'doubt',
    ],
    [
      'an initial at the postcode, the only one',
      { givenName: 'R' },
      {},
      { isOnlyOne: true },
      'accepted',
    ],
    [
      'an initial at a former postcode, the only one',
      { givenName: 'R' },
      { addresses: ELSEWHERE },
      { isOnlyOne: true, isPostcodeKnown: true },
      'accepted',
    ],
    [
      'other given names that agree',
      { otherGivenNames: 'Alex' },
      { addresses: ELSEWHERE },
      {},
      'accepted',
    ],
    [
      'other given names that differ',
      { otherGivenNames: 'Hugo' },
      { addresses: ELSEWHERE },
      {},
      'doubt',
    ],
    [
      'other given names that differ, at the postcode',
      { otherGivenNames: 'Hugo' },
      {},
      {},
      'accepted',
    ],
    [
      'other given names that differ, at a former postcode',
      { otherGivenNames: 'Hugo' },
      { addresses: ELSEWHERE },
      { isPostcodeKnown: true },
      'accepted',
    ],
    [
      'another day of birth',
      {},
      { birthDate: '19810918' },
      { isOnlyOne: true, isPostcodeKnown: true },
      'doubt',
    ],
  ] as const)('%s', (_name, held, found, known, kind) => {
    expect(judgeSearched(evidence(held, found, known), USUAL).kind).toBe(kind);
  });

  const SMITH = { familyName: 'Smith', givenName: 'John' } as const;
  const JOHN = { familyName: 'SMITH', givenNames: ['JOHN'] } as const;

  it.each([
    ['Date of birth', {}, { birthDate: '198109' }, []],
    ['Date of birth', {}, { birthDate: undefined }, []],
    ['Date of birth', {}, { birthDate: '19810918' }, []],
    ['Gender', {}, { gender: '1' }, []],
    ['Family name: PDS returned none', {}, { familyName: undefined }, []],
    ['Family name: PDS returned none', {}, { familyName: '' }, []],
    ['Family name: PDS holds another', {}, { familyName: 'SAMPLE' }, []],
    [
      'Family name: PDS holds one that is spelt',
      {},
      { familyName: "O'TESTBEY", addresses: [] },
      ['postcode'],
    ],
    ['Given name: only an initial', { givenName: 'R' }, {}, ['only-one']],
    [
      'Given name: only an initial',
      { givenName: 'R' },
      { addresses: [] },
      ['postcode', 'only-one'],
    ],
    [
      'Given name: PDS holds one that is spelt',
      { givenName: 'Rosalnid' },
      { givenNames: ['ROSALIND'] },
      ['only-one'],
    ],
    [
      'Given name: PDS holds it, but not as the first',
      {},
      { givenNames: ['ALEX', 'ROWAN'] },
      ['only-one'],
    ],
    ['Given name: PDS holds another one', {}, { givenNames: ['ROBIN'] }, []],
    ['Given name: the row or PDS holds none', {}, { givenNames: [] }, []],
    ['Given name: the row or PDS holds none', { givenName: undefined }, {}, []],
    ['Other given names', { otherGivenNames: 'Hugo' }, { addresses: [] }, ['postcode']],
    ['Postcode: the row holds none', { ...SMITH, postcode: undefined }, JOHN, ['postcode']],
    ['Postcode: PDS holds another one for', SMITH, { ...JOHN, addresses: ELSEWHERE }, ['postcode']],
    ['Postcode: PDS holds another one for', SMITH, { ...JOHN, addresses: SAME_AREA }, ['postcode']],
    ['Postcode: PDS returned none', SMITH, { ...JOHN, addresses: [] }, ['postcode']],
  ] as const)('says why not, and what would settle it: %s', (because, held, found, lacks) => {
    expect(judgeSearched(evidence(held, found), { ...USUAL, max_namesakes: 0.002 })).toEqual({
      kind: 'doubt',
      because: expect.stringContaining(because),
      lacks,
    });
  });

  it('says of a common name in one district that the address is near by', () => {
    const near = evidence(SMITH, { ...JOHN, addresses: NEARBY });

    expect(judgeSearched(near, USUAL)).toMatchObject({
      because: expect.stringContaining('near by'),
    });
    expect(judgeSearched(near, { ...USUAL, max_namesakes: namesakesOf(near) }).kind).toBe(
      'accepted',
    );
  });

  it('is never taken unseen, nor is there a question that would help', () => {
    const unseen = evidence({}, {}, { details: undefined, isOnlyOne: true, isPostcodeKnown: true });

    expect(judgeSearched(unseen, LAX)).toEqual({
      kind: 'doubt',
      because: expect.stringContaining('without details'),
      lacks: [],
    });
  });

  it.each(['same', 'short-form', 'short-name', 'other', 'slip', 'variant', 'initial'] as const)(
    'may agree in its given name only as the policy says: %s',
    (likeness) => {
      const [held, found] = GIVEN[likeness];
      const sure = evidence(held, found, { isOnlyOne: true, isPostcodeKnown: true });
      const others = GIVEN_NAME_LIKENESSES.filter((other) => other !== likeness);

      expect(judgeSearched(sure, { ...USUAL, given_name: [likeness] })).toEqual({
        kind: 'accepted',
      });
      const refused = judgeSearched(sure, { ...USUAL, given_name: others });
      expect(refused).toMatchObject({ kind: 'doubt', lacks: [] });
    },
  );

  it('is taken up to the policy’s share of namesakes, and no further', () => {
    const common = evidence({ ...SMITH, postcode: undefined }, JOHN);
    const namesakes = namesakesOf(common);

    const judge = (max_namesakes: number) =>
      judgeSearched(common, { ...USUAL, max_namesakes }).kind;
    expect(judge(namesakes * 1.001)).toBe('accepted');
    expect(judge(namesakes * 0.999)).toBe('doubt');
  });

  it('of a common name is settled by the postcode, were it a former one', () => {
    const moved = { ...JOHN, addresses: ELSEWHERE };

    expect(judgeSearched(evidence(SMITH, moved), USUAL).kind).toBe('doubt');
    expect(judgeSearched(evidence(SMITH, moved, { isPostcodeKnown: true }), USUAL).kind).toBe(
      'accepted',
    );
  });
});
