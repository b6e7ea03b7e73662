/** What the run's own record says of the requests that the provider answered. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { JournalEntry } from '../../src/simulator/journal.ts';

/** The message ids that stand in a ledger; none when there is no ledger. */
export function recordedMessageIds(path: string): ReadonlySet<string> {
  if (!existsSync(path)) return new Set();
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    const found = db.prepare('SELECT message_id FROM request').all();
    return new Set(found.map((line) => String(line['message_id'])));
  } finally {
    db.close();
  }
}

/** How many of the questions that got an answer have no request on record. */
export function unrecordedQuestions(
  journal: readonly JournalEntry[],
  recorded: ReadonlySet<string>,
): number {
  const answered = journal.filter(({ code }) => /^(SMSP|DEMOG)-/.test(code));
  const onRecord = new Set(
    answered
      .filter(({ messageId = '' }) => recorded.has(messageId))
      .map(({ question }) => question),
  );
  const all = new Set(answered.map(({ question }) => question));
  return all.size - onRecord.size;
}
