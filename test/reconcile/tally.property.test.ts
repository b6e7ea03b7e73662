import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import { EXCEPTION_CODES, OUTCOMES } from '../../src/domain/exception.ts';
import { createTally } from '../../src/reconcile/tally.ts';
import { aNumber } from '../support/people.ts';

const decision: fc.Arbitrary<Decision> = fc.oneof(
  fc.constantFrom(...OUTCOMES).map((outcome): Decision => {
    return { kind: 'match', outcome, nhsNumber: aNumber(), status: '01' };
  }),
  fc
    .tuple(fc.constantFrom(...EXCEPTION_CODES), fc.integer({ min: 0, max: 300 }), fc.boolean())
    .map(([code, words, hasCandidate]): Decision => {
      const reason = `Reason ${words}.`;
      const candidate = hasCandidate ? { candidate: aNumber() } : {};
      return { kind: 'exception', code, reason, action: 'Look.', status: '04', ...candidate };
    }),
);

it('adds up for any mix of decisions', () => {
  fc.assert(
    fc.property(fc.array(decision, { maxLength: 600, size: 'max' }), (decisions) => {
      const tally = createTally();
      decisions.forEach((one, at) => {
        tally.add({
          row: at + 1,
          cells: [],
          decision: one,
          responseCode: '',
          step: '',
          source: 'provider',
          messageId: '',
          at: '',
        });
      });

      const { rows, outcomes, exceptions, causes } = tally.totals();

      const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);
      expect(rows).toBe(decisions.length);
      expect(sum([...Object.values(outcomes), ...Object.values(exceptions)])).toBe(rows);
      for (const outcome of OUTCOMES) {
        const expected = decisions.filter((d) => d.kind === 'match' && d.outcome === outcome);
        expect(outcomes[outcome]).toBe(expected.length);
      }
      for (const code of EXCEPTION_CODES) {
        const expected = decisions.filter((d) => d.kind === 'exception' && d.code === code);
        expect(exceptions[code]).toBe(expected.length);
        const ofCode = causes.filter((cause) => cause.code === code);
        expect(sum(ofCode.map(({ count }) => count))).toBe(expected.length);
      }
      for (const cause of causes) expect(cause.rows).toHaveLength(Math.min(200, cause.count));
    }),
    { numRuns: 60 },
  );
});
