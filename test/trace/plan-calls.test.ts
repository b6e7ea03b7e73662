import { describe, expect, it } from 'vitest';
import { planCall, type SearchPolicy } from '../../src/trace/plan-calls.ts';
import { aBirthDate, aNumber, aPostcode, aStoredSubject } from '../support/people.ts';

const POLICY: SearchPolicy = {
  suppliedNumber: 'getPatientDetailsByNHSNumber',
  noNumber: 'getPatientDetailsBySearch',
};
const RUN = 'run-1';
const NUMBER = aNumber();

describe('a subject with a number', () => {
  it('is verified on number, date of birth and names', () => {
    expect(planCall(aStoredSubject(7, { nhsNumber: NUMBER }), POLICY, RUN)).toEqual({
      step: 'supplied-number',
      request: {
        operation: 'getPatientDetailsByNHSNumber',
        nhsNumber: NUMBER,
        birthDate: aBirthDate(),
        familyName: "O'Testby",
        givenName: 'Rowan',
        localIdentifier: 'run-1-7',
      },
    });
  });

  it('is verified with an initial, which can only confirm', () => {
    const { request } = planCall(
      aStoredSubject(7, { nhsNumber: NUMBER, givenName: 'R' }),
      POLICY,
      RUN,
    );

    expect(request.givenName).toBe('R');
  });

  it('is verified without names when there are none', () => {
    const subject = aStoredSubject(7, {
      nhsNumber: NUMBER,
      familyName: undefined,
      givenName: undefined,
    });

    expect(planCall(subject, POLICY, RUN).request).toEqual({
      operation: 'getPatientDetailsByNHSNumber',
      nhsNumber: NUMBER,
      birthDate: aBirthDate(),
      localIdentifier: 'run-1-7',
    });
  });

  it.each(['verifyNHSNumber', 'getPatientDetails'] as const)('is verified by %s', (operation) => {
    const policy = { ...POLICY, suppliedNumber: operation };

    const { request } = planCall(aStoredSubject(7, { nhsNumber: NUMBER }), policy, RUN);

    expect(request.operation).toBe(operation);
  });
});

describe('a subject without a number', () => {
  it('is searched for with all that it has', () => {
    expect(planCall(aStoredSubject(8), POLICY, RUN)).toEqual({
      step: 'all-details',
      request: {
        operation: 'getPatientDetailsBySearch',
        birthDate: aBirthDate(),
        familyName: "O'Testby",
        givenName: 'Rowan',
        gender: '2',
        postcode: aPostcode(),
        localIdentifier: 'run-1-8',
      },
    });
  });

  it.each(['R', 'R.', ' r ', 'É'])('is not searched for with an initial: %s', (givenName) => {
    const { request } = planCall(aStoredSubject(8, { givenName }), POLICY, RUN);

    expect(request).not.toHaveProperty('givenName');
  });

  it('is searched for without what is absent', () => {
    const subject = aStoredSubject(8, {
      familyName: undefined,
      givenName: undefined,
      gender: undefined,
      postcode: undefined,
    });

    expect(planCall(subject, POLICY, RUN).request).toEqual({
      operation: 'getPatientDetailsBySearch',
      birthDate: aBirthDate(),
      localIdentifier: 'run-1-8',
    });
  });

  it.each(['getNHSNumber', 'getPatientDetails'] as const)('is searched for by %s', (operation) => {
    const policy = { ...POLICY, noNumber: operation };

    expect(planCall(aStoredSubject(8), policy, RUN).request.operation).toBe(operation);
  });

  it('never sends the other given names', () => {
    const { request } = planCall(aStoredSubject(8, { otherGivenNames: 'Alex' }), POLICY, RUN);

    expect(JSON.stringify(request)).not.toContain('Alex');
  });
});

it.each([undefined, aNumber()])(
  'refuses a subject without a date of birth: number %s',
  (nhsNumber) => {
    const subject = aStoredSubject(9, { birthDate: undefined, nhsNumber });

    expect(() => planCall(subject, POLICY, RUN)).toThrow('without a date of birth');
  },
);
