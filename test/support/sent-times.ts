import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** When the requests of a run were written to the wire, by the clocks of those who did, in order. */
export function sentTimes(out: string): number[] {
  const db = new DatabaseSync(join(out, 'ledger.sqlite'), { readOnly: true });
  const found = db.prepare('SELECT sent_at FROM request ORDER BY sent_at').all();
  db.close();
  return found.map((line) => Number(line['sent_at']));
}
