import { describe, expect, it } from 'vitest';
import type { Demographics } from '../../src/domain/demographics.ts';
import type { PatientDetails } from '../../src/domain/trace.ts';
import { acceptSuppliedNumber, acceptTraced } from '../../src/reconcile/accept-answer.ts';
import { aBirthDate, aNumber, aPerson, details } from '../support/people.ts';

const ELSEWHERE = [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }] as const;

type Held = Parameters<typeof aPerson>[0];
type Found = Parameters<typeof details>[0];

/** What makes each field of the row and of PDS compare as the table says. */
const FAMILY = {
  agrees: [{}, {}],
  differs: [{}, { familyName: 'Sample' }],
  unknown: [{ familyName: undefined }, {}],
} as const satisfies Record<string, readonly [Held, Found]>;
const GIVEN = {
  agrees: [{}, {}],
  differs: [{}, { givenNames: ['Robin'] }],
  initial: [{ givenName: 'R' }, {}],
  unknown: [{ givenName: undefined }, {}],
} as const satisfies Record<string, readonly [Held, Found]>;
const GENDER = {
  agrees: [{}, {}],
  differs: [{}, { gender: '1' }],
  unknown: [{ gender: undefined }, {}],
} as const satisfies Record<string, readonly [Held, Found]>;
const POSTCODE = {
  agrees: [{}, {}],
  differs: [{}, { addresses: ELSEWHERE }],
  unknown: [{}, { addresses: [] }],
} as const satisfies Record<string, readonly [Held, Found]>;
const DATE = {
  agrees: [{}, {}],
  differs: [{}, { birthDate: '19810918' }],
  unknown: [{}, { birthDate: '1981' }],
} as const satisfies Record<string, readonly [Held, Found]>;

interface Case {
  readonly family: keyof typeof FAMILY;
  readonly given: keyof typeof GIVEN;
  readonly gender: keyof typeof GENDER;
  readonly postcode: keyof typeof POSTCODE;
  readonly date: keyof typeof DATE;
}

const keys = <T extends object>(table: T) => Object.keys(table) as (keyof T)[];

const ALL: readonly Case[] = keys(DATE).flatMap((date) =>
  keys(FAMILY).flatMap((family) =>
    keys(GIVEN).flatMap((given) =>
      keys(GENDER).flatMap((gender) =>
        keys(POSTCODE).map((postcode) => ({ date, family, given, gender, postcode })),
      ),
    ),
  ),
);

function records(of: Case): readonly [Demographics, PatientDetails] {
  const parts = [
    FAMILY[of.family],
    GIVEN[of.given],
    GENDER[of.gender],
    POSTCODE[of.postcode],
    DATE[of.date],
  ];
  const held: Held = Object.assign({}, ...parts.map(([change]) => change));
  const found: Found = Object.assign({}, ...parts.map(([, change]) => change));
  return [aPerson({ nhsNumber: aNumber(), ...held }), details(found)];
}

const label = (of: Case) =>
  `date ${of.date}, family ${of.family}, given ${of.given}, gender ${of.gender}, postcode ${of.postcode}`;
const table = (cases: readonly Case[]) => cases.map((of) => [label(of), of] as const);

describe('a number that the row holds', () => {
  const rest = ALL.filter(({ date }) => date === 'agrees');

  it.each(table(ALL.filter(({ date }) => date !== 'agrees')))(
    'never on another or partial date of birth: %s',
    (_label, of) => {
      expect(acceptSuppliedNumber(...records(of))).toMatchObject({
        kind: 'too-little',
        because: expect.stringMatching(/^Date of birth: /),
      });
    },
  );

  it.each(table(rest.filter(({ given }) => given === 'differs')))(
    'not when the given name is another: %s',
    (_label, of) => {
      expect(acceptSuppliedNumber(...records(of))).toMatchObject({
        kind: 'contradicted',
        because: expect.stringMatching(/^Given name: /),
      });
    },
  );

  it.each(table(rest.filter(({ given }) => given === 'agrees')))(
    'on given name and date of birth, unless family name and gender both differ: %s',
    (_label, of) => {
      const isAnother = of.family === 'differs' && of.gender === 'differs';

      expect(acceptSuppliedNumber(...records(of)).kind).toBe(isAnother ? 'too-little' : 'accepted');
    },
  );

  const withoutGiven = rest.filter(({ given }) => given === 'initial' || given === 'unknown');

  it.each(table(withoutGiven))(
    'never without a full given name, which twins do not share: %s',
    (_label, of) => {
      expect(acceptSuppliedNumber(...records(of))).toMatchObject({
        kind: 'too-little',
        because: expect.stringMatching(/^Given name: /),
      });
    },
  );

  it.each([
    ['a twin', {}, { givenNames: ['Robin'] }, 'contradicted'],
    [
      'a twin at another address',
      {},
      { givenNames: ['Robin'], addresses: ELSEWHERE },
      'contradicted',
    ],
    ['a changed family name', {}, { familyName: 'Sample' }, 'accepted'],
    [
      'a changed family name and address',
      {},
      { familyName: 'Sample', addresses: ELSEWHERE },
      'accepted',
    ],
    ['a sensitive record, without an address', {}, { addresses: [] }, 'accepted'],
    ['an estimated date', { isBirthDateEstimated: true }, {}, 'accepted'],
    ['a gender that PDS does not know', {}, { gender: '0' }, 'accepted'],
    [
      'no name on either side',
      { givenName: undefined, familyName: undefined },
      { addresses: [] },
      'too-little',
    ],
    [
      'a given name that PDS does not hold',
      {},
      { givenNames: [], familyName: 'Sample', addresses: ELSEWHERE },
      'too-little',
    ],
    ['a month of birth alone in the row', { birthDate: aBirthDate('198109') }, {}, 'too-little'],
  ] as const)('%s', (_name, held, found, kind) => {
    const answer = acceptSuppliedNumber(aPerson({ nhsNumber: aNumber(), ...held }), details(found));

    expect(answer.kind).toBe(kind);
  });
});

describe('a number that was confirmed without details', () => {
  it.each([
    ['both names', {}, 'too-little'],
    ['no given name', { givenName: undefined }, 'too-little'],
    ['no family name', { familyName: undefined }, 'too-little'],
    ['no name', { givenName: undefined, familyName: undefined }, 'too-little'],
    ['an initial, which a twin may share', { givenName: 'R' }, 'too-little'],
  ] as const)('with %s to compare: %s', (_name, held, kind) => {
    expect(acceptSuppliedNumber(aPerson(held), undefined).kind).toBe(kind);
  });
});

describe('a number that was traced', () => {
  it.each(table(ALL))('needs every field: %s', (_label, of) => {
    const answer = acceptTraced(...records(of));

    const isEnough =
      of.date === 'agrees' &&
      of.given === 'agrees' &&
      of.postcode === 'agrees' &&
      of.gender !== 'differs' &&
      of.family !== 'unknown';
    expect(answer.kind).toBe(isEnough ? 'accepted' : 'too-little');
  });

  it.each([
    ['Date of birth', {}, { birthDate: '198109' }],
    ['Date of birth', {}, { birthDate: undefined }],
    ['Gender', {}, { gender: '1' }],
    ['Given name: only an initial', { givenName: 'R' }, {}],
    ['Given name: PDS holds another', {}, { givenNames: ['Robin'] }],
    ['Given name: the row or PDS holds none', {}, { givenNames: [] }],
    ['Given name: the row or PDS holds none', { givenName: undefined }, {}],
    ['Postcode: the row holds none', { postcode: undefined }, {}],
    ['Postcode: PDS now holds another', {}, { addresses: ELSEWHERE }],
    ['Postcode: PDS returned none', {}, { addresses: [] }],
    ['Family name: PDS returned none', {}, { familyName: undefined }],
    ['Family name: PDS returned none', {}, { familyName: '' }],
  ] as const)('says why not: %s', (because, held, found) => {
    expect(acceptTraced(aPerson(held), details(found))).toMatchObject({
      kind: 'too-little',
      because: expect.stringContaining(because),
    });
  });

  it('is never enough without details', () => {
    expect(acceptTraced(aPerson(), undefined)).toMatchObject({
      kind: 'too-little',
      because: expect.stringContaining('without details'),
    });
  });

  it('may belong to somebody whose family name has changed since', () => {
    expect(acceptTraced(aPerson(), details({ familyName: 'Sample' })).kind).toBe('accepted');
  });
});
