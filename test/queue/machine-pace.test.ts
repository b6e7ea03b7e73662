/** The rules of places under a rate, on a clock that the test moves; at the end against the real one, with processes. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Priority } from '../../src/domain/priority.ts';
import {
  type Pause,
  parseSendingHours,
  type SendingRules,
} from '../../src/domain/sending-hours.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createMachinePace } from '../../src/queue/machine-pace.ts';
import { PACE_FILE } from '../../src/queue/pace-file.ts';
import { spacingOf } from '../../src/queue/pace-spacing.ts';
import type { Pace } from '../../src/queue/trace-queue.ts';
import { openOwnDatabase } from '../../src/run-store/own-database.ts';
import { NODE, startProcess } from '../support/cli.ts';
import { hasLeft, meanRate, mostInAnySecond, turns, useFor } from '../support/pace-measure.ts';
import type { QueueTask } from '../support/queue-child.ts';
import { aFolder } from '../support/runs.ts';
import { createVirtualClock, type VirtualClock } from '../support/virtual-clock.ts';

const never = new AbortController().signal;
const RATES = [1, 5, 20, 100, 500] as const;
const CHILD = fileURLToPath(new URL('../support/queue-child.ts', import.meta.url));
const folder = aFolder();

interface APace {
  readonly rules?: SendingRules;
  readonly sentSoFar?: number;
  readonly file?: DatabaseSync;
  readonly provider?: string;
  readonly priority?: Priority;
}

function aPace(
  ratePerSecond: number,
  clock: VirtualClock,
  {
    rules = {},
    sentSoFar = 0,
    file = aFile(),
    provider = 'a provider',
    priority = 'normal',
  }: APace = {},
) {
  const pauses: string[] = [];
  const onPause = ({ reason, untilMs }: Pause): void => {
    pauses.push(`${reason} ${new Date(untilMs).toISOString()}`);
  };
  const times = { clock, rules, sentSince: () => sentSoFar };
  const pace = createMachinePace(file, provider, { ratePerSecond, priority, onPause, ...times });
  return { pace, pauses };
}

function aPath(): string {
  return join(folder, `${randomUUID()}.sqlite`);
}

function aFile(path = aPath()): DatabaseSync {
  return openOwnDatabase(path, PACE_FILE);
}

describe.each(RATES)('rate %i', (rate) => {
  it('is used to the full, and never exceeded', async () => {
    const clock = createVirtualClock();
    const { pace } = aPace(rate, clock);

    const times = await clock.run(useFor(pace, clock, 4, rate > 50 ? 20_000 : 60_000));

    expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
    expect(meanRate(times)).toBeGreaterThan(rate * (rate < 50 ? 0.955 : 0.981));
    expect(rate < 50 ? 1 : meanRate(times) / rate).toBeGreaterThan(0.98);
  });

  it('is used to the full although the process stalls again and again', async () => {
    const seconds = rate > 50 ? 20 : 60;
    const clock = createVirtualClock();
    const { pace } = aPace(rate, clock);
    const stall = async (): Promise<void> => {
      for (let times = 0; times < seconds; times += 1) {
        await clock.sleep(850 + ((times * 137) % 300));
        clock.pass(18);
      }
    };

    const [times] = await clock.run(
      Promise.all([useFor(pace, clock, 30, seconds * 1000), stall()]),
    );

    expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
    expect(meanRate(times)).toBeGreaterThan(rate * (rate < 50 ? 0.95 : 0.98));
  });

  it('begins with no burst: one place after the other from the first on', async () => {
    const clock = createVirtualClock();
    const begin = clock.preciseMs();
    const { pace } = aPace(rate, clock);

    const [first = 0, second = 0, third = 0] = await clock.run(turns(pace, clock, 3));

    const { evenMs } = spacingOf(rate);
    expect(first - begin).toBeGreaterThanOrEqual(evenMs - 0.001);
    expect(second - first).toBeGreaterThan(evenMs - 1.5);
    expect(third - first).toBeGreaterThan(2 * evenMs - 1.5);
  });

  it('is kept evenly after nobody asked for a while: nothing is saved up', async () => {
    const clock = createVirtualClock();
    const { pace } = aPace(rate, clock);
    await clock.run(turns(pace, clock, 2));
    clock.pass(60_000);

    const times = await clock.run(turns(pace, clock, 10));

    expect((times[9] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(9 * spacingOf(rate).evenMs - 2);
  });
});

test('what was missed in a stall is made up for at half the distance, and no more than a tenth of a second', async () => {
  const clock = createVirtualClock();
  const { pace } = aPace(20, clock);
  const { evenMs } = spacingOf(20);
  void clock.sleep(1000).then(() => clock.pass(400));

  const begin = clock.preciseMs();
  const times = await clock.run(useFor(pace, clock, 5, 3000));

  const gaps = gapsOf(times.filter((time) => time > begin + 1300 && time < begin + 1900));
  const short = gaps.filter((gap) => gap < evenMs - 1);
  expect(short.length).toBeGreaterThan(2);
  expect(Math.min(...short)).toBeGreaterThan(evenMs / 2 - 1);
  expect(short.reduce((sum, gap) => sum + evenMs - gap, 0)).toBeLessThan(100 + evenMs);
});

/** Everything that may go wrong for one request, in milliseconds. */
const aMishap = fc.record({
  /** From the place to the last look. */
  busyMs: fc.oneof(fc.nat(3), fc.nat(30), fc.nat(400)),
  /** From the last look to the wire. */
  heldUpMs: fc.oneof(fc.constant(0), fc.constant(0), fc.constant(0), fc.nat(300)),
  /** From the wire to the provider: 0 to 1 of what is allowed for. */
  wayShare: fc.double({ min: 0, max: 1, noNaN: true }),
  /** The process wakes nobody for so long. */
  stallMs: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(50), fc.nat(1500)),
});

test.each([5, 20, 100, 500])(
  'rate %i: at the provider’s door no second sees more, when all that may be late is, by turns',
  async (rate) => {
    const [roomMs, doorMs] = rate < 50 ? [20, 20] : [8, 8];
    const clock = createVirtualClock();
    const { pace } = aPace(rate, clock);
    const arrivals: number[] = [];
    let used = 0;
    const use = async (): Promise<void> => {
      while (used < 6 * rate) {
        const place = await pace.turn(never);
        const isLate = used % (2 * rate) < rate / 2;
        used += 1;
        if (isLate) await clock.sleep(roomMs - 1.5);
        if (hasLeft(place)) arrivals.push(clock.preciseMs() + (isLate ? doorMs : 0));
      }
    };
    await clock.run(Promise.all(Array.from({ length: 30 }, use)));
    expect(mostInAnySecond(arrivals)).toBeLessThanOrEqual(rate);
    expect(arrivals.length).toBeGreaterThan(5 * rate);
  },
);

test.each([5, 20, 100, 500])(
  'rate %i: at the provider’s door no second sees more, whatever is late',
  async (rate) => {
    const doorMs = rate < 50 ? 20 : 8;
    await fc.assert(
      fc.asyncProperty(fc.array(aMishap, { minLength: 20, maxLength: 60 }), async (mishaps) => {
        const clock = createVirtualClock();
        const { pace } = aPace(rate, clock);
        const arrivals: number[] = [];
        let used = 0;
        const use = async (): Promise<void> => {
          while (used < 4 * rate) {
            const place = await pace.turn(never);
            used += 1;
            const mishap = mishaps[used % mishaps.length];
            if (mishap === undefined) continue;
            clock.pass(mishap.stallMs);
            await clock.sleep(mishap.busyMs);
            if (!hasLeft(place)) continue;
            clock.pass(mishap.heldUpMs);
            arrivals.push(clock.preciseMs() + mishap.wayShare * doorMs);
          }
        };
        await clock.run(Promise.all(Array.from({ length: 8 }, use)));
        expect(mostInAnySecond(arrivals)).toBeLessThanOrEqual(rate);
      }),
      { numRuns: rate > 50 ? 8 : 40 },
    );
  },
);

describe('a hold', () => {
  it('stops everybody, those who wait already too; a shorter one does not cut it; no burst after it', async () => {
    const clock = createVirtualClock();
    const { pace } = aPace(20, clock);
    const begin = clock.preciseMs();
    const using = useFor(pace, clock, 10, 5000);
    void clock.sleep(1000).then(() => pace.hold(2000));
    void clock.sleep(1100).then(() => pace.hold(100));

    const times = (await clock.run(using)).map((time) => time - begin);

    expect(times.filter((time) => time > 1010 && time < 3000)).toEqual([]);
    expect(times.filter((time) => time >= 3000 && time < 3200)).toHaveLength(4);
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(20);
  });
});

describe('the sending hours', () => {
  const rules = { hours: theHours('19:00-07:00') };

  it('open the pace by themselves, evenly, and close it: the rest is carried over to the next night', async () => {
    const clock = createVirtualClock('2026-07-01T17:58:00Z');
    const { pace, pauses } = aPace(1, clock, { rules: { hours: theHours('19:00-20:30') } });
    const times = clock.run(turns(pace, clock, 5500));

    const seen = (await times).map((time) => new Date(time).toISOString());

    expect(seen[0]).toBe('2026-07-01T18:00:00.000Z');
    const firstNight = seen.filter((time) => time < '2026-07-02T12');
    expect(firstNight.at(-1)).toMatch(/^2026-07-01T19:29:59/);
    expect(firstNight.length).toBeGreaterThan(1.5 * 3600 * 0.955);
    expect(seen[firstNight.length]).toBe('2026-07-02T18:00:00.000Z');
    expect(pauses).toEqual(['hours 2026-07-01T18:00:00.000Z', 'hours 2026-07-02T18:00:00.000Z']);
  });

  it('open with no burst, however long somebody has been waiting', async () => {
    const clock = createVirtualClock('2026-07-01T17:58:00Z');
    const { pace } = aPace(20, clock, { rules });

    const times = await clock.run(useFor(pace, clock, 5, 121_000));

    expect(times.length).toBeGreaterThan(15);
    expect(Math.min(...gapsOf(times))).toBeGreaterThan(spacingOf(20).evenMs - 1.5);
  });

  it('are waited for no longer than until somebody calls it off', async () => {
    const clock = createVirtualClock('2026-07-01T12:00:00Z');
    const { pace } = aPace(5, clock, { rules });
    const stopping = new AbortController();
    const waiting = pace.turn(stopping.signal);
    void clock.sleep(3_600_000).then(() => stopping.abort(new Error('called off')));

    await expect(clock.run(waiting)).rejects.toThrow('called off');

    expect(clock.now().toISOString()).toBe('2026-07-01T13:00:00.000Z');
  });

  it('are those of the clock on the wall, also when the machine was asleep', async () => {
    let asleepMs = 0;
    const awake = createVirtualClock('2026-07-01T12:00:00Z');
    const clock = { ...awake, now: () => new Date(awake.preciseMs() + asleepMs) };
    const { pace } = aPace(5, clock, { rules });
    const waiting = pace.turn(never);
    void clock.sleep(60_000).then(() => {
      asleepMs = 8 * 3_600_000;
    });

    await clock.run(waiting);

    expect(awake.preciseMs()).toBeLessThan(Date.parse('2026-07-01T12:02:00Z'));
  });
});

describe('the daily limit', () => {
  it('ends the day, and the rest goes on after midnight in London', async () => {
    const clock = createVirtualClock('2026-07-01T20:00:00Z');
    const { pace, pauses } = aPace(5, clock, { rules: { dailyLimit: 30 } });

    const times = await clock.run(turns(pace, clock, 70));

    const days = times.map((time) => new Date(time + 3_600_000).toISOString().slice(0, 10));
    expect(days.filter((day) => day === '2026-07-01')).toHaveLength(30);
    expect(days.filter((day) => day === '2026-07-02')).toHaveLength(30);
    expect(days.filter((day) => day === '2026-07-03')).toHaveLength(10);
    expect(pauses).toEqual([
      'daily-limit 2026-07-01T23:00:00.000Z',
      'daily-limit 2026-07-02T23:00:00.000Z',
    ]);
  });

  it('goes on when the hours begin, when it was reached in them', async () => {
    const clock = createVirtualClock('2026-11-20T10:00:00Z');
    const rules = { hours: theHours('09:00-17:00'), dailyLimit: 10 };
    const { pace, pauses } = aPace(5, clock, { rules });

    const times = await clock.run(turns(pace, clock, 11));

    expect(new Date(times[10] ?? 0).toISOString()).toBe('2026-11-21T09:00:00.000Z');
    expect(pauses).toContain('daily-limit 2026-11-21T09:00:00.000Z');
  });

  it('counts what an earlier process sent on that day', async () => {
    const clock = createVirtualClock('2026-11-20T10:00:00Z');
    const { pace } = aPace(5, clock, { rules: { dailyLimit: 10 }, sentSoFar: 7 });

    const times = await clock.run(turns(pace, clock, 4));

    expect(new Date(times[2] ?? 0).toISOString()).toMatch('2026-11-20T10:00');
    expect(new Date(times[3] ?? 0).toISOString()).toMatch('2026-11-21T00:00');
  });

  it('does not count places that went by unused', async () => {
    const clock = createVirtualClock('2026-11-20T10:00:00Z');
    const { pace } = aPace(5, clock, { rules: { dailyLimit: 10 } });
    const lose = async (): Promise<void> => {
      const place = await pace.turn(never);
      clock.pass(200);
      expect(hasLeft(place)).toBe(false);
    };

    await clock.run(lose());
    const times = await clock.run(turns(pace, clock, 10));

    expect(new Date(times[9] ?? 0).toISOString()).toMatch('2026-11-20T10:00');
    expect((await pace.pause())?.reason).toBe('daily-limit');
  });
});

test.concurrent.each([20, 100])(
  'rate %i, by the real clock: never more in any second',
  async (rate) => {
    const pace = aRealPace(rate);
    const using = useFor(pace, systemClock, 20, 2500);
    for (let stall = 0; stall < 3; stall += 1) {
      await systemClock.sleep(400);
      const end = performance.now() + 300;
      while (performance.now() < end);
    }
    const times = await using;
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(rate);
    expect(times.length).toBeGreaterThan(rate * 0.3);
  },
);

describe('several runs with one file', () => {
  it.each([5, 20, 100])('rate %i: have it together, and about as much each', async (rate) => {
    const clock = createVirtualClock();
    const path = aPath();
    const paces = [1, 2, 3].map(() => aPace(rate, clock, { file: aFile(path) }).pace);

    const times = await clock.run(Promise.all(paces.map((pace) => useFor(pace, clock, 4, 60_000))));

    const all = times.flat();
    expect(mostInAnySecond(all)).toBeLessThanOrEqual(rate);
    expect(all.length / 60).toBeGreaterThan(rate * 0.95);
    for (const own of times) expect(own.length).toBeGreaterThan(all.length / 5);
  });

  it('wait together when the provider holds one of them', async () => {
    const clock = createVirtualClock();
    const path = aPath();
    const [one, other] = [1, 2].map(() => aPace(20, clock, { file: aFile(path) }).pace);
    if (one === undefined || other === undefined) throw new Error('two are needed');
    const begin = clock.preciseMs();
    void clock.sleep(1000).then(() => one.hold(2000));

    const times = (await clock.run(useFor(other, clock, 3, 4000))).map((time) => time - begin);

    expect(times.filter((time) => time > 1010 && time < 3000)).toEqual([]);
    expect(times.filter((time) => time >= 3000).length).toBeGreaterThan(15);
  });

  it('have one daily limit, which whoever has none counts for as well', async () => {
    const clock = createVirtualClock('2026-11-20T10:00:00Z');
    const file = aFile();
    const { pace: unlimited } = aPace(5, clock, { file });
    const rules = { dailyLimit: 30 };
    const [one, other] = [1, 2].map(() => aPace(5, clock, { file, rules }).pace);
    if (one === undefined || other === undefined) throw new Error('two are needed');

    await clock.run(turns(unlimited, clock, 4));
    const times = await clock.run(Promise.all([turns(one, clock, 20), turns(other, clock, 20)]));

    const days = times.flat().map((time) => new Date(time).toISOString().slice(0, 10));
    expect(days.filter((day) => day === '2026-11-20')).toHaveLength(26);
    expect(days.filter((day) => day === '2026-11-21')).toHaveLength(14);
  });

  it('have as many requests left as are not sent yet, also when those were sent by one that ended', async () => {
    const clock = createVirtualClock('2026-11-20T10:00:00Z');
    const path = aPath();
    const rules = { dailyLimit: 10 };
    const first = aFile(path);
    await clock.run(turns(aPace(5, clock, { file: first, rules }).pace, clock, 8));
    first.close();

    const { pace } = aPace(5, clock, { file: aFile(path), rules, sentSoFar: 3 });
    const times = await clock.run(turns(pace, clock, 3));

    expect(new Date(times[1] ?? 0).toISOString()).toMatch('2026-11-20T10:00');
    expect(new Date(times[2] ?? 0).toISOString()).toMatch('2026-11-21T00:00');
  });

  it('have a rate for each provider', async () => {
    const clock = createVirtualClock();
    const file = aFile();
    const paces = ['one', 'other'].map((provider) => aPace(20, clock, { file, provider }).pace);

    const times = await clock.run(Promise.all(paces.map((pace) => useFor(pace, clock, 4, 10_000))));

    for (const own of times) expect(own.length).toBeGreaterThan(190);
  });

  it('begin with no burst, however often they begin', async () => {
    const clock = createVirtualClock();
    const path = aPath();
    const begin = clock.preciseMs();
    const times: number[] = [];
    while (clock.preciseMs() < begin + 5000) {
      const file = aFile(path);
      times.push(...(await clock.run(turns(aPace(5, clock, { file }).pace, clock, 2))));
      file.close();
    }
    expect(mostInAnySecond(times)).toBeLessThanOrEqual(5);
    expect(times.length).toBeGreaterThan(20);
  });

  it('of a higher priority have ten places for each one of the next', async () => {
    const clock = createVirtualClock();
    const path = aPath();
    const paces = (['high', 'normal'] as const).map(
      (priority) => aPace(100, clock, { file: aFile(path), priority }).pace,
    );

    const [high = [], normal = []] = await clock.run(
      Promise.all(paces.map((pace) => useFor(pace, clock, 4, 60_000))),
    );

    expect(mostInAnySecond([...high, ...normal])).toBeLessThanOrEqual(100);
    expect((high.length + normal.length) / 60).toBeGreaterThan(98);
    expect(high.length / normal.length).toBeGreaterThan(9);
    expect(high.length / normal.length).toBeLessThan(11);
  });

  it('wait for nobody who died while he was waiting', async () => {
    const clock = createVirtualClock();
    const path = aPath();
    const [one, other] = [1, 2].map(() => aPace(5, clock, { file: aFile(path) }).pace);
    if (one === undefined || other === undefined) throw new Error('two are needed');
    await clock.run(turns(other, clock, 3));
    const dead = new AbortController();
    void clock.sleep(10).then(() => dead.abort(new Error('dead')));
    await expect(clock.run(one.turn(dead.signal))).rejects.toThrow('dead');

    const times = await clock.run(turns(other, clock, 5));

    expect(Math.max(...gapsOf(times))).toBeLessThan(2 * spacingOf(5).evenMs + 60);
  });

  it('go on soon after the machine was started again, when its clock begins anew', async () => {
    const path = aPath();
    const before = createVirtualClock();
    const { pace: held } = aPace(5, before, { file: aFile(path) });
    await before.run(turns(held, before, 10));
    await held.hold(3_600_000);
    const clock = createVirtualClock(before.preciseMs() - 86_400_000);
    const begin = clock.preciseMs();

    const { pace } = aPace(5, clock, { file: aFile(path) });
    const [first = 0] = await clock.run(turns(pace, clock, 1));

    expect(first - begin).toBeLessThan(2 * spacingOf(5).evenMs);
  });
});

describe('processes with one file', () => {
  it.each([
    [20, 2, 3],
    [500, 3, 10],
  ])(
    'rate %i, %i processes with %i users each: never more in any second',
    async (rate, processes, users) => {
      const file = aPath();
      const task: QueueTask = { do: 'pace', at: { file }, name: 'a', rate, users, seconds: 2.5 };
      const ends = await Promise.all(
        Array.from(
          { length: processes },
          () => startProcess(NODE, [CHILD, JSON.stringify(task)]).ended,
        ),
      );
      expect(ends.map(({ stderr }) => stderr)).toEqual(ends.map(() => ''));
      const times = ends.map(({ stdout }) => JSON.parse(stdout) as number[]);
      expect(mostInAnySecond(times.flat())).toBeLessThanOrEqual(rate);
      expect(times.flat().length).toBeGreaterThan(rate * 0.3);
    },
  );
});

function gapsOf(times: readonly number[]): number[] {
  return times.slice(1).map((time, at) => time - (times[at] ?? 0));
}

function aRealPace(ratePerSecond: number): Pace {
  const options = { ratePerSecond, clock: systemClock, onPause: () => {} };
  const rest = { rules: {}, priority: 'normal', sentSince: () => 0 } as const;
  return createMachinePace(aFile(), 'a provider', { ...options, ...rest });
}

function theHours(text: string) {
  const read = parseSendingHours(text);
  if ('fault' in read) throw new Error(read.fault);
  return read;
}
