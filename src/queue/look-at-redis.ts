/** For `doctor`: the Redis that is to hold the queue. Nothing is written to it. */
import { type Check, checksOf } from '../domain/check-up.ts';
import { ConfigError } from '../errors.ts';
import { infoValue, redisFaults } from './redis-check.ts';
import { meetRedis, type RedisPlace } from './redis-connection.ts';

const say = checksOf('queue');

/** BullMQ's own: what it needs, and what it would rather have. */
const OLDEST = '5.0.0';
const RECOMMENDED = '6.2.0';

export async function lookAtRedis(place: RedisPlace): Promise<readonly Check[]> {
  const isTls = place.url.startsWith('rediss:');
  try {
    const { info, mode, where } = await meetRedis(place);
    const faults = redisFaults(info, where);
    return [
      say.ok(`the Redis at ${where} (${mode}) answers${isTls ? ' over TLS' : ''} and lets us in`),
      ...(isTls || isLoopback(place.url) ? [] : [UNENCRYPTED]),
      versionCheck(infoValue(info, 'redis_version') ?? ''),
      ...faults.map((fault) => say.fault(fault)),
      ...(faults.length > 0
        ? []
        : [say.ok('it throws nothing away (noeviction), and keeps an append-only file')]),
    ];
  } catch (error) {
    if (error instanceof ConfigError) return [say.fault(error.message)];
    throw error;
  }
}

const UNENCRYPTED = say.warning(
  'it is another machine, and the connection is not encrypted: its password and the times of requests can be read on the way',
  'let Redis speak TLS, and give rediss:// in NHS_TRACE_QUEUE_URL or --queue',
);

export function versionCheck(version: string): Check {
  if (!/^\d+\.\d+/.test(version)) return say.notLookedAt('it does not say which version it is');
  if (isBefore(version, OLDEST)) {
    return say.fault(`it is version ${version}`, `install ${RECOMMENDED} or later`);
  }
  return isBefore(version, RECOMMENDED)
    ? say.warning(`it is version ${version}`, `install ${RECOMMENDED} or later`)
    : say.ok(`it is version ${version}`);
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0;
}

function isLoopback(url: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(new URL(url).hostname);
}
