/** Connections to Redis, be that one server, a cluster, or a master that Sentinels watch over. */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import { ConfigError } from '../errors.ts';
import {
  checkInfo,
  explainRefusal,
  nameOfMaster,
  type RedisMode,
  redisMode,
} from './redis-check.ts';
import type { StoreHealth } from './store-health.ts';

const CONNECT_TIMEOUT_MS = 5_000;
const LONGEST_RETRY_MS = 2_000;
/** A connection that was cut without a word is noticed so soon. */
const KEEP_ALIVE_MS = 10_000;

export interface RedisPlace {
  /** redis:// or rediss://. One server of a cluster stands for all, and a Sentinel for its master. */
  readonly url: string;
  /** PEM of the authority that issued the server's certificate; the public ones when absent. */
  readonly ca?: string | undefined;
}

/** Replies come as they always did. */
type Options = Omit<RedisOptions, 'replyMapping'>;

export type RedisClient = Redis | Cluster;

export interface RedisAccess {
  readonly client: RedisClient;
  /** One more connection, for a worker that blocks on it. */
  connect(): RedisClient;
}

/**
 * Connections that wait for Redis to come back, as BullMQ asks for. Checked first: throws
 * ConfigError within seconds when Redis cannot be reached, refuses us, or might lose items.
 */
export async function connectRedis(place: RedisPlace, health: StoreHealth): Promise<RedisAccess> {
  const make = await findRedis(place);
  const connect = (): RedisClient => {
    const client = make();
    client.on('error', health.failed);
    client.on('ready', health.works);
    return client;
  };
  return { client: connect(), connect };
}

/** How to connect, by what answers at the place. */
async function findRedis(place: RedisPlace): Promise<() => RedisClient> {
  const { mode, info, options, where } = await meetRedis(place);
  checkInfo(info, where);
  if (mode !== 'cluster') return () => new Redis(options);
  const { host = '', port = 0 } = options;
  return () => new Cluster([{ host, port }], { redisOptions: options });
}

/** What answers at a place, not yet judged. */
export interface RedisMet {
  readonly mode: RedisMode;
  /** What it says of itself; of a Sentinel, what its master says. */
  readonly info: string;
  readonly options: Options;
  /** Host and port as they were given. */
  readonly where: string;
}

/** Throws ConfigError within seconds when nothing answers, or refuses us. */
export async function meetRedis(place: RedisPlace): Promise<RedisMet> {
  const options = optionsOf(place);
  const where = new URL(place.url).host;
  const info = await ask(options, where, (redis) => redis.info());
  const mode = redisMode(info);
  if (mode !== 'sentinel') return { mode, info, options, where };
  const answer = await ask(options, where, (redis) => redis.call('SENTINEL', 'MASTERS'));
  const watched = watchedBy(options, nameOfMaster(answer, where));
  return {
    ...{ mode, options: watched, where },
    info: await ask(watched, where, (redis) => redis.info()),
  };
}

function optionsOf({ url, ca }: RedisPlace): Options {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: Number(port || 6379),
    ...(username === '' ? {} : { username: decoded(username) }),
    ...(password === '' ? {} : { password: decoded(password) }),
    ...(pathname.length > 1 ? { db: Number(pathname.slice(1)) } : {}),
    ...(protocol === 'rediss:'
      ? {
          tls: {
            rejectUnauthorized: true,
            minVersion: 'TLSv1.2',
            ...(ca === undefined ? {} : { ca }),
          },
        }
      : {}),
    keepAlive: KEEP_ALIVE_MS,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, LONGEST_RETRY_MS),
    // A master that has become a replica is left for the one that took over; 2: and asked there.
    reconnectOnError: ({ message }) => (message.startsWith('READONLY') ? 2 : false),
  };
}

/** The master that this Sentinel tells of, which is asked for again whenever it is lost. */
function watchedBy(options: Options, name: string): Options {
  const { host = '', port = 0, username, password, tls, ...rest } = options;
  return {
    ...rest,
    name,
    sentinels: [{ host, port }],
    ...(username === undefined ? {} : { username, sentinelUsername: username }),
    ...(password === undefined ? {} : { password, sentinelPassword: password }),
    ...(tls === undefined ? {} : { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
  };
}

/** One question, over a connection of its own that waits for nobody. Throws ConfigError. */
async function ask<T>(
  options: Options,
  where: string,
  question: (redis: Redis) => Promise<T>,
): Promise<T> {
  const redis = new Redis({
    ...options,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    sentinelRetryStrategy: () => null,
  });
  let lastError: Error | undefined;
  redis.on('error', (error) => {
    lastError = error;
  });
  try {
    await redis.connect();
    return await question(redis);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    throw explainRefusal(lastError ?? error, where);
  } finally {
    redis.disconnect();
  }
}

/** A password may hold a bare `%`. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
