import { parseQueue } from '../../config/settings.ts';
import { openBoardTools } from '../../container.ts';
import { ConfigError } from '../../errors.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

const LOOK_EVERY_MS = 1_000;

export interface BoardOptions {
  readonly queue?: string;
  readonly port?: number;
}

/** Shows the queues of the runs that go on, until it is stopped. Gives the exit code. */
export async function boardCommand(
  options: BoardOptions,
  context: CommandContext,
): Promise<number> {
  const { logger, clock, signal, print } = context;
  const environment = context.environment();
  const queue = parseQueue(options.queue ?? environment.queueUrl ?? 'embedded', environment);
  if (queue.kind === 'embedded') {
    throw new ConfigError(
      'an embedded queue cannot be looked at from outside: give --queue redis://... or rediss://...',
    );
  }
  const board = await openBoardTools(queue, options.port ?? 0, logger);
  print(`${JSON.stringify({ url: board.url, user: board.user, password: board.password })}\n`);
  try {
    while (!signal.aborted) {
      await board.look();
      await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    }
  } finally {
    await board.close();
  }
  return EXIT.complete;
}
