import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/trace.ts';
import {
  claimedNumber,
  decideDuplicate,
  decideSubject,
  untouchedStatus,
} from '../../src/reconcile/decide.ts';
import { aNumber, answered, aSubject, details, unanswered } from '../support/people.ts';

const HELD = aNumber('9990123454');
const OTHER = aNumber('9990341702');
const VERIFY = aSubject({ nhsNumber: HELD });
const SEARCH = aSubject();
const MATCHING = details();
const TWIN = details({ givenNames: ['Robin'] });
const MOVED = details({ addresses: [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }] });
const WITHHELD = details({ addresses: [] });

type Row = readonly [string, typeof VERIFY, Answer, object];

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

const ROWS: readonly Row[] = [
  [
    'verify, found',
    VERIFY,
    { kind: 'found', nhsNumber: HELD, details: MATCHING },
    match('verified', HELD),
  ],
  [
    'verify, found, moved',
    VERIFY,
    { kind: 'found', nhsNumber: HELD, details: MOVED },
    match('verified', HELD),
  ],
  [
    'verify, found, address withheld',
    VERIFY,
    { kind: 'found', nhsNumber: HELD, details: WITHHELD },
    match('verified', HELD),
  ],
  [
    'verify, found, a twin',
    VERIFY,
    { kind: 'found', nhsNumber: HELD, details: TWIN },
    exception('not-verified', '05'),
  ],
  [
    'verify, found, another date',
    VERIFY,
    { kind: 'found', nhsNumber: HELD, details: details({ birthDate: '19820917' }) },
    exception('possible-match', '05', HELD),
  ],
  [
    'verify, found, no details',
    VERIFY,
    { kind: 'found', nhsNumber: HELD },
    exception('possible-match', '05', HELD),
  ],
  [
    'verify, found, no details and no names',
    aSubject({ nhsNumber: HELD, familyName: undefined, givenName: undefined }),
    { kind: 'found', nhsNumber: HELD },
    exception('possible-match', '05', HELD),
  ],
  [
    'verify, found, but not the number of the row',
    VERIFY,
    { kind: 'found', nhsNumber: OTHER, details: details() },
    exception('possible-match', '05', OTHER),
  ],
  [
    'verify, another number',
    VERIFY,
    { kind: 'other-number', nhsNumber: OTHER },
    exception('possible-match', '05', OTHER),
  ],
  ['verify, no match', VERIFY, { kind: 'no-match' }, exception('no-match', '05')],
  ['verify, multiple', VERIFY, { kind: 'multiple-matches' }, exception('multiple-matches', '04')],
  ['verify, not verified', VERIFY, { kind: 'not-verified' }, exception('not-verified', '05')],
  ['verify, not new-style', VERIFY, { kind: 'not-new-style' }, exception('not-verified', '05')],
  ['verify, invalidated', VERIFY, { kind: 'invalidated' }, exception('invalidated', '05')],
  [
    'verify, superseded',
    VERIFY,
    { kind: 'superseded', replacement: OTHER, details: MATCHING },
    match('superseded', OTHER),
  ],
  [
    'verify, superseded, bare number',
    VERIFY,
    { kind: 'superseded', replacement: OTHER },
    exception('possible-match', '05', OTHER),
  ],
  [
    'verify, superseded, a twin',
    VERIFY,
    { kind: 'superseded', replacement: OTHER, details: TWIN },
    exception('not-verified', '05'),
  ],
  [
    'verify, superseded, another date',
    VERIFY,
    { kind: 'superseded', replacement: OTHER, details: details({ birthDate: '1981' }) },
    exception('possible-match', '05', OTHER),
  ],
  [
    'verify, superseded, no replacement',
    VERIFY,
    { kind: 'superseded' },
    exception('not-verified', '05'),
  ],
  [
    'search, found',
    SEARCH,
    { kind: 'found', nhsNumber: OTHER, details: MATCHING },
    match('traced', OTHER),
  ],
  [
    'search, found, moved',
    SEARCH,
    { kind: 'found', nhsNumber: OTHER, details: MOVED },
    exception('possible-match', '04', OTHER),
  ],
  [
    'search, found, address withheld',
    SEARCH,
    { kind: 'found', nhsNumber: OTHER, details: WITHHELD },
    exception('possible-match', '04', OTHER),
  ],
  [
    'search, found, a twin',
    SEARCH,
    { kind: 'found', nhsNumber: OTHER, details: TWIN },
    exception('possible-match', '04', OTHER),
  ],
  [
    'search, found, no details',
    SEARCH,
    { kind: 'found', nhsNumber: OTHER },
    exception('possible-match', '04', OTHER),
  ],
  [
    'search, another number',
    SEARCH,
    { kind: 'other-number', nhsNumber: OTHER },
    exception('possible-match', '05', OTHER),
  ],
  ['search, no match', SEARCH, { kind: 'no-match' }, exception('no-match', '04')],
  ['search, multiple', SEARCH, { kind: 'multiple-matches' }, exception('multiple-matches', '04')],
  ['search, not verified', SEARCH, { kind: 'not-verified' }, exception('not-verified', '05')],
  ['search, not new-style', SEARCH, { kind: 'not-new-style' }, exception('not-verified', '05')],
  ['search, invalidated', SEARCH, { kind: 'invalidated' }, exception('invalidated', '05')],
  [
    'search, superseded',
    SEARCH,
    { kind: 'superseded', replacement: OTHER, details: MATCHING },
    match('traced', OTHER),
  ],
  [
    'search, superseded, bare number',
    SEARCH,
    { kind: 'superseded', replacement: OTHER },
    exception('possible-match', '04', OTHER),
  ],
  [
    'search, superseded, no replacement',
    SEARCH,
    { kind: 'superseded' },
    exception('not-verified', '05'),
  ],
];

describe('one subject', () => {
  it.each(ROWS)('%s', (_name, subject, answer, expected) => {
    expect(decideSubject(subject, answered(answer))).toEqual(expected);
  });

  it.each([
    ['DEMOG-0001', { kind: 'no-match' }],
    ['DEMOG-0007', { kind: 'multiple-matches' }],
    ['DEMOG-0022', { kind: 'invalidated' }],
    ['DEMOG-0040', { kind: 'not-verified' }],
    ['DEMOG-0042', { kind: 'not-new-style' }],
  ] as const)('never comes to a number, nor a candidate, by %s', (_code, answer) => {
    for (const subject of [VERIFY, SEARCH]) {
      const decision = decideSubject(subject, answered(answer));

      expect(decision.kind).toBe('exception');
      expect(decision).not.toHaveProperty('nhsNumber');
      expect(decision).not.toHaveProperty('candidate');
      expect(claimedNumber(decision)).toBeUndefined();
    }
  });

  it('shows the candidate as people read it, in the action alone', () => {
    const decision = decideSubject(
      SEARCH,
      answered({ kind: 'found', nhsNumber: OTHER, details: MOVED }),
    );

    expect(decision).toMatchObject({ action: expect.stringContaining('999 034 1702') });
    expect(decision).toMatchObject({ reason: expect.not.stringContaining('9990341702') });
    expect(decision).toMatchObject({ reason: expect.stringContaining('Postcode: PDS now holds') });
  });

  it.each([
    ['a number, time-out', VERIFY, unanswered('timeout'), '02', '(timeout)'],
    ['no number, time-out', SEARCH, unanswered('timeout'), '03', '(timeout)'],
    ['never sent', SEARCH, undefined, '03', 'no answer.'],
    [
      'refused',
      VERIFY,
      { kind: 'refused', code: 'SMSP-0005', reason: 'credentials', requests: [] },
      '02',
      '(SMSP-0005)',
    ],
  ] as const)('has failed: %s', (_name, subject, result, status, said) => {
    const decision = decideSubject(subject, result);

    expect(decision).toEqual(exception('failed', status));
    expect(decision).toMatchObject({
      reason: expect.stringContaining(said),
      action: expect.stringContaining('nhs-trace resume'),
    });
  });
});

it('holds a duplicate, with the number as its candidate', () => {
  const decision = decideDuplicate(OTHER);

  expect(decision).toEqual(exception('duplicate', '05', OTHER));
  expect(decision.action).toContain('999 034 1702');
  expect(claimedNumber(decision)).toBeUndefined();
});

it('claims the number of a match', () => {
  const decision = decideSubject(
    VERIFY,
    answered({ kind: 'found', nhsNumber: HELD, details: MATCHING }),
  );

  expect(claimedNumber(decision)).toBe(HELD);
});

it.each([
  [true, '02'],
  [false, '03'],
])('with a number: %s, an untouched row has status %s', (hasNumber, status) => {
  expect(untouchedStatus(hasNumber)).toBe(status);
});
