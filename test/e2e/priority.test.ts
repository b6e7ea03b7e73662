/** A long backfill and a nightly run ask one provider through one Redis: the nightly one goes first, the rate holds. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { startCli, until } from '../support/cli.ts';
import { mostInAnySecond } from '../support/pace-measure.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import { aCohort, aFolder, aPopulation, expectWholeRun } from '../support/runs.ts';
import { sentTimes } from '../support/sent-times.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const RATE = 40;

const folder = aFolder();

redisTest(
  'the nightly run has nearly all of the rate while it goes on, the backfill the rest',
  async () => {
    const redis = await startRedis();
    const variables = {
      NHS_TRACE_QUEUE_URL: redis.url,
      NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    };
    const population = await aPopulation(folder, 1000);
    const [many, few] = [
      await aCohort(folder, population, 'nightly', 500),
      await aCohort(folder, population, 'nightly', 200),
    ];
    const simulator = await startSimulatorProcess({ folder, population });
    const workers = [1, 2].map(() => startCli(['worker'], variables));
    const aRun = (name: string, input: string, priority: string) => {
      const job = join(folder, `${name}.yaml`);
      writeFileSync(job, `name: ${name}\nrate: ${RATE}\npriority: ${priority}\n`);
      const out = join(folder, name);
      const args = ['--job', job, '--endpoint', simulator.url, '--out', out, '--workers', '0'];
      return { out, run: startCli(['run', input, ...args], variables) };
    };

    const backfill = aRun('backfill', many.path, 'low');
    await until(() => simulator.journal().length > RATE);
    const nightly = aRun('nightly', few.path, 'high');
    expect((await nightly.run.ended).code).toBe(0);
    const nightlyTimes = sentTimes(nightly.out);
    expect((await backfill.run.ended).code).toBe(0);

    const backfillTimes = sentTimes(backfill.out);
    // Its last people are few, and have answers to wait for.
    const [from = 0, to = 0] = [nightlyTimes[10], nightlyTimes.at(-20)];
    const within = (times: readonly number[]): number =>
      times.filter((at) => at >= from && at <= to).length;
    expect(within(backfillTimes)).toBeGreaterThan(0);
    expect(within(nightlyTimes)).toBeGreaterThan(7 * within(backfillTimes));
    expect(mostInAnySecond([...nightlyTimes, ...backfillTimes])).toBeLessThanOrEqual(RATE);
    expectWholeRun(nightly.out, few, nightlyTimes.length);
    expectWholeRun(backfill.out, many, backfillTimes.length);
    for (const worker of workers) worker.kill('SIGTERM');
    await Promise.all([...workers.map(({ ended }) => ended), simulator.stop(), redis.stop()]);
  },
  120_000,
);
