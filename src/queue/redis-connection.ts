/** Connections to Redis, and the questions asked of it before anything else. */
import { Redis } from 'ioredis';
import { ConfigError } from '../errors.ts';

const CONNECT_TIMEOUT_MS = 5_000;

/**
 * A connection that waits for Redis to come back, as BullMQ asks for. Checked first: throws
 * ConfigError within seconds when Redis cannot be reached, refuses us, or might lose items.
 */
export async function connectRedis(url: string, onError: (error: Error) => void): Promise<Redis> {
  await checkRedis(url);
  const redis = new Redis(url, { maxRetriesPerRequest: null });
  redis.on('error', onError);
  return redis;
}

async function checkRedis(url: string): Promise<void> {
  const where = new URL(url).host;
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let lastError: Error | undefined;
  redis.on('error', (error) => {
    lastError = error;
  });
  try {
    await redis.connect();
    checkInfo(await redis.info(), where);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw explain(lastError ?? error, where);
  } finally {
    redis.disconnect();
  }
}

/** BullMQ loses items when Redis evicts keys, and everything when Redis restarts without its log. */
function checkInfo(info: string, where: string): void {
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const policy = value('maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    throw new ConfigError(
      `the Redis at ${where} may throw items away when memory runs short (maxmemory-policy is ${policy}). Set it: maxmemory-policy noeviction`,
    );
  }
  if (value('aof_enabled') === '0') {
    throw new ConfigError(
      `the Redis at ${where} keeps no append-only file, so a restart would lose the queue. Set it: appendonly yes`,
    );
  }
}

function explain(error: unknown, where: string): ConfigError {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const reason = /WRONGPASS|NOAUTH|invalid username-password|without any password/i.test(text)
    ? 'refuses the user name or password in --queue'
    : /NOPERM/i.test(text)
      ? 'does not let this user read INFO; allow it in the ACL'
      : /certificate|SSL|TLS|self.signed/i.test(text)
        ? 'has a TLS certificate that is not trusted; give its authority in NODE_EXTRA_CA_CERTS'
        : 'cannot be reached; is it running, and is the address right?';
  return new ConfigError(`the Redis at ${where} ${reason}`, { cause: error });
}
