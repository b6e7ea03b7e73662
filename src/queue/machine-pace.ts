/** The pace for all runs of one machine, by the same rules as in Redis. */
import type { DatabaseSync } from 'node:sqlite';
import type { Priority } from '../domain/priority.ts';
import type { SendingRules } from '../domain/sending-hours.ts';
import { FatalError } from '../errors.ts';
import { inTransaction } from '../lib/in-transaction.ts';
import { type Asked, createPace, type PaceOptions, type Taken } from './pace.ts';
import { createPaceDay } from './pace-day.ts';
import { createShares } from './pace-shares.ts';
import { AHEAD_MS, spacingOf } from './pace-spacing.ts';
import type { Pace } from './trace-queue.ts';

/** Whoever is so much later than he said does not count as waiting any more, in milliseconds. */
const PATIENCE_MS = 25;

export interface MachinePaceOptions extends PaceOptions {
  readonly rules: SendingRules;
  readonly priority: Priority;
  /** How many requests this run has sent since an instant, in milliseconds since 1970. */
  readonly sentSince: (ms: number) => number;
}

interface Span {
  readonly now: number;
  /** Places that came since may be made up for. */
  readonly since: number;
  readonly until: number;
}

/** What is kept of one provider between two places. */
interface Standing {
  readonly nextAt: number;
  readonly lastAt: number;
  readonly heldUntil: number;
}

/**
 * `file` is a PACE_FILE; `provider` tells those in it apart. What the file refuses is thrown as a FatalError: without a
 * place nothing may leave.
 */
export function createMachinePace(
  file: DatabaseSync,
  provider: string,
  options: MachinePaceOptions,
): Pace {
  const { clock, rules, sentSince } = options;
  const { places, windowMs, evenMs, leastMs } = spacingOf(options.ratePerSecond);
  const standing = file.prepare(
    'SELECT next_at AS nextAt, last_at AS lastAt, held_until AS heldUntil FROM pace WHERE provider = ?',
  );
  const begin = file.prepare('INSERT OR REPLACE INTO pace VALUES (?, ?, ?, 0, 0)');
  const forgetAskers = file.prepare('DELETE FROM asker WHERE provider = ?');
  const goOn = file.prepare('UPDATE pace SET next_at = ?, last_at = ? WHERE provider = ?');
  const sooner = file.prepare('UPDATE pace SET next_at = next_at - ? WHERE provider = ?');
  const hold = file.prepare('UPDATE pace SET held_until = max(held_until, ?) WHERE provider = ?');
  const put = file.prepare('INSERT INTO place VALUES (?, ?, ?)');
  const forget = file.prepare('DELETE FROM place WHERE provider = ? AND counts_at <= ?');
  const full = file.prepare(
    'SELECT counts_at AS countsAt FROM place WHERE provider = ? ORDER BY counts_at DESC LIMIT 1 OFFSET ?',
  );
  const giveBack = file.prepare('DELETE FROM place WHERE provider = ? AND place_at = ?');
  const late = file.prepare(
    'UPDATE place SET counts_at = counts_at + ? WHERE provider = ? AND place_at = ?',
  );
  // Of a provider that nobody asked yet nothing is known: something may have been sent just now. The same when the
  // machine was started again, for then its clock has begun anew.
  const look = (now: number): Standing => {
    const known = standing.get(provider) as Standing | undefined;
    if (known !== undefined && known.lastAt <= now + AHEAD_MS) return known;
    begin.run(provider, now + evenMs, now);
    forget.run(provider, Number.MAX_VALUE);
    forgetAskers.run(provider);
    return { nextAt: now + evenMs, lastAt: now, heldUntil: 0 };
  };
  const { day, shares } = inTransaction(file, () => {
    look(clock.machineMs());
    return {
      day: createPaceDay(file, provider, rules, sentSince, clock),
      shares: createShares(file, provider, options),
    };
  });

  /** The places from now `until`, `most` of them, and when the one after them comes. */
  const occupy = (most: number, widerMs: number, span: Span) => {
    const { now, since, until } = span;
    const taken: number[] = [];
    let { nextAt, lastAt, heldUntil } = look(now);
    for (;;) {
      const due = Math.max(nextAt, heldUntil, since);
      const before = full.get(provider, places - 1)?.['countsAt'] ?? Number.NEGATIVE_INFINITY;
      const at = Math.max(due, now, lastAt + leastMs, Number(before) + windowMs);
      if (taken.length >= most || at > until) {
        goOn.run(nextAt, lastAt, provider);
        return { taken, at, heldUntil };
      }
      taken.push(at);
      put.run(provider, at, at + widerMs);
      nextAt = due + evenMs;
      lastAt = at;
    }
  };
  const take = ({ wanted, widerMs, madeUpMs }: Asked): Taken => {
    const now = clock.machineMs();
    const { name: today, left, pause, openMs, closesInMs } = day.look();
    if (pause !== undefined)
      return { places: [], againMs: pause.untilMs - clock.now().getTime(), pause };
    forget.run(provider, now - windowMs);
    const isMyTurn = shares.isMyTurn(now);
    const most = Math.min(wanted, left);
    const { taken, at, heldUntil } = occupy(isMyTurn ? most : 0, widerMs, {
      now,
      since: now - Math.min(madeUpMs, openMs),
      until: now + Math.min(AHEAD_MS, closesInMs - 1),
    });
    day.count(today, taken.length);
    // Whose turn it is has had the place by then, or does not want it.
    const againAt = isMyTurn ? at - AHEAD_MS / 2 : Math.max(at, now + AHEAD_MS) + AHEAD_MS;
    const isWaiting = taken.length < most;
    shares.took(taken.length, isWaiting ? againAt + PATIENCE_MS + widerMs : now, now);
    return {
      places: taken.map((place) => ({ id: place, inMs: place - now, day: today })),
      againMs: againAt - now,
      heldMs: heldUntil - now,
    };
  };
  /** All of it or nothing, and nobody in between. */
  const whole = async <T>(work: () => T): Promise<T> => {
    try {
      return inTransaction(file, work);
    } catch (cause) {
      throw new FatalError(
        'pace',
        `the pace of the runs cannot be kept in ${file.location()}: ${wordsOf(cause)}`,
        { cause },
      );
    }
  };
  return createPace(
    {
      take: (asked) => whole(() => take(asked)),
      giveBack: ({ id, day: on }) =>
        whole(() => {
          if (giveBack.run(provider, id).changes > 0) sooner.run(evenMs, provider);
          day.count(on, -1);
        }),
      late: ({ id }, ms) =>
        whole(() => {
          late.run(ms, provider, id);
        }),
      hold: (ms) =>
        whole(() => {
          hold.run(clock.machineMs() + ms, provider);
        }),
    },
    options,
  );
}

/** SQLite's own, in which nothing stands of what it was asked to write. */
function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
