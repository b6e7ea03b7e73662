import { describe, expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { Asked } from '../../src/domain/record.ts';
import type { Answer } from '../../src/domain/trace.ts';
import {
  claimedNumber,
  decideDuplicate,
  decideMerge,
  decideSubject,
  untouchedStatus,
} from '../../src/reconcile/decide.ts';
import {
  aBirthDate,
  aCheck,
  aNumber,
  anAsked,
  answeredAll,
  aSearch,
  aSubject,
  checked,
  details,
  refused,
  searched,
  unanswered,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

const HELD = aNumber('9990123454');
const OTHER = aNumber('9990341702');
const THIRD = aNumber('9990000018');
const VERIFY = aSubject({ nhsNumber: HELD });
const SEARCH = aSubject();
const RULES = someRules();
const CORRECTING = someRules({ accept_corrections: true });

const MATCHING = details();
const SISTER = details({ givenNames: ['ROBIN'] });
const MOVED = details({ addresses: [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }] });
const WITHHELD = details({ addresses: [] });

const found = (nhsNumber = OTHER, held = MATCHING): Answer => ({
  kind: 'found',
  nhsNumber,
  details: held,
});
const match = (outcome: string, nhsNumber: string) => ({
  kind: 'match',
  outcome,
  nhsNumber,
  status: '01',
});
const exception = (code: string, status: string, candidate?: string) => ({
  kind: 'exception',
  code,
  status,
  reason: expect.stringMatching(/^[A-Z].*\.$/),
  action: expect.stringMatching(/^[A-Z].*\.$/),
  ...(candidate === undefined ? {} : { candidate }),
});

function decide(asked: readonly Asked[], rules = RULES, subject = VERIFY): Decision {
  return decideSubject(subject, answeredAll(...asked), rules).decision;
}
const decideSearch = (...asked: readonly Asked[]): Decision => decide(asked, RULES, SEARCH);

describe('a number that the row holds', () => {
  it.each<readonly [string, Answer, object]>([
    ['is its', found(HELD), match('verified', HELD)],
    ['is its, and it has moved', found(HELD, MOVED), match('verified', HELD)],
    ['is its, and the address is withheld', found(HELD, WITHHELD), match('verified', HELD)],
    [
      'is its, with one part of the date another, and all the rest rare and the same',
      found(HELD, details({ birthDate: '19820917' })),
      match('verified', HELD),
    ],
    ['is of a sister', found(HELD, SISTER), exception('not-verified', '05')],
    [
      'is of somebody of another day',
      found(HELD, details({ birthDate: '19750302' })),
      exception('possible-match', '05', HELD),
    ],
    [
      'is confirmed unseen',
      { kind: 'found', nhsNumber: HELD },
      exception('possible-match', '05', HELD),
    ],
    ['is answered for another', found(OTHER), exception('possible-match', '05', OTHER)],
    [
      'is answered for another, says the service',
      { kind: 'other-number', nhsNumber: OTHER },
      exception('possible-match', '05', OTHER),
    ],
    ['is nobody’s', { kind: 'no-match' }, exception('no-match', '05')],
    ['is of more than one', { kind: 'multiple-matches' }, exception('not-verified', '05')],
    ['is not confirmed', { kind: 'not-verified' }, exception('not-verified', '05')],
    ['is not new-style', { kind: 'not-new-style' }, exception('not-verified', '05')],
    ['was withdrawn', { kind: 'invalidated' }, exception('invalidated', '05')],
    [
      'was replaced',
      { kind: 'superseded', replacement: OTHER, details: MATCHING },
      match('superseded', OTHER),
    ],
    [
      'was replaced by one that shows nobody',
      { kind: 'superseded', replacement: OTHER },
      exception('possible-match', '05', OTHER),
    ],
    [
      'was replaced by one of a sister',
      { kind: 'superseded', replacement: OTHER, details: SISTER },
      exception('not-verified', '05'),
    ],
    [
      'was replaced by one of somebody whose day is not known',
      { kind: 'superseded', replacement: OTHER, details: details({ birthDate: '1981' }) },
      exception('possible-match', '05', OTHER),
    ],
    ['was replaced by none that is named', { kind: 'superseded' }, exception('not-verified', '05')],
  ])('%s', (_name, answer, expected) => {
    const asked = [checked(answer, HELD)];

    expect(decide(asked)).toEqual(expected);
    // Without a search nothing is corrected.
    expect(decide(asked, CORRECTING)).toEqual(expected);
  });

  it('is in doubt, and a search comes to the same one: that settles it', () => {
    const initial = aSubject({ nhsNumber: HELD, givenName: 'R' });
    const alone = anAsked(
      'alone',
      aSearch({ givenName: undefined, postcode: 'M1 1AE' }),
      found(HELD),
    );

    const [first, both] = [[checked(found(HELD), HELD)], [checked(found(HELD), HELD), alone]].map(
      (asked) => decide(asked, RULES, initial),
    );

    expect(first).toEqual(exception('possible-match', '05', HELD));
    expect(both).toEqual(match('verified', HELD));
  });

  it('is in doubt, and a search comes to another: neither is taken', () => {
    const asked = [
      checked(found(HELD, details({ birthDate: '19750302' })), HELD),
      searched(found(OTHER)),
    ];

    expect(decide(asked)).toEqual(exception('not-verified', '05'));
    expect(decide(asked, CORRECTING)).toEqual(exception('not-verified', '05'));
  });
});

/** What the provider may say of a number that is not this person's, and the code of the exception. */
const UNCONFIRMED: readonly (readonly [string, Answer, string])[] = [
  ['nobody’s', { kind: 'no-match' }, 'not-verified'],
  ['not confirmed', { kind: 'not-verified' }, 'not-verified'],
  ['not new-style', { kind: 'not-new-style' }, 'not-verified'],
  ['withdrawn', { kind: 'invalidated' }, 'invalidated'],
  ['replaced by none that is named', { kind: 'superseded' }, 'not-verified'],
  ['a sister’s', found(HELD, SISTER), 'not-verified'],
  [
    'replaced by a sister’s',
    { kind: 'superseded', replacement: THIRD, details: SISTER },
    'not-verified',
  ],
];

describe('a number that is not this person’s, and a search that finds another', () => {
  it.each(UNCONFIRMED)('%s: the other is the candidate', (_name, answer, code) => {
    const decision = decide([checked(answer, HELD), searched(found())]);

    expect(decision).toEqual(exception(code, '05', OTHER));
    expect(decision).toMatchObject({
      reason: expect.stringContaining('found this person under another number'),
    });
    expect(claimedNumber(decision)).toBeUndefined();
  });

  it.each(UNCONFIRMED)(
    '%s: the other is written when the job accepts corrections',
    (_name, answer) => {
      const decision = decide([checked(answer, HELD), searched(found())], CORRECTING);

      expect(decision).toEqual(match('corrected', OTHER));
      expect(claimedNumber(decision)).toBe(OTHER);
    },
  );

  it.each(UNCONFIRMED)('%s: one found on too little is never written', (_name, answer, code) => {
    const asked = [checked(answer, HELD), searched(found(OTHER, SISTER))];

    for (const rules of [RULES, CORRECTING]) {
      const decision = decide(asked, rules);
      expect(decision).toEqual(exception(code, '05', OTHER));
      expect(decision).toMatchObject({ reason: expect.stringContaining('too little to be sure') });
    }
  });

  it.each(UNCONFIRMED)('%s: two others are too many', (_name, answer) => {
    const again = searched(found(THIRD), { givenName: undefined });

    for (const rules of [RULES, CORRECTING]) {
      expect(decide([checked(answer, HELD), searched(found()), again], rules)).toEqual(
        exception('not-verified', '05'),
      );
    }
  });

  it.each(UNCONFIRMED)('%s: nobody else is found, and the exception stays', (_name, answer) => {
    const asked = [checked(answer, HELD), searched({ kind: 'no-match' })];
    const alone = decide([checked(answer, HELD)]);

    expect(decide(asked)).toEqual(alone);
    expect(decide(asked, CORRECTING)).toEqual(alone);
  });

  it.each([
    ['enough agrees', details({ birthDate: '19810709' }), match('verified', HELD)],
    [
      'too little does',
      details({ birthDate: '19810709', givenNames: ['ROBIN'] }),
      exception('possible-match', '05', HELD),
    ],
  ])('it is the number of the row itself, found by another date: %s', (_name, held, expected) => {
    const birthDate = aBirthDate('19810907');
    const subject = aSubject({ nhsNumber: HELD, birthDate });
    const asked = [
      anAsked('supplied-number', aCheck(HELD, { birthDate }), { kind: 'not-verified' }),
      anAsked(
        'day-and-month-exchanged',
        aSearch({ birthDate: aBirthDate('19810709') }),
        found(HELD, held),
      ),
    ];

    for (const rules of [RULES, CORRECTING]) {
      const decision = decide(asked, rules, subject);
      expect(decision).toEqual(expected);
      expect(decision).not.toMatchObject({ reason: expect.stringContaining('another number') });
    }
  });
});

describe('a row without a number', () => {
  it.each<readonly [string, Answer, object]>([
    ['is found', found(), match('traced', OTHER)],
    ['is found elsewhere, under a rare name', found(OTHER, MOVED), match('traced', OTHER)],
    [
      'is found under a rare name, the address withheld',
      found(OTHER, WITHHELD),
      match('traced', OTHER),
    ],
    ['finds a sister', found(OTHER, SISTER), exception('possible-match', '04', OTHER)],
    [
      'finds a bare number',
      { kind: 'found', nhsNumber: OTHER },
      exception('possible-match', '04', OTHER),
    ],
    [
      'finds somebody of another gender',
      found(OTHER, details({ gender: '1' })),
      exception('possible-match', '04', OTHER),
    ],
    ['is nobody’s', { kind: 'no-match' }, exception('no-match', '04')],
    ['is of several', { kind: 'multiple-matches' }, exception('multiple-matches', '04')],
    [
      'is found, and was merged',
      { kind: 'superseded', replacement: OTHER, details: MATCHING },
      match('traced', OTHER),
    ],
    [
      'is found merged, a bare number',
      { kind: 'superseded', replacement: OTHER },
      exception('possible-match', '04', OTHER),
    ],
    ['is found merged into nobody', { kind: 'superseded' }, exception('no-match', '04')],
  ])('%s', (_name, answer, expected) => {
    expect(decideSearch(searched(answer))).toEqual(expected);
  });

  it('says of a common name in another place what would settle it', () => {
    const common = aSubject({ familyName: 'Smith', givenName: 'John', gender: '1' });
    const smith = details({ ...MOVED, familyName: 'SMITH', givenNames: ['JOHN'], gender: '1' });
    const asked = [searched(found(OTHER, smith), { familyName: 'Smith', givenName: 'John' })];

    const decision = decide(asked, RULES, common);

    expect(decision).toEqual(exception('possible-match', '04', OTHER));
    expect(decision).toMatchObject({
      reason: expect.stringContaining('Postcode: PDS holds another'),
    });
  });

  it('is found by a narrower question after several', () => {
    const narrower = anAsked('postcode', aSearch({ postcode: 'M1 1AE' }), found());

    expect(decideSearch(searched({ kind: 'multiple-matches' }), narrower)).toEqual(
      match('traced', OTHER),
    );
  });

  it('is several’s even when the narrower question finds nobody', () => {
    const narrower = anAsked('postcode', aSearch({ postcode: 'M1 1AE' }), { kind: 'no-match' });

    expect(decideSearch(searched({ kind: 'multiple-matches' }), narrower)).toEqual(
      exception('multiple-matches', '04'),
    );
  });

  it('that leads to two people takes neither, however good each looks', () => {
    const other = anAsked('alone', aSearch({ givenName: undefined }), found(THIRD));

    const decision = decideSearch(searched(found()), other);

    expect(decision).toEqual(exception('multiple-matches', '04'));
    expect(decision).not.toHaveProperty('candidate');
  });

  it('is judged by the details that were fetched for a bare number', () => {
    const bare = searched({ kind: 'found', nhsNumber: OTHER });
    const fetched = anAsked('details', aCheck(OTHER), found());
    const sister = anAsked('details', aCheck(OTHER), found(OTHER, SISTER));

    expect(decideSearch(bare, fetched)).toEqual(match('traced', OTHER));
    expect(decideSearch(bare, sister)).toEqual(exception('possible-match', '04', OTHER));
  });
});

it.each([
  ['DEMOG-0001', { kind: 'no-match' }],
  ['DEMOG-0007', { kind: 'multiple-matches' }],
  ['DEMOG-0022', { kind: 'invalidated' }],
  ['DEMOG-0040', { kind: 'not-verified' }],
  ['DEMOG-0042', { kind: 'not-new-style' }],
] as const)('%s never comes to a number, nor a candidate', (_code, answer) => {
  for (const rules of [RULES, CORRECTING]) {
    const decisions = [
      decide([checked(answer, HELD)], rules),
      decide([searched(answer)], rules, SEARCH),
    ];
    for (const decision of decisions) {
      expect(decision.kind).toBe('exception');
      expect(decision).not.toHaveProperty('nhsNumber');
      expect(decision).not.toHaveProperty('candidate');
      expect(claimedNumber(decision)).toBeUndefined();
    }
  }
});

it('names nobody in a reason or an action', () => {
  const answers: readonly Answer[] = [
    found(OTHER, SISTER),
    found(OTHER, details({ familyName: 'SAMPLE', birthDate: '19750302' })),
    { kind: 'found', nhsNumber: OTHER },
    { kind: 'not-verified' },
  ];
  for (const first of answers) {
    for (const second of answers) {
      const text = JSON.stringify({
        ...decide([checked(first, HELD), searched(second)]),
        candidate: '',
      });
      expect(text).not.toMatch(/999 ?\d|testby|rowan|robin|sample|19\d\d|M1/i);
    }
  }
});

describe('the step', () => {
  const stepOf = (subject: typeof VERIFY, ...asked: readonly Asked[]): string =>
    decideSubject(subject, answeredAll(...asked), RULES).step;
  const nobody = (step: string) => anAsked(step, aSearch(), { kind: 'no-match' });

  it('is the one that found the number that was taken', () => {
    expect(stepOf(SEARCH, nobody('names'), anAsked('half', aSearch(), found()))).toBe('half');
    expect(stepOf(VERIFY, checked(found(HELD), HELD))).toBe('supplied-number');
  });

  it('is the one that found a bare number, not the one that fetched its details', () => {
    const fetched = anAsked('details', aCheck(OTHER), found());

    expect(stepOf(SEARCH, searched({ kind: 'found', nhsNumber: OTHER }), fetched)).toBe('names');
  });

  it('is the one that found the candidate', () => {
    const sister = anAsked('half', aSearch(), found(OTHER, SISTER));

    expect(stepOf(SEARCH, nobody('names'), sister, nobody('alone'))).toBe('half');
    expect(stepOf(VERIFY, checked({ kind: 'not-verified' }, HELD), sister)).toBe('half');
  });

  it('is the last one when nobody was found', () => {
    expect(stepOf(SEARCH, nobody('names'), nobody('half'))).toBe('half');
  });

  it('is the last one that was answered when a later one was not', () => {
    const result = { ...unanswered('timeout'), asked: [nobody('names')] };

    expect(decideSubject(SEARCH, result, RULES)).toMatchObject({
      decision: { code: 'failed' },
      step: 'names',
    });
    expect(decideSubject(SEARCH, unanswered('timeout'), RULES).step).toBe('');
  });
});

describe('no answer', () => {
  it.each([
    ['a number, a request that was sent', VERIFY, unanswered('timeout'), '06', '(timeout)'],
    ['no number, a request that was sent', SEARCH, unanswered('timeout'), '06', '(timeout)'],
    ['a number, nothing sent', VERIFY, unanswered('wildcard', []), '02', '(wildcard)'],
    ['no number, nothing sent', SEARCH, unanswered('wildcard', []), '03', '(wildcard)'],
    ['a number, not reached', VERIFY, undefined, '02', 'no answer.'],
    ['no number, not reached', SEARCH, undefined, '03', 'no answer.'],
    ['refused', VERIFY, refused(), '02', '(SMSP-0005)'],
  ] as const)('%s', (_name, subject, result, status, said) => {
    const { decision } = decideSubject(subject, result, RULES);

    expect(decision).toEqual(exception('failed', status));
    expect(decision).toMatchObject({
      reason: expect.stringContaining(said),
      action: expect.stringContaining('nhs-trace resume'),
    });
  });

  it('to the last question leaves open what the first came to', () => {
    const asked = [checked({ kind: 'not-verified' }, HELD), searched(found())];
    const result = { ...unanswered('timeout'), asked };

    expect(decideSubject(VERIFY, result, CORRECTING).decision).toEqual(exception('failed', '06'));
  });

  it.each([
    ['a number', VERIFY, '02'],
    ['no number', SEARCH, '03'],
  ] as const)('because there was nothing to ask: %s', (_name, subject, status) => {
    const decided = decideSubject(subject, answeredAll(), RULES);

    expect(decided).toEqual({ decision: exception('unusable', status), step: '' });
    expect(decided.decision).toMatchObject({ reason: expect.stringContaining('search policy') });
  });
});

describe('rows beside each other', () => {
  it.each([
    ['duplicate', decideDuplicate, 'what looks like a different person'],
    ['merge', decideMerge, 'already on another row'],
  ])('hold a %s, with the number as its candidate', (_name, decideBoth, said) => {
    const decision = decideBoth(OTHER);

    expect(decision).toEqual(exception('duplicate', '05', OTHER));
    expect(decision.reason).toContain(said);
    expect(claimedNumber(decision)).toBeUndefined();
  });

  it('claim the number of a match', () => {
    expect(claimedNumber(decide([checked(found(HELD), HELD)]))).toBe(HELD);
  });
});

it.each([
  [true, '02'],
  [false, '03'],
])('with a number: %s, an untouched row has status %s', (hasNumber, status) => {
  expect(untouchedStatus(hasNumber)).toBe(status);
});
