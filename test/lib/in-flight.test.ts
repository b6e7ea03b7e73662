import { expect, it } from 'vitest';
import { createInFlight } from '../../src/lib/in-flight.ts';

it('lets no more than the limit be open at once, and all get their turn', async () => {
  const inFlight = createInFlight(3);
  let open = 0;
  let most = 0;

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      inFlight(async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 2));
        open -= 1;
        return at;
      }),
    ),
  );

  expect(answers).toEqual(Array.from({ length: 20 }, (_, at) => at));
  expect(most).toBe(3);
});

it('hands on a failure and goes on', async () => {
  const inFlight = createInFlight(1);

  const failed = inFlight(() => Promise.reject(new Error('no')));
  const next = inFlight(() => Promise.resolve('yes'));

  await expect(failed).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
});
