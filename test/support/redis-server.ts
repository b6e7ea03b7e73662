/** A private Redis for one test file, where redis-server is on the PATH. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { test } from 'vitest';
import { type StartedProcess, startProcess, until } from './cli.ts';

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

let skipped = 0;

/** A test that needs Redis. Without one it is skipped, and one line says why. */
export function redisTest(name: string, run: () => Promise<void>, timeoutMs?: number): void {
  if (!hasRedis && skipped === 0) setImmediate(sayWhy);
  if (!hasRedis) skipped += 1;
  test.runIf(hasRedis)(name, run, timeoutMs);
}

function sayWhy(): void {
  process.stderr.write(`redis-server is not on the PATH: ${skipped} Redis tests skipped\n`);
}

export interface RedisServer {
  readonly url: string;
  /** Where its append-only file is. */
  readonly directory: string;
  /** A client that is closed with the server. */
  readonly client: Redis;
  /** Kills it; what is in its directory stays. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

/** Listens on a free port of this machine. `settings` come after, so beat, those that a run asks for. */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const directory = mkdtempSync(join(tmpdir(), 'nhs-trace-redis-'));
  const port = await freePort();
  const args = `--bind 127.0.0.1 --port ${port} --appendonly yes --maxmemory-policy noeviction`;
  const launch = async (): Promise<StartedProcess> => {
    const options = [...args.split(' '), '--save', '', '--dir', directory, ...settings];
    const launched = startProcess('redis-server', options);
    await launched.says('Ready to accept connections');
    return launched;
  };
  let server = await launch();
  const goAway = async (): Promise<void> => {
    server.kill('SIGKILL');
    await server.ended;
  };
  const [, password] = /--requirepass (\S+)/.exec(settings.join(' ')) ?? [];
  const client = new Redis({ host: '127.0.0.1', port, ...(password ? { password } : {}) });
  client.on('error', () => undefined);
  return {
    url: `redis://127.0.0.1:${port}`,
    directory,
    client,
    goAway,
    comeBack: async () => {
      server = await launch();
    },
    stop: async () => {
      client.disconnect();
      await goAway();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  const address = await until(() => server.address() ?? undefined);
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'string' ? 0 : address.port;
}
