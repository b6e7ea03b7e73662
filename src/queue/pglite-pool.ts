/** PGlite in the form of the `pg.Pool` that BullMQ's PostgreSQL backend asks for. */
import { EventEmitter } from 'node:events';
import type { PGlite } from '@electric-sql/pglite';
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq';

/**
 * PGlite is one connection, so every "client" of the pool is that same connection, and queries
 * queue up inside PGlite. `LISTEN` goes to PGlite's own listener.
 */
export function createPglitePool(db: PGlite): PgPool {
  const query = async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
    if (params === undefined || params.length === 0) {
      const last = (await db.exec(text)).at(-1);
      return { rows: (last?.rows ?? []) as R[], rowCount: last?.affectedRows ?? null };
    }
    const { rows, affectedRows } = await db.query<R>(text, [...params]);
    return { rows, rowCount: affectedRows ?? rows.length };
  };
  const pool: PgPool = {
    query,
    connect: async () => createClient(db, query),
    end: async () => {},
    on: () => pool,
    removeAllListeners: () => pool,
  };
  return pool;
}

function createClient(db: PGlite, query: PgPool['query']): PgPoolClient {
  const events = new EventEmitter();
  const stops = new Map<string, () => Promise<void>>();
  const listen = async (channel: string): Promise<void> => {
    stops.set(
      channel,
      await db.listen(channel, (payload) => events.emit('notification', { channel, payload })),
    );
  };
  const client: PgPoolClient = {
    query: async <R>(text: string, params?: readonly unknown[]): Promise<PgQueryResult<R>> => {
      const [, verb, channel] = /^\s*(LISTEN|UNLISTEN)\s+"?([^";]+)"?/i.exec(text) ?? [];
      if (verb === undefined || channel === undefined) return query<R>(text, params);
      if (verb.toUpperCase() === 'LISTEN') await listen(channel);
      else await stops.get(channel)?.();
      return { rows: [], rowCount: 0 };
    },
    on: (event: string, listener: (...args: never[]) => void) => {
      events.on(event, listener as (...args: unknown[]) => void);
      return client;
    },
    removeListener: (event, listener) => {
      events.removeListener(event, listener);
      return client;
    },
    removeAllListeners: (event) => {
      events.removeAllListeners(event);
      return client;
    },
    release: () => {},
  };
  return client;
}
