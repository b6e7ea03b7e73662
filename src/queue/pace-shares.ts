/** Whose turn it is, where several runs of one machine wait for places: start-time fair queueing. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { PRIORITIES, type Priority } from '../domain/priority.ts';

export interface Shares {
  /** Whether it is this run's turn, or at least nobody's who waits. */
  isMyTurn(now: number): boolean;
  /** It had so many, and waits for more until it asks again; for none, when that is over already. */
  took(places: number, waitsUntil: number, now: number): void;
}

/** A place costs a run ten times as much as one of the next higher priority. */
const COST = 10;

/** Nobody gets further ahead of who waits than by so many seconds' places: to change hands costs time. */
const LEAD_SECONDS = 0.05;

/** Who has not asked for so long is forgotten. */
const FORGOTTEN_MS = 60_000;

/** To be called, like all that it gives, in a transaction. */
export function createShares(
  db: DatabaseSync,
  provider: string,
  { ratePerSecond, priority }: { readonly ratePerSecond: number; readonly priority: Priority },
): Shares {
  const asker = randomUUID();
  const cost = COST ** PRIORITIES.indexOf(priority);
  const served = db.prepare('SELECT served FROM pace WHERE provider = ?');
  const mine = db.prepare(
    'SELECT share, waits_until AS waitsUntil FROM asker WHERE provider = ? AND asker = ?',
  );
  const others = db.prepare(
    'SELECT min(share) AS least FROM asker WHERE provider = ? AND asker <> ? AND waits_until > ?',
  );
  const put = db.prepare(
    'INSERT INTO asker VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET share = excluded.share, waits_until = excluded.waits_until',
  );
  const serve = db.prepare('UPDATE pace SET served = ? WHERE provider = ?');
  const forget = db.prepare('DELETE FROM asker WHERE provider = ? AND waits_until < ?');

  /** Who was not waiting has missed nothing: it begins where the others are. */
  const share = (now: number): number => {
    const { share: last = 0, waitsUntil = 0 } = mine.get(provider, asker) ?? {};
    if (Number(waitsUntil) > now) return Number(last);
    return Math.max(Number(last), Number(served.get(provider)?.['served'] ?? 0));
  };
  return {
    isMyTurn: (now) => {
      const least = others.get(provider, asker, now)?.['least'] ?? Number.POSITIVE_INFINITY;
      return share(now) <= Number(least) + ratePerSecond * LEAD_SECONDS;
    },
    took: (places, waitsUntil, now) => {
      const before = share(now);
      if (places > 0) serve.run(before, provider);
      put.run(provider, asker, before + places * cost, waitsUntil);
      forget.run(provider, now - FORGOTTEN_MS);
    },
  };
}
