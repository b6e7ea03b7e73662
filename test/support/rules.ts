import { parseJob } from '../../src/config/load-job.ts';
import type { SHIPPED_POLICIES } from '../../src/config/load-policy.ts';
import type { SearchPolicy } from '../../src/domain/search-policy.ts';
import type { DecisionRules } from '../../src/reconcile/decide.ts';

/** A search policy that comes with the program, with some keys of its own. */
export function aPolicy(
  changes: Partial<SearchPolicy> = {},
  name: (typeof SHIPPED_POLICIES)[number] = 'verify',
): SearchPolicy {
  return { ...parseJob(`name: mine\npolicy: ${name}\n`, 'mine.yaml').policy, ...changes };
}

/** What decisions follow from: the policy of the nightly job, without corrections. */
export function someRules(changes: Partial<DecisionRules> = {}): DecisionRules {
  return { policy: aPolicy(), accept_corrections: false, ...changes };
}
