/** A Redis that can be killed and come back with what it had. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type StartedProcess, startProcess, until } from '../support/cli.ts';
import { freePort } from '../support/redis-server.ts';

export interface PrivateRedis {
  readonly url: string;
  kill(): Promise<void>;
  /** Starts it again on the same directory and port. */
  restart(): Promise<void>;
  /** Resolves when it answers. */
  isUp(): Promise<void>;
  /** Removes everything. */
  flush(): Promise<void>;
}

export async function startPrivateRedis(folder: string): Promise<PrivateRedis> {
  const directory = join(folder, 'redis');
  mkdirSync(directory);
  const port = await freePort();
  const args = `--bind 127.0.0.1 --port ${port} --appendonly yes --appendfsync everysec --maxmemory-policy noeviction`;
  let server: StartedProcess | undefined;
  const start = async (): Promise<void> => {
    const started = startProcess('redis-server', [
      ...args.split(' '),
      ...['--save', '', '--dir', directory],
    ]);
    await started.says('Ready to accept connections');
    server = started;
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: async () => {
      const dying = server;
      server = undefined;
      dying?.kill('SIGKILL');
      await dying?.ended;
    },
    restart: start,
    isUp: async () => {
      await until(() => server !== undefined, 60_000);
    },
    flush: async () => {
      const client = new Redis({ host: '127.0.0.1', port });
      try {
        await client.flushall();
      } finally {
        client.disconnect();
      }
    },
  };
}
