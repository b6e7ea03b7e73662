import { createServer } from 'node:net';
import { afterEach, expect } from 'vitest';
import { ConfigError } from '../../src/errors.ts';
import { connectRedis } from '../../src/queue/redis-connection.ts';
import { endProcesses } from '../support/cli.ts';
import { aHealth } from '../support/queue-child.ts';
import { freePort, redisTest, startRedis } from '../support/redis-server.ts';

const REFUSED_WITHIN_MS = 8000;

afterEach(endProcesses);

redisTest('refuses a port on which nobody listens', async () => {
  await expectRefusal(`redis://127.0.0.1:${await freePort()}`, /cannot be reached/);
});

redisTest('refuses a server that never says anything', async () => {
  const port = await freePort();
  const silent = createServer(() => undefined).listen(port, '127.0.0.1');
  try {
    await expectRefusal(`redis://127.0.0.1:${port}`, /cannot be reached/);
  } finally {
    silent.close();
  }
});

redisTest('refuses a wrong password, and none, without repeating it', async () => {
  const server = await startRedis(['--requirepass', 'right-word']);
  const wrong = server.url.replace('//', '//:wrong-word@');
  await expectRefusal(wrong, /user name or password/);
  await expectRefusal(server.url, /user name or password/);
  const url = server.url.replace('//', '//:right-word@');
  const { client } = await connectRedis({ url }, aHealth());
  expect(await client.ping()).toBe('PONG');
  client.disconnect();
  await server.stop();
});

redisTest('refuses a Redis that throws items away', async () => {
  const server = await startRedis(['--maxmemory-policy', 'allkeys-lru']);
  await expectRefusal(server.url, /allkeys-lru.*maxmemory-policy noeviction/);
  await server.stop();
});

redisTest('refuses a Redis that forgets everything when it is started again', async () => {
  const server = await startRedis(['--appendonly', 'no']);
  await expectRefusal(server.url, /appendonly yes/);
  await server.stop();
});

async function expectRefusal(url: string, words: RegExp): Promise<void> {
  const before = performance.now();
  const refusal = await connectRedis({ url }, aHealth()).then(
    ({ client }) => {
      client.disconnect();
      return 'was taken';
    },
    (error: unknown) => error,
  );
  expect(performance.now() - before).toBeLessThan(REFUSED_WITHIN_MS);
  expect(refusal).toBeInstanceOf(ConfigError);
  expect(String(refusal)).toMatch(words);
  expect(String(refusal)).not.toContain('wrong-word');
}
