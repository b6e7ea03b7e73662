/**
 * The nightly run as a job of BullMQ's own scheduler: one Redis, any number of machines, each night on one of them.
 *
 *   node samples/schedule/bullmq-scheduler.ts <people.csv> <directory of the runs> [job]
 *
 * REDIS_URL: where the schedule is kept; NIGHTLY_PATTERN: when, as cron has it (default: every night at 19:00).
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Job, Queue, UnrecoverableError, Worker } from 'bullmq';

const [input, runs, job = 'nightly-data-quality'] = process.argv.slice(2);
if (input === undefined || runs === undefined)
  throw new Error('usage: bullmq-scheduler.ts <people.csv> <directory of the runs> [job]');
const connection = { url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379' };
const pattern = process.env['NIGHTLY_PATTERN'] ?? '0 0 19 * * *';

const queue = new Queue('nhs-trace-nights', { connection });
await queue.upsertJobScheduler(
  'nightly',
  { pattern, tz: 'Europe/London' },
  { name: 'nightly', opts: { removeOnComplete: 30, removeOnFail: 30 } },
);

const worker = new Worker(queue.name, night, { connection, concurrency: 1 });
worker.on('completed', (_job, line) => console.log(line));
worker.on('failed', (_job, error) => console.error(error.message));
process.once('SIGTERM', async () => {
  await worker.close();
  await queue.close();
});

/** Gives the one line of the result, which BullMQ keeps as the job's return value. */
async function night(_job: Job): Promise<string> {
  const script = join(import.meta.dirname, 'nightly.sh');
  try {
    const { stdout } = await promisify(execFile)(script, [input ?? '', runs ?? '', job]);
    return stdout.trim();
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    // Not tried again by BullMQ: a person looks (5), or the next night goes on (3, 4).
    throw new UnrecoverableError(`exit code ${String(code)}: ${stdout?.trim() ?? ''}`);
  }
}
