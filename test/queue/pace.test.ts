/** Whoever waits for a place, wherever the places are kept: in order, all told when it fails. */
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/lib/clock.ts';
import { createLocalPace } from '../../src/queue/local-pace.ts';
import { createPace, type Places, SLACK_MS, spacingMs } from '../../src/queue/pace.ts';

const never = new AbortController().signal;

/** A clock that stands still until somebody sleeps; then it is so much later at once. */
function aClock(lateMs = 0) {
  let nowMs = 1000;
  const sleeps: number[] = [];
  const clock: Clock = {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms + lateMs;
    },
  };
  const pass = (ms: number): void => {
    nowMs += ms;
  };
  return { clock, sleeps, pass };
}

/** Sleeps for ever, or until it is called off. */
const asleep: Clock = {
  now: () => new Date(0),
  preciseMs: () => 0,
  sleep: (_ms, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
    }),
};

/** Places that answer as the script says, then are all free; and how many were wanted each time. */
function somePlaces(script: readonly (number | Error)[]) {
  const wanted: number[] = [];
  const holds: number[] = [];
  const places: Places = {
    take: async (count) => {
      const answer = script[wanted.length] ?? count;
      wanted.push(count);
      if (answer instanceof Error) throw answer;
      return { taken: Math.min(answer, count), waitMs: answer === 0 ? 5 : 0 };
    },
    hold: async (ms) => {
      holds.push(ms);
    },
  };
  return { places, wanted, holds };
}

/** Asks for so many turns at once, and writes down who got one. */
function ask(pace: ReturnType<typeof createPace>, count: number, signal = never) {
  const served: number[] = [];
  const turns = Array.from({ length: count }, (_, at) =>
    pace.turn(signal).then(() => void served.push(at)),
  );
  return { served, all: Promise.allSettled(turns) };
}

describe('whoever waits', () => {
  it('is served in order, as many at once as there are places', async () => {
    const { places, wanted } = somePlaces([1, 3, 0, 2]);
    const { clock, sleeps } = aClock();

    const { served, all } = ask(createPace(places, clock), 6);
    await all;

    expect(served).toEqual([0, 1, 2, 3, 4, 5]);
    expect(wanted.slice(1, 4)).toEqual([5, 2, 2]);
    expect(sleeps).toEqual([5]);
  });

  it('later joins those who wait, and does not ask for himself', async () => {
    const { places, wanted } = somePlaces([0, 2]);
    let isLate = false;
    const { clock } = aClock();
    const pace = createPace(places, {
      ...clock,
      sleep: async () => {
        isLate = true;
        void late.push(pace.turn(never));
      },
    });
    const late: Promise<void>[] = [];

    await pace.turn(never);
    await Promise.all(late);

    expect(isLate).toBe(true);
    expect(wanted).toEqual([1, 2]);
  });

  it('is called off at once, alone, and costs nobody a place', async () => {
    const { places, wanted } = somePlaces([0, 1]);
    const stop = new AbortController();
    const { clock } = aClock();
    const pace = createPace(places, {
      ...clock,
      sleep: async () => stop.abort(new Error('called off')),
    });

    const first = pace.turn(stop.signal);
    const second = pace.turn(never);

    await expect(first).rejects.toThrow('called off');
    await second;
    expect(wanted).toEqual([1, 1]);
  });

  it('wakes nobody up when the last of them has gone', async () => {
    const { places, wanted } = somePlaces([0, 0, 1]);
    const stop = new AbortController();
    const pace = createPace(places, asleep);
    const { all } = ask(pace, 3, stop.signal);
    await new Promise(setImmediate);

    stop.abort(new Error('called off'));

    expect((await all).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    await new Promise(setImmediate);
    expect(wanted).toHaveLength(1);
  });

  it('after everybody was called off is served again', async () => {
    const { places } = somePlaces([0, 1]);
    const stop = new AbortController();
    const pace = createPace(places, asleep);
    const gone = pace.turn(stop.signal);
    await new Promise(setImmediate);
    stop.abort(new Error('called off'));
    await expect(gone).rejects.toThrow('called off');

    await expect(pace.turn(never)).resolves.toBeUndefined();
  });

  it('was called off before: nothing is asked', async () => {
    const { places, wanted } = somePlaces([1]);
    const { clock } = aClock();

    const turn = createPace(places, clock).turn(AbortSignal.abort(new Error('called off')));

    await expect(turn).rejects.toThrow('called off');
    expect(wanted).toEqual([]);
  });

  it('leaves nothing behind at the signal he came with', async () => {
    const { places } = somePlaces([1, 0, 2]);
    const { clock } = aClock();
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

    await ask(createPace(places, clock), 3, stop.signal).all;

    expect(listeners).toBe(0);
  });
});

describe('a store that fails', () => {
  it('is told to everybody who waits, and the next is served again', async () => {
    const { places } = somePlaces([1, new Error('the store is gone'), 1]);
    const { clock } = aClock();
    const pace = createPace(places, clock);

    const results = await ask(pace, 4).all;

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      ...Array<string>(3).fill('rejected'),
    ]);
    for (const result of results.slice(1))
      expect(result).toMatchObject({ reason: new Error('the store is gone') });
    await expect(pace.turn(never)).resolves.toBeUndefined();
  });
});

it('a hold goes to the store', async () => {
  const { places, holds } = somePlaces([]);

  await createPace(places, asleep).hold(1234);

  expect(holds).toEqual([1234]);
});

describe('the places of one process', () => {
  it.each([5, 100, 1000, 5000, 100_000])(
    'are never more than the rate in any second: %i',
    async (rate) => {
      const { clock } = aClock(3);
      const pace = createLocalPace(rate, clock);
      const times: number[] = [];
      const count = Math.min(3 * rate, 12_000);
      await Promise.all(
        Array.from({ length: count }, () =>
          pace.turn(never).then(() => void times.push(clock.preciseMs())),
        ),
      );

      const begin = times[0] ?? 0;
      const inFirst = times.filter((time) => time < begin + 1000).length;
      expect(inFirst).toBeLessThanOrEqual(rate);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
    },
  );

  it('are several at once when they are nearer to each other than the slack', async () => {
    const rate = 5000;
    const { clock, sleeps } = aClock();
    const pace = createLocalPace(rate, clock);

    await ask(pace, 100).all;

    expect(spacingMs(rate)).toBeLessThan(SLACK_MS);
    expect(sleeps.length).toBeLessThan(100);
  });

  it('are not saved up while nobody asks', async () => {
    const { clock, pass } = aClock();
    const pace = createLocalPace(1000, clock);
    await pace.turn(never);
    pass(60_000);
    const begin = clock.preciseMs();
    const times: number[] = [];

    await Promise.all(
      Array.from({ length: 100 }, () =>
        pace.turn(never).then(() => void times.push(clock.preciseMs())),
      ),
    );

    expect(Math.max(...times) - begin).toBeGreaterThan(97 * spacingMs(1000) - SLACK_MS);
  });
});
