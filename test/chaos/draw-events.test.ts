import { expect, test } from 'vitest';
import { createRandom } from '../../src/synth/random.ts';
import { drawEvents } from './draw-events.ts';
import { EVENT_KINDS, kindsFor } from './events.ts';
import { providerRules } from './provider-faults.ts';

const draw = (seed: string, queue: 'redis' | 'embedded', longestMs = 20_000) =>
  drawEvents(createRandom(seed), {
    ...{ queue, longestMs, count: 12, workSeconds: 45 },
    canFillDisk: true,
  });
const seeds = Array.from({ length: 100 }, (_none, at) => `${at}`);

test('the same seed draws the same events, another seed others', () => {
  expect(draw('1', 'redis')).toEqual(draw('1', 'redis'));
  expect(draw('1', 'redis')).not.toEqual(draw('2', 'redis'));
});

test('they come in the order of time', () => {
  for (const seed of seeds) {
    const times = draw(seed, 'redis').map(({ atSecond }) => atSecond);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(0);
  }
});

test('every kind is drawn sooner or later, and with the embedded queue none that needs another process', () => {
  const kinds = (queue: 'redis' | 'embedded') =>
    new Set(seeds.flatMap((seed) => draw(seed, queue)).map(({ kind }) => kind));
  expect([...kinds('redis')].toSorted()).toEqual([...EVENT_KINDS].toSorted());
  expect([...kinds('embedded')].toSorted()).toEqual([...kindsFor('embedded')].toSorted());
});

test('nothing lasts longer than it may', () => {
  for (const seed of seeds) {
    for (const { lastsMs } of draw(seed, 'redis', 3000)) expect(lastsMs).toBeLessThanOrEqual(3000);
  }
});

test('the provider’s part goes into its script', () => {
  const event = { atSecond: 2, lastsMs: 500, which: 0 };
  expect(
    providerRules([
      { ...event, kind: 'kill-worker' },
      { ...event, kind: 'provider-hang' },
      { ...event, kind: 'provider-outage' },
    ]),
  ).toEqual([
    '{ when: { from_second: 2.000, to_second: 2.500, times: 4 }, do: hang }',
    '{ when: { from_second: 2.000, to_second: 2.500 }, do: outage }',
  ]);
});
