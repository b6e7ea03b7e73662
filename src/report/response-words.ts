/** What the provider's codes mean, for the table of its behaviour. */

/** - `answered`: something about the person; - `busy`: told to wait; - `failed`: no answer. */
export type ResponseKind = 'answered' | 'busy' | 'failed';

export function responseKind(code: string): ResponseKind {
  if (ANSWERS.has(code)) return 'answered';
  return BUSY.has(code) ? 'busy' : 'failed';
}

/** In words; a code that is not listed speaks for itself. */
export function responseWords(code: string): string {
  return WORDS.get(code) ?? 'No answer';
}

const ANSWERS: ReadonlyMap<string, string> = new Map([
  ['SMSP-0000', 'One person'],
  ['DEMOG-0001', 'Nobody has these details'],
  ['DEMOG-0007', 'More than one person has these details'],
  ['DEMOG-0017', 'The number has been replaced by another'],
  ['DEMOG-0022', 'The number has been withdrawn'],
  ['DEMOG-0040', 'The number is not confirmed for these details'],
  ['DEMOG-0042', 'Not a ten-digit NHS number'],
]);

const BUSY: ReadonlyMap<string, string> = new Map([
  ['SMSP-0004', 'The provider has lost the Spine: everybody waits'],
  ['HTTP-429', 'Told to wait'],
  ['HTTP-503', 'Told to wait'],
]);

const FAILURES: ReadonlyMap<string, string> = new Map([
  ['SMSP-0001', 'The provider found our request invalid'],
  ['SMSP-0002', 'The provider got an invalid message from the Spine'],
  ['SMSP-0003', 'A local store answered, because the Spine was away: not taken for an answer'],
  ['SMSP-0005', 'The provider refused our identity'],
  ['SMSP-9999', 'The provider failed'],
  ['DEMOG-9999', 'The Spine gave an error without further meaning'],
  ['HTTP-500', 'The server of the provider failed; or the path of the endpoint is wrong'],
  ['HTTP-404', 'Nothing is there; look at the path of the endpoint'],
  ['timeout', 'No answer in time'],
]);

const WORDS: ReadonlyMap<string, string> = new Map([...ANSWERS, ...BUSY, ...FAILURES]);
