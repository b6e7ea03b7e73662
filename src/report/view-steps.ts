/** How the match rate came about, step by step of the search. Pure. */

import { percent, whole } from '../domain/figures.ts';
import { FIELD_LABELS } from '../domain/finding.ts';
import type { SearchPolicy, SentField } from '../domain/search-policy.ts';

export interface StepView {
  readonly step: string;
  readonly asks: string;
  readonly count: string;
  readonly share: string;
  /** Of all rows, with this step and those above it. */
  readonly rateSoFar: string;
}

/** Every step of the policy in its order, then any other that gave a number. */
export function viewSteps(
  matchesByStep: Readonly<Record<string, number>>,
  steps: SearchPolicy['steps'],
  rows: number,
): readonly StepView[] {
  const named = steps.map(({ step, send }) => ({ step, asks: sentWords(send) }));
  const known = new Set(steps.map(({ step }) => step));
  const others = Object.keys(matchesByStep).filter((step) => !known.has(step));
  let soFar = 0;
  return [...named, ...others.map((step) => ({ step, asks: '' }))].map(({ step, asks }) => {
    const count = matchesByStep[step] ?? 0;
    soFar += count;
    return {
      step,
      asks,
      count: whole(count),
      share: percent(count, rows),
      rateSoFar: percent(soFar, rows),
    };
  });
}

/** `family name (previous), given name, date of birth`. */
function sentWords(send: SearchPolicy['steps'][number]['send']): string {
  return Object.entries(send)
    .filter(([, form]) => form !== undefined)
    .map(([field, form]) => {
      const label = FIELD_LABELS[field as SentField].replace(/^[A-Z](?=[a-z])/, (letter) =>
        letter.toLowerCase(),
      );
      return form === 'as-given' ? label : `${label} (${form})`;
    })
    .join(', ');
}
