/** What Redis says of itself, and whether that will do. */
import { ConfigError } from '../errors.ts';

export type RedisMode = 'standalone' | 'cluster' | 'sentinel';

/**
 * How the Redis that says this is run. Throws ConfigError when it is not fit: BullMQ loses items when
 * Redis evicts keys, and everything when Redis restarts without its log.
 */
export function checkInfo(info: string, where: string): RedisMode {
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
  const mode = value('redis_mode');
  if (mode === 'sentinel') return mode;
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
  if (value('role') === 'slave' && mode !== 'cluster') {
    throw new ConfigError(
      `the Redis at ${where} is a replica, which takes no items; give its master, or a Sentinel`,
    );
  }
  return mode === 'cluster' ? mode : 'standalone';
}

/** The one master that a Sentinel watches over, from its answer to SENTINEL MASTERS. Throws ConfigError. */
export function nameOfMaster(answer: unknown, where: string): string {
  const masters = Array.isArray(answer) ? answer : [];
  const [first] = masters;
  const at = Array.isArray(first) ? first.indexOf('name') : -1;
  if (masters.length === 1 && at >= 0) return String(first[at + 1]);
  throw new ConfigError(
    `the Sentinel at ${where} watches over ${masters.length} masters; give one that watches over the queue's alone`,
  );
}

/** Why a first question had no answer, in words that say what to mend. */
export function explainRefusal(error: unknown, where: string): ConfigError {
  const text = error instanceof Error ? `${error.name} ${error.message}` : String(error);
  const reason = /WRONGPASS|NOAUTH|invalid username-password|without any password/i.test(text)
    ? 'refuses the user name or password in --queue'
    : /NOPERM/i.test(text)
      ? `does not let this user do what the queue needs; allow it in the ACL: ${NEEDED_RIGHTS}`
      : /certificate|SSL|TLS|self.signed|altname/i.test(text)
        ? 'has a TLS certificate that is not trusted; give its authority in NHS_TRACE_QUEUE_CA'
        : 'cannot be reached; is it running, is the address right, and does it speak TLS (rediss:) or not (redis:)?';
  return new ConfigError(`the Redis at ${where} ${reason}`, { cause: error });
}

/** Tried with this and nothing else: test/queue/redis-kinds.redis.test.ts */
const NEEDED_RIGHTS = '~{nhs-trace}* +@all -@dangerous +info';
