/** What reads our lines may leave before the last: the program goes on and ends as it would have. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { NODE, startProcess } from '../support/cli.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test('a reader that leaves before the first line is no defect', async () => {
  // The pause lets `true` be gone before anything is written.
  const line = `{ sleep 0.3; '${NODE}' '${MAIN}' --help; echo "code $?" >&2; } | true`;
  const ended = await startProcess('sh', ['-c', line]).ended;
  expect(ended.stderr).toBe('code 0\n');
});
