import { expect, it } from 'vitest';
import { viewSteps } from '../../src/report/view-steps.ts';

const STEPS = [
  {
    step: 'supplied-number',
    ask: 'getPatientDetailsByNHSNumber',
    after: ['begin'],
    send: { nhs_number: 'as-given', birth_date: 'as-given' },
  },
  {
    step: 'half',
    ask: 'getPatientDetailsBySearch',
    after: ['nobody'],
    send: { family_name: 'half', gender: undefined },
  },
] as const;

it('adds up the steps of the policy in their order', () => {
  expect(viewSteps({ half: 1, 'supplied-number': 2 }, STEPS, 4)).toEqual([
    {
      step: 'supplied-number',
      asks: 'NHS number, date of birth',
      count: '2',
      share: '50.0%',
      rateSoFar: '50.0%',
    },
    {
      step: 'half',
      asks: 'family name (one half of it)',
      count: '1',
      share: '25.0%',
      rateSoFar: '75.0%',
    },
  ]);
});

it('shows steps that gave no number, and those that the policy does not name', () => {
  const steps = viewSteps({ gone: 1 }, STEPS, 1);

  expect(steps.map(({ step, count }) => [step, count])).toEqual([
    ['supplied-number', '0'],
    ['half', '0'],
    ['gone', '1'],
  ]);
});
