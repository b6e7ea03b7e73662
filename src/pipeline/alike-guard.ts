/** Notices a provider that answers everybody alike: its answers mean nothing. */
import type { Asked } from '../domain/record.ts';
import type { Answer } from '../domain/trace.ts';

/** So many people without a single other answer than one and the same refusal to find. */
const FEWEST_PEOPLE = 100;
/** One NHS number for so many of the last people that were given one. */
const ALIKE = 20;
const LAST = 40;

export interface AlikeGuard {
  /** The answers about one person. */
  add(asked: readonly Asked[]): void;
  /** Why a person should look at the provider, or undefined. */
  reason(): string | undefined;
}

export function createAlikeGuard(): AlikeGuard {
  const codes = new Set<string>();
  let people = 0;
  let hasFound = false;
  /** Of the last people that were given one. */
  const numbers: string[] = [];
  let mostAlike = 0;
  const addNumber = (number: string): void => {
    numbers.push(number);
    if (numbers.length > LAST) numbers.shift();
    mostAlike = Math.max(mostAlike, numbers.filter((other) => other === number).length);
  };
  return {
    add: (asked) => {
      people += 1;
      for (const { code } of asked) codes.add(code);
      const number = asked.map(({ answer }) => numberIn(answer)).findLast(Boolean);
      if (number === undefined) return;
      hasFound = true;
      addNumber(number);
    },
    reason: () => {
      if (mostAlike >= ALIKE)
        return `the provider gave one and the same NHS number for ${mostAlike} of the last ${numbers.length} people. ${LOOK}`;
      if (people >= FEWEST_PEOPLE && codes.size === 1 && !hasFound)
        return `the provider answered every request about the first ${people} people alike (${[...codes]}). ${LOOK}`;
      return undefined;
    },
  };
}

const LOOK = 'Ask whoever runs it; resume once it is mended';

/** Of somebody that the provider found, whether or not it was the person asked about. */
function numberIn(answer: Answer): string | undefined {
  return answer.kind === 'found' || answer.kind === 'other-number' ? answer.nhsNumber : undefined;
}
