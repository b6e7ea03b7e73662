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

/** `family name (the previous one), given name, date of birth`. */
function sentWords(send: SearchPolicy['steps'][number]['send']): string {
  return Object.entries(send)
    .flatMap(([field, form]) => (form === undefined ? [] : fieldWords(field as SentField, form)))
    .join(', ');
}

function fieldWords(field: SentField, form: string): string {
  const label = FIELD_LABELS[field].replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
  return form === 'as-given' ? label : `${label} (${formWords(field, form)})`;
}

function formWords(field: SentField, form: string): string {
  if (form === 'exchanged') return field === 'birth_date' ? 'day and month exchanged' : 'exchanged';
  return FORM_WORDS[form] ?? form;
}

/** What each form of a field is, beside its name. */
const FORM_WORDS: Readonly<Record<string, string>> = {
  spelling: 'another spelling',
  half: 'one half of it',
  previous: 'the previous one',
  registered: 'what a short form stands for',
  start: 'its beginning',
};
