import { expect, it } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';

it('tells the time', () => {
  expect(Math.abs(systemClock.now().getTime() - Date.now())).toBeLessThan(1000);
});

it('counts milliseconds since 1970, never going back', () => {
  const times = Array.from({ length: 1000 }, () => systemClock.preciseMs());

  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(Math.abs((times[0] ?? 0) - Date.now())).toBeLessThan(60_000);
});

it('sleeps', async () => {
  const from = systemClock.preciseMs();

  await systemClock.sleep(30);

  expect(systemClock.preciseMs() - from).toBeGreaterThan(25);
});

it('wakes with the reason when it is told to', async () => {
  const stop = new AbortController();
  const reason = new Error('stop');
  const from = systemClock.preciseMs();
  const sleep = systemClock.sleep(60_000, stop.signal);

  stop.abort(reason);

  await expect(sleep).rejects.toBe(reason);
  expect(systemClock.preciseMs() - from).toBeLessThan(5000);
});

it('does not begin to sleep when it was told to stop before', async () => {
  const reason = new Error('stop');

  await expect(systemClock.sleep(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
});
