/** Whoever waits for a place, wherever the places are kept: in order, in time, all told when it fails. */
import { describe, expect, it } from 'vitest';
import type { Pause } from '../../src/domain/sending-hours.ts';
import { TooLateError } from '../../src/errors.ts';
import { type Asked, createPace, type Places, type TakenPlace } from '../../src/queue/pace.ts';
import { spacingOf } from '../../src/queue/pace-spacing.ts';
import type { Pace, Place } from '../../src/queue/trace-queue.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

const never = new AbortController().signal;
const { roomMs } = spacingOf(100);
const HOURS = { reason: 'hours', untilMs: 5000 } as const;

type Script = readonly (number | Error | Pause)[];

/** Places that answer as the script says, then are all free; what was asked; what became of them. */
function somePlaces(script: Script, clock: VirtualClock, answerMs = 0) {
  const asked: Asked[] = [];
  const events: unknown[] = [];
  let ids = 0;
  const places: Places = {
    take: async (question) => {
      const answer = script[asked.length] ?? question.wanted;
      asked.push(question);
      clock.pass(answerMs);
      if (answer instanceof Error) throw answer;
      if (typeof answer !== 'number') return { places: [], againMs: 1000, pause: answer };
      const count = Math.min(answer, question.wanted);
      const taken = Array.from({ length: count }, (_, at): TakenPlace => {
        ids += 1;
        return { id: ids, inMs: 2 * at, day: '2026-11-22' };
      });
      return { places: taken, againMs: 5 };
    },
    giveBack: async ({ id }) => void events.push(['back', id]),
    late: async ({ id }, ms) => void events.push(['late', id, ms]),
    hold: async (ms) => void events.push(['hold', ms]),
  };
  return { places, asked, events };
}

function aWorld(script: Script, { answerMs = 0 } = {}) {
  const clock = createVirtualClock(1000);
  const pauses: Pause[] = [];
  const { places, asked, events } = somePlaces(script, clock, answerMs);
  const onPause = (pause: Pause): void => void pauses.push(pause);
  const pace = createPace(places, { ratePerSecond: 100, clock, onPause });
  return { clock, pace, asked, events, pauses, wanted: () => asked.map(({ wanted }) => wanted) };
}

/** Asks for so many turns at once, and writes down who got one, and when. */
function ask(pace: Pace, clock: VirtualClock, count: number, signal = never) {
  const served: number[] = [];
  const times: number[] = [];
  const turns = Array.from({ length: count }, async (_, at) => {
    const place = await pace.turn(signal);
    served.push(at);
    times.push(clock.preciseMs());
    return place;
  });
  return { served, times, all: Promise.allSettled(turns) };
}

describe('whoever waits', () => {
  it('is served in order, as many at once as there are places, each when it comes', async () => {
    const { pace, clock, wanted } = aWorld([1, 3, 0, 2]);

    const { served, times, all } = ask(pace, clock, 6);
    await clock.run(all);

    expect(served).toEqual([0, 1, 2, 3, 4, 5]);
    expect(wanted()).toEqual([1, 5, 2, 2]);
    // Asked again a moment before the next place comes.
    expect(times).toEqual([1000, 1005, 1007, 1009, 1015, 1017]);
  });

  it('later joins those who wait, and does not ask for himself', async () => {
    const { pace, clock, wanted } = aWorld([0, 2]);
    const first = pace.turn(never);
    const second = clock.sleep(2).then(() => pace.turn(never));

    await clock.run(Promise.all([first, second]));

    expect(wanted()).toEqual([1, 2]);
  });

  it('says for how long, so that what he missed is made up for; not more than there is to it', async () => {
    const { pace, clock, asked } = aWorld([0, 0, 1]);
    const first = pace.turn(never);
    void clock.sleep(3).then(() => clock.pass(40));
    void clock.sleep(60).then(() => clock.pass(500));

    await clock.run(first);

    expect(asked.map(({ madeUpMs }) => madeUpMs)).toEqual([0, 43, 48]);
    const later = aWorld([0, 1]);
    const waiting = later.pace.turn(never);
    void later.clock.sleep(1).then(() => later.clock.pass(500));
    await later.clock.run(waiting);
    expect(later.asked.map(({ madeUpMs }) => madeUpMs)).toEqual([0, 100]);
  });

  it('counts as waiting through a place that came too late for him', async () => {
    const { pace, clock, asked, events } = aWorld([1, 2]);
    const { all } = ask(pace, clock, 3);
    void clock.sleep(6).then(() => clock.pass(20 + roomMs));

    await clock.run(all);

    expect(events).toEqual([['back', 3]]);
    expect(asked.map(({ madeUpMs }) => madeUpMs)).toEqual([0, 5, 26 + roomMs]);
  });

  it('is called off at once, alone, and costs nobody a place', async () => {
    const { pace, clock, wanted } = aWorld([0, 1]);
    const stop = new AbortController();
    const first = pace.turn(stop.signal);
    const second = pace.turn(never);
    void clock.sleep(1).then(() => stop.abort(new Error('called off')));

    await clock.run(Promise.allSettled([first, second]));

    await expect(first).rejects.toThrow('called off');
    await second;
    expect(wanted()).toEqual([1, 1]);
  });

  it('wakes nobody up when the last of them has gone', async () => {
    const { pace, clock, wanted } = aWorld([0, 0, 1]);
    const stop = new AbortController();
    const { all } = ask(pace, clock, 3, stop.signal);
    void clock.sleep(1).then(() => stop.abort(new Error('called off')));

    const ends = await clock.run(all);
    await clock.run(clock.sleep(100));

    expect(ends.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect(wanted()).toHaveLength(1);
    expect(await clock.run(pace.turn(never))).toBeDefined();
  });

  it('can be called off between getting a place and its coming', async () => {
    const { pace, clock } = aWorld([]);
    const stop = new AbortController();
    const first = pace.turn(never);
    const second = ask(pace, clock, 2, stop.signal).all;
    void clock.sleep(6).then(() => stop.abort(new Error('called off')));

    await clock.run(first);

    expect((await clock.run(second)).map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
    ]);
  });

  it('was called off before: nothing is asked', async () => {
    const { pace, wanted } = aWorld([1]);

    const turn = pace.turn(AbortSignal.abort(new Error('called off')));

    await expect(turn).rejects.toThrow('called off');
    expect(wanted()).toEqual([]);
  });

  it('leaves nothing behind at the signal he came with', async () => {
    const { pace, clock } = aWorld([1, 0, 2]);
    const stop = new AbortController();
    let listeners = 0;
    const { addEventListener: add, removeEventListener: remove } = stop.signal;
    stop.signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add.apply(stop.signal, args);
    };
    stop.signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove.apply(stop.signal, args);
    };

    await clock.run(ask(pace, clock, 3, stop.signal).all);

    expect(listeners).toBe(0);
  });
});

describe('a pause', () => {
  it('is told once, however often it is asked about, and once more when it is another', async () => {
    const other = { reason: 'daily-limit', untilMs: 9000 } as const;
    const { pace, clock, pauses } = aWorld([HOURS, HOURS, HOURS, other]);

    await clock.run(pace.turn(never));

    expect(pauses).toEqual([HOURS, other]);
  });

  it('is told to whoever asks, without a place being taken', async () => {
    const { pace, asked } = aWorld([HOURS, 0]);

    expect(await pace.pause()).toEqual(HOURS);
    expect(await pace.pause()).toBeUndefined();
    expect(asked.map(({ wanted }) => wanted)).toEqual([0, 0]);
  });
});

describe('a place', () => {
  it('is used when it is in time, to the last', async () => {
    const { place, clock, events } = await aPlace();

    clock.pass(roomMs);
    place.leave();
    await Promise.resolve();

    expect(events).toEqual([]);
  });

  it('is given back when it has gone by, and not used', async () => {
    const { place, clock, events } = await aPlace();

    clock.pass(roomMs + 0.1);

    expect(() => place.leave()).toThrow(TooLateError);
    expect(events).toEqual([['back', 1]]);
  });

  it('is as old as the question for it, for nobody knows when it was answered', async () => {
    const { place, clock, events } = await aPlace(roomMs - 1);

    clock.pass(2);

    expect(() => place.leave()).toThrow(TooLateError);
    expect(events).toEqual([['back', 1]]);
  });

  it('that has gone by before it is handed over is given back, and another waited for', async () => {
    const { pace, clock, events, wanted } = aWorld([]);
    const turn = pace.turn(never);
    clock.pass(roomMs + 1);

    await clock.run(turn);

    expect(events).toEqual([['back', 1]]);
    expect(wanted()).toEqual([1, 1]);
  });

  it('that was used too late after the last look goes on record', async () => {
    const { place, clock, events } = await aPlace();

    place.leave();
    clock.pass(roomMs + 30);
    await Promise.resolve();

    expect(events).toEqual([['late', 1, 30]]);
  });

  async function aPlace(answerMs = 0) {
    const world = aWorld([], { answerMs });
    return { ...world, place: await world.clock.run(world.pace.turn(never)) };
  }
});

describe('a process that is slow, or far from the store', () => {
  it('gets more room when it usually needs it, says so, and is normal again when it is', async () => {
    const { pace, clock, asked } = aWorld([]);
    const use = async (lateMs: number): Promise<boolean> => {
      const place = await clock.run(pace.turn(never));
      clock.pass(lateMs);
      return isUsed(place);
    };

    const slow: boolean[] = [];
    for (let time = 0; time < 12; time += 1) slow.push(await use(30));
    const wide = asked.at(-1)?.widerMs;
    for (let time = 0; time < 12; time += 1) await use(1);

    expect(slow).toEqual([...Array(5).fill(false), ...Array(7).fill(true)]);
    expect(wide).toBe(60 - roomMs);
    expect(asked.at(-1)?.widerMs).toBe(0);
  });

  it('gets none for a few stalls', async () => {
    const { pace, clock, asked } = aWorld([]);
    for (let time = 0; time < 40; time += 1) {
      const place = await clock.run(pace.turn(never));
      clock.pass(time % 4 === 0 ? 200 : 1);
      isUsed(place);
    }
    expect(new Set(asked.map(({ widerMs }) => widerMs))).toEqual(new Set([0]));
  });

  function isUsed(place: Place): boolean {
    try {
      place.leave();
      return true;
    } catch {
      return false;
    }
  }
});

describe('a store that fails', () => {
  it('is told to everybody who waits, and the next is served again', async () => {
    const { pace, clock } = aWorld([1, new Error('the store is gone'), 1]);

    const results = await clock.run(ask(pace, clock, 4).all);

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      ...Array<string>(3).fill('rejected'),
    ]);
    for (const result of results.slice(1))
      expect(result).toMatchObject({ reason: new Error('the store is gone') });
    await expect(clock.run(pace.turn(never))).resolves.toBeDefined();
  });
});

it('a hold goes to the store', async () => {
  const { pace, events } = aWorld([]);

  await pace.hold(1234);

  expect(events).toEqual([['hold', 1234]]);
});
