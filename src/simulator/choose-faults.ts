/** Which scripted faults a request meets. */
import type { Deed } from './deeds.ts';
import { fold } from './population-index.ts';
import type { Query } from './query.ts';
import type { FaultCondition, ScriptedFaults } from './scripted-faults.ts';
import type { Operation } from './wire-names.ts';

/** What the conditions of a rule are held against. */
export interface Occasion {
  /** 1 for the first request since the start. */
  readonly requestNumber: number;
  /** Seconds since the start. */
  readonly second: number;
  readonly operation: Operation | undefined;
  /** Absent when the request did not get as far as being understood. */
  readonly query: Query | undefined;
}

export interface ChosenFaults {
  /** The sum of all waits. */
  readonly waitMs: number;
  /** What is done instead of, or to, the right answer. */
  readonly deed: Exclude<Deed, { kind: 'slow' }> | undefined;
}

export interface FaultChooser {
  choose(occasion: Occasion): ChosenFaults;
  /** Whether an outage that depends on nothing but the time is on: no connection is let in. */
  isOutage(second: number): boolean;
}

/** Keeps count of the rules that hold no more than so many times. */
export function createFaultChooser({ seed, rules }: ScriptedFaults): FaultChooser {
  const played = rules.map(() => 0);
  const holds = (place: number, occasion: Occasion): boolean => {
    const when = rules[place]?.when ?? {};
    const isLeft = when.times === undefined || (played[place] ?? 0) < when.times;
    return (
      isLeft &&
      isRightTime(when, occasion) &&
      isRightRequest(when, occasion) &&
      isInShare(when, seed, place, occasion.requestNumber)
    );
  };
  return {
    choose(occasion) {
      let waitMs = 0;
      let chosen: ChosenFaults['deed'];
      for (const [place, rule] of rules.entries()) {
        const isWait = rule.do.kind === 'slow';
        if ((!isWait && chosen !== undefined) || !holds(place, occasion)) continue;
        played[place] = (played[place] ?? 0) + 1;
        if (rule.do.kind === 'slow') waitMs += rule.do.ms;
        else chosen = rule.do;
      }
      return { waitMs, deed: chosen };
    },
    isOutage: (second) =>
      rules.some(({ when, do: { kind } }) => {
        const isTimeOnly = Object.keys(when).every((key) => /^(from|to)_second$/.test(key));
        return kind === 'outage' && isTimeOnly && isInSeconds(when, second);
      }),
  };
}

function isRightTime(when: FaultCondition, { requestNumber, second }: Occasion): boolean {
  const { requests, every } = when;
  if (every !== undefined && requestNumber % every !== 0) return false;
  if (!isInSeconds(when, second)) return false;
  if (requests === undefined) return true;
  if ('every' in requests) return requestNumber % requests.every === 0;
  return requests.from <= requestNumber && requestNumber <= requests.to;
}

function isInSeconds({ from_second, to_second }: FaultCondition, second: number): boolean {
  return second >= (from_second ?? 0) && second < (to_second ?? Number.POSITIVE_INFINITY);
}

function isRightRequest(when: FaultCondition, { operation, query }: Occasion): boolean {
  const { nhs_number: number, family_name: name } = when;
  if (when.operation !== undefined && when.operation !== operation) return false;
  if (number !== undefined && number !== query?.nhsNumber) return false;
  return name === undefined || fold(name) === fold(query?.familyName ?? '');
}

function isInShare(
  { share }: FaultCondition,
  seed: number,
  place: number,
  requestNumber: number,
): boolean {
  return share === undefined || chance(seed, place, requestNumber) < share;
}

/** A number from 0 to below 1 that is always the same for the same seed, rule and request. */
function chance(seed: number, place: number, requestNumber: number): number {
  let hash = seed ^ Math.imul(place + 1, 0x9e3779b1) ^ Math.imul(requestNumber, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
