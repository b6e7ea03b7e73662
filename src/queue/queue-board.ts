/** Bull Board over the queues of the runs that go on: to look at, never to touch, and without their contents. */
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import { Queue } from 'bullmq';
import type { Hono } from 'hono';
import type { RedisClient } from './redis-connection.ts';
import { PREFIX, queueName } from './redis-queue.ts';
import type { RegisteredRun } from './run-registry.ts';

/** Contents are sealed; what is sealed is not shown either. */
const SEALED = 'sealed';

export interface QueueBoard {
  /** The pages, below `/`. */
  readonly pages: Hono;
  /** Shows the queues of these runs, and no others. */
  show(runs: readonly RegisteredRun[]): Promise<void>;
  close(): Promise<void>;
}

export function createQueueBoard(client: RedisClient): QueueBoard {
  const server = new HonoAdapter(serveStatic);
  server.setBasePath('/');
  const board = createBullBoard({
    queues: [],
    serverAdapter: server,
    options: { uiConfig: { boardTitle: 'nhs-trace', hideRedisDetails: true } },
  });
  const shown = new Map<string, Queue>();
  const leave = async (queueId: string, queue: Queue): Promise<void> => {
    board.removeQueue(queue.name);
    shown.delete(queueId);
    await queue.close();
  };
  const add = ({ queueId, runId }: RegisteredRun): void => {
    const queue = new Queue(queueName(queueId), {
      connection: client,
      prefix: PREFIX,
      skipMetasUpdate: true,
    });
    queue.on('error', () => undefined);
    shown.set(queueId, queue);
    board.addQueue(adapt(queue, runId));
  };
  return {
    pages: server.registerPlugin(),
    show: async (runs) => {
      for (const [queueId, queue] of shown)
        if (!runs.some((run) => run.queueId === queueId)) await leave(queueId, queue);
      for (const run of runs) if (!shown.has(run.queueId)) add(run);
    },
    close: async () => {
      for (const [queueId, queue] of shown) await leave(queueId, queue);
    },
  };
}

function adapt(queue: Queue, runId: string): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, { readOnlyMode: true, description: `run ${runId}` });
  adapter.setFormatter('data', () => SEALED);
  adapter.setFormatter('returnValue', () => SEALED);
  return adapter;
}
