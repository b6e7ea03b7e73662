/** What Redis says of itself, and whether that will do. */
import { ConfigError } from '../errors.ts';

export type RedisMode = 'standalone' | 'cluster' | 'sentinel';

/** How the Redis that says this of itself (INFO) is run. */
export function redisMode(info: string): RedisMode {
  const mode = infoValue(info, 'redis_mode');
  return mode === 'sentinel' || mode === 'cluster' ? mode : 'standalone';
}

/** Throws ConfigError when the Redis that says this is not fit. */
export function checkInfo(info: string, where: string): void {
  const [fault] = redisFaults(info, where);
  if (fault !== undefined) throw new ConfigError(fault);
}

/**
 * Why the Redis that says this is not fit: BullMQ loses items when Redis evicts keys, and everything when Redis
 * restarts without its log.
 */
export function redisFaults(info: string, where: string): readonly string[] {
  const faults: string[] = [];
  const policy = infoValue(info, 'maxmemory_policy');
  if (policy !== undefined && policy !== 'noeviction') {
    faults.push(
      `the Redis at ${where} may throw items away when memory runs short (maxmemory-policy is ${policy}). Set it: maxmemory-policy noeviction`,
    );
  }
  if (infoValue(info, 'aof_enabled') === '0') {
    faults.push(
      `the Redis at ${where} keeps no append-only file, so a restart would lose the queue. Set it: appendonly yes`,
    );
  }
  if (infoValue(info, 'role') === 'slave' && redisMode(info) !== 'cluster') {
    faults.push(
      `the Redis at ${where} is a replica, which takes no items; give its master, or a Sentinel`,
    );
  }
  return faults;
}

/** One line of INFO. */
export function infoValue(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1];
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
