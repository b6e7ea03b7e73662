/** Files that belong to their owner alone. */
import { closeSync, constants, fchmodSync, openSync } from 'node:fs';

const { O_APPEND, O_CREAT, O_NOFOLLOW } = constants;

/**
 * Makes the file when there is none, mode 0600. SQLite gives its files beside it the same mode. Throws what the system
 * throws (ELOOP) for a link: somebody may have put it there to have another file changed.
 */
export function makeOwnFile(path: string): void {
  const file = openSync(path, O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}
