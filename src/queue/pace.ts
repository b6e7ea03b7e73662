/** Whoever waits for a place under the rate, in order; where the places are kept is the store's business. */
import type { Pause } from '../domain/sending-hours.ts';
import { TooLateError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import { createRoom, type Room } from './pace-room.ts';
import { MADE_UP_MS, spacingOf } from './pace-spacing.ts';
import type { Pace, Place } from './trace-queue.ts';

/** Nobody sleeps longer: a clock may be set, a machine may be put to sleep. */
const LONGEST_NAP_MS = 15_000;

/** Where the places are. */
export interface Places {
  /** Takes the places that are free, or will be in a moment. */
  take(asked: Asked): Promise<Taken>;
  /** Nothing was sent in a place: another may have it. */
  giveBack(place: TakenPlace): Promise<void>;
  /** A request left so much later than it may: it counts as sent so much later. */
  late(place: TakenPlace, ms: number): Promise<void>;
  /** No place is free for so long, unless a longer hold is in force. */
  hold(ms: number): Promise<void>;
}

export interface Asked {
  /** At most so many; may be 0. */
  readonly wanted: number;
  /** Requests leave so much later than is standard, in milliseconds. */
  readonly widerMs: number;
  /** Somebody has been waiting for so long, so places that came since may be made up for. */
  readonly madeUpMs: number;
}

export interface Taken {
  readonly places: readonly TakenPlace[];
  /** When to ask for more, in milliseconds from the answer. */
  readonly againMs: number;
  /** Why none is to be had for longer. */
  readonly pause?: Pause;
  /** How long a hold is still in force, in milliseconds; 0 or less when none is. */
  readonly heldMs?: number;
}

export interface TakenPlace {
  /** Its name in the store. */
  readonly id: number;
  /** When it comes, in milliseconds from the answer. */
  readonly inMs: number;
  /** The day for which it counts. */
  readonly day: string;
}

export interface PaceOptions {
  readonly ratePerSecond: number;
  readonly clock: Clock;
  /** Called once for each pause that makes somebody wait. */
  readonly onPause: (pause: Pause) => void;
}

/** A place by the clock of this process. */
interface Grant {
  readonly place: TakenPlace;
  /** Not to be used before. */
  readonly atMs: number;
  /** The earliest moment at which, by the store's clock, it may have come. */
  readonly sinceMs: number;
  readonly roomMs: number;
}

interface Waiting {
  /** Also through places that came too late for it. */
  readonly sinceMs: number;
  readonly go: (grant: Grant) => void;
  readonly fail: (error: unknown) => void;
}

/** One question at a time of each process, for all who wait. */
export function createPace(places: Places, options: PaceOptions): Pace {
  const { clock, onPause } = options;
  const { roomMs: standardMs } = spacingOf(options.ratePerSecond);
  const room = createRoom(standardMs);
  const line = new Set<Waiting>();
  let isServing = false;
  let nap = new AbortController();
  let toldUntilMs = 0;

  const sleep = async (ms: number): Promise<void> => {
    nap = new AbortController();
    await clock.sleep(Math.min(ms, LONGEST_NAP_MS), nap.signal).catch(() => undefined);
  };
  const serveOnce = async (): Promise<void> => {
    const askedMs = clock.preciseMs();
    const roomMs = room.ms();
    const longestSinceMs = Math.min(askedMs, ...[...line].map(({ sinceMs }) => sinceMs));
    const {
      places: taken,
      againMs,
      pause,
    } = await places.take({
      wanted: line.size,
      widerMs: roomMs - standardMs,
      madeUpMs: Math.min(MADE_UP_MS, askedMs - longestSinceMs),
    });
    const answeredMs = clock.preciseMs();
    const waiting = [...line];
    for (const [at, place] of taken.entries()) {
      const { inMs } = place;
      const grant = { place, atMs: answeredMs + inMs, sinceMs: askedMs + inMs, roomMs };
      waiting[at]?.go(grant);
    }
    if (pause !== undefined && pause.untilMs !== toldUntilMs) {
      toldUntilMs = pause.untilMs;
      onPause(pause);
    }
    if (line.size > 0) await sleep(Math.max(1, againMs));
  };
  const serve = async (): Promise<void> => {
    if (isServing) return;
    isServing = true;
    try {
      while (line.size > 0) await serveOnce();
    } catch (error) {
      for (const waiting of line) waiting.fail(error);
    } finally {
      isServing = false;
    }
  };
  const stand = (sinceMs: number, signal: AbortSignal): Promise<Grant> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const callOff = (): void => waiting.fail(signal.reason);
      const leave = (): void => {
        signal.removeEventListener('abort', callOff);
        line.delete(waiting);
        if (line.size === 0) nap.abort();
      };
      const waiting: Waiting = {
        sinceMs,
        go: (grant) => {
          leave();
          resolve(grant);
        },
        fail: (error) => {
          leave();
          reject(error);
        },
      };
      signal.addEventListener('abort', callOff);
      line.add(waiting);
      void serve();
    });
  return {
    turn: async (signal) => {
      const sinceMs = clock.preciseMs();
      for (;;) {
        const grant = await stand(sinceMs, signal);
        const waitMs = grant.atMs - clock.preciseMs();
        if (waitMs > 0) await clock.sleep(Math.ceil(waitMs), signal);
        const place = placeOf(grant, room, places, clock);
        if (place.isInTime()) return place;
      }
    },
    hold: (ms) => places.hold(ms),
    pause: async () => {
      const { pause, heldMs = 0 } = await places.take({ wanted: 0, widerMs: 0, madeUpMs: 0 });
      if (pause !== undefined || heldMs <= 0) return pause;
      return { reason: 'provider', untilMs: Math.ceil(clock.now().getTime() + heldMs) };
    },
  };
}

/**
 * A place is used in time or given back. What keeps a process busy between the last look and the wire
 * is seen only afterwards: it is put on record, long before the second is over.
 */
function placeOf(
  { place, sinceMs, roomMs }: Grant,
  room: Room,
  places: Places,
  clock: Clock,
): Place & { isInTime(): boolean } {
  const lateMs = (): number => clock.preciseMs() - sinceMs;
  // A store that is away for the moment gives nobody a place either.
  const ignore = (): void => undefined;
  /** When it is not, another may have it. */
  const isInTime = (): boolean => {
    const ms = lateMs();
    if (ms <= roomMs) return true;
    room.note(ms);
    places.giveBack(place).catch(ignore);
    return false;
  };
  return {
    isInTime,
    leave: () => {
      if (!isInTime()) throw new TooLateError();
      room.note(lateMs());
      queueMicrotask(() => {
        const overMs = lateMs() - roomMs;
        if (overMs > 0) places.late(place, overMs).catch(ignore);
      });
    },
  };
}
