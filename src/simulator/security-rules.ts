/** Rules about the security header: who asks, and for how long the message is good. */
import { accessDenied, invalid } from './fault.ts';
import type { Rule } from './rule.ts';

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/** Says nothing about a message without a timestamp: a later rule does. */
const timesAreWritten: Rule = ({ timestamp, created, expires }, { isStrict }) => {
  if (timestamp === undefined) return undefined;
  const times = [created, expires].map((text) => readTime(text, isStrict));
  return times.includes(undefined)
    ? invalid('wsu:Created or wsu:Expires is missing or is not a date and time')
    : undefined;
};

const userIsKnown: Rule = ({ username }, { authorisedUsernames }) => {
  if (!username) return accessDenied('there is no username');
  return authorisedUsernames === undefined || authorisedUsernames.includes(username)
    ? undefined
    : accessDenied('the user is unknown or not authorised');
};

const timestampIsThere: Rule = ({ timestamp }) =>
  timestamp === undefined ? invalid('the security header has no timestamp') : undefined;

const timeIsRight: Rule = ({ created, expires }, { nowMs, isStrict }) => {
  const [from, to] = [readTime(created, isStrict), readTime(expires, isStrict)];
  const isNow = from !== undefined && to !== undefined && from <= nowMs && nowMs <= to;
  return isNow ? undefined : invalid('the message is not yet, or no longer, good');
};

/** Milliseconds; a time without a zone is UTC, and strict reading does not take it. */
function readTime(text: string | undefined, isStrict: boolean): number | undefined {
  const parts = TIME.exec(text ?? '');
  if (parts === null || (isStrict && parts[1] === undefined)) return undefined;
  const timeMs = Date.parse(parts[1] === undefined ? `${parts[0]}Z` : withColon(parts[0]));
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/** `+0100` becomes `+01:00`. */
function withColon(text: string): string {
  return text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
}

export const securityRules = { timesAreWritten, userIsKnown, timestampIsThere, timeIsRight };
