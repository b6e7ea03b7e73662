import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/domain/field.ts';
import { FINDINGS } from '../../src/domain/finding.ts';
import { decideLocal } from '../../src/reconcile/decide-local.ts';

const notEnough = (...missing: (typeof FIELDS)[number][]) =>
  ({ kind: 'not-enough', missing }) as const;

it.each([
  [
    'ragged',
    { kind: 'ragged', cells: 7, expected: 6 },
    '03',
    'The row has 7 cells where the header has 6',
  ],
  ['empty', { kind: 'empty' }, '03', 'The row is empty.'],
  ['postponed', { kind: 'postponed' }, '08', 'Given name: the baby has no name yet'],
  ['not enough', notEnough('gender'), '03', 'Gender: it is missing, or not enough to trace with.'],
] as const)('%s', (_name, problem, status, reason) => {
  expect(decideLocal(problem, [], false)).toEqual({
    kind: 'exception',
    code: 'unusable',
    status,
    reason: expect.stringContaining(reason),
    action: expect.stringMatching(/^[A-Z].*\.$/),
  });
});

it('has status 02 when the row holds a number', () => {
  expect(decideLocal(notEnough('birth_date'), [], true).status).toBe('02');
});

describe('a row that does not hold enough', () => {
  it('tells every fault, then what is absent, each action once', () => {
    const decision = decideLocal(
      notEnough('family_name', 'birth_date', 'gender'),
      [
        { field: 'family_name', code: 'name-digits' },
        { field: 'given_name', code: 'name-control-character' },
        { field: 'birth_date', code: 'date-impossible' },
      ],
      false,
    );

    expect(decision.reason).toBe(
      [
        'Family name: it holds digits. The columns may have shifted.',
        'Given name: it holds characters that cannot be shown.',
        FINDINGS['date-impossible'].sentence,
        'Gender: it is missing, or not enough to trace with.',
      ].join(' '),
    );
    expect(decision.action).toBe(
      [FINDINGS['name-digits'].action, FINDINGS['date-impossible'].action, 'Add the gender.'].join(
        ' ',
      ),
    );
  });

  it('leaves warnings and repairs out', () => {
    const decision = decideLocal(
      notEnough('gender'),
      [
        { field: 'birth_date', code: 'date-first-of-january' },
        { field: 'family_name', code: 'name-characters' },
      ],
      false,
    );

    expect(decision.reason).toBe('Gender: it is missing, or not enough to trace with.');
  });

  it.each(FIELDS)('says what to add: %s', (field) => {
    const decision = decideLocal(notEnough(field), [], false);

    expect(decision.reason).toMatch(/^[A-Z][A-Za-z ]+: it is missing/);
    expect(decision.action).toMatch(/^Add the [A-Za-z ]+\.$/);
  });

  it('writes NHS number in its own way', () => {
    expect(decideLocal(notEnough('nhs_number'), [], false).action).toBe('Add the NHS number.');
  });
});
