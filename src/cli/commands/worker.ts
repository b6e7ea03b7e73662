import { openWorkerTrail } from '../../audit/worker-trail.ts';
import type { Environment } from '../../config/load-env.ts';
import { parseJobValue } from '../../config/load-job.ts';
import { parseQueue, resolveSettings, type Settings } from '../../config/settings.ts';
import { openWorkerTools, type RegisteredRun, type Worker } from '../../container.ts';
import { ConfigError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { operatorOf, systemOf } from './with-audit.ts';

const LOOK_EVERY_MS = 1_000;
const GRACE_MS = 2_500;

export interface WorkerOptions {
  readonly queue?: string;
  readonly endpoint?: string;
  readonly concurrency?: number;
  /** Where the audit trails of what this process sends are kept. */
  readonly auditDir: string;
}

/** Takes part in whatever runs there are, until it is stopped. Gives the exit code. */
export async function workerCommand(
  options: WorkerOptions,
  context: CommandContext,
): Promise<number> {
  const { logger, clock, signal } = context;
  const environment = context.environment();
  const queue = parseQueue(options.queue ?? environment.queueUrl ?? 'embedded', environment);
  if (queue.kind === 'embedded') {
    throw new ConfigError(
      'a worker needs a queue that it can reach: give --queue redis://... or rediss://...',
    );
  }
  const tools = await openWorkerTools(queue, logger, context.metrics);
  const joined = new Map<string, { entry: string; worker: Worker }>();
  const look = async (): Promise<void> => {
    const runs = await tools.runs();
    for (const [queueId, { entry, worker }] of joined) {
      // A run that was resumed with other settings is left, and joined anew.
      if (runs.some((run) => JSON.stringify(run) === entry)) continue;
      joined.delete(queueId);
      await worker.close(GRACE_MS);
      logger.info('worker.left', { queue: queueId });
    }
    for (const run of runs) {
      if (joined.has(run.queueId)) continue;
      const worker = await join(run);
      joined.set(run.queueId, { entry: JSON.stringify(run), worker });
      logger.info('worker.joined', { runId: run.runId });
    }
    await tools.sayPresent([...joined.keys()]);
  };
  const join = async (run: RegisteredRun): Promise<Worker> => {
    const settings = settingsFor(run, queue.url, options, environment);
    const audit = await openWorkerTrail({
      directory: options.auditDir,
      writer: { ...operatorOf(settings.job, context.systemUser), runId: run.runId },
      recipient: environment.auditRecipient,
      now: clock.now,
      system: systemOf(context),
    });
    const worker = tools.join(settings, run, audit);
    return {
      close: async (graceMs) => {
        await worker.close(graceMs);
        await audit.close();
      },
    };
  };
  context.print(`${JSON.stringify({ worker: process.pid })}\n`);
  try {
    while (!signal.aborted) {
      await look();
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  } finally {
    await Promise.all([...joined.values()].map(({ worker }) => worker.close(GRACE_MS)));
    await tools.close();
  }
  return EXIT.complete;
}

function settingsFor(
  run: RegisteredRun,
  queueUrl: string,
  options: WorkerOptions,
  environment: Environment,
): Settings {
  return resolveSettings(parseJobValue(run.job), environment, {
    // Only a flag sends people elsewhere: what happens to be in the environment must not.
    endpoint: options.endpoint ?? run.endpoint,
    ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    queue: queueUrl,
  });
}
