/** What `doctor` says of what it looked at. */

export type CheckState = 'ok' | 'warning' | 'fault' | 'not looked at';

export interface Check {
  readonly state: CheckState;
  /** What was looked at, in a word or two. */
  readonly area: string;
  /** What was found, in words for people. */
  readonly what: string;
  /** What to do; absent when there is nothing to mend, and where `what` says it. */
  readonly mend?: string;
}

/** Says checks of one area. */
export interface Say {
  ok(what: string): Check;
  warning(what: string, mend?: string): Check;
  fault(what: string, mend?: string): Check;
  notLookedAt(what: string): Check;
}

export function checksOf(area: string): Say {
  const say = (state: CheckState, what: string, mend?: string): Check => ({
    ...{ state, area, what },
    ...(mend === undefined ? {} : { mend }),
  });
  return {
    ok: (what) => say('ok', what),
    warning: (what, mend) => say('warning', what, mend),
    fault: (what, mend) => say('fault', what, mend),
    notLookedAt: (what) => say('not looked at', what),
  };
}
