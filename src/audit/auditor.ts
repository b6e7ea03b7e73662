/** Whose key the trail is written for, and with whose it is read. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { ConfigError } from '../errors.ts';
import { writeFileAtomically } from '../lib/atomic-write.ts';
import { newAuditorKeys, recipientOf } from './audit-keys.ts';

/**
 * The auditor that the environment names; otherwise the holder of `keyFile`, which lies beside the trail, so that
 * whoever runs can also look. Makes that file, mode 0600, when there is none.
 */
export async function recipientFor(
  configured: string | undefined,
  keyFile: string,
): Promise<string> {
  if (configured !== undefined) return configured;
  if (!existsSync(keyFile)) {
    const { identity } = await newAuditorKeys();
    await writeKeyFile(keyFile, identity);
  }
  return recipientOf(readKeyFile(keyFile));
}

/** Throws ConfigError when there is no key. */
export function identityFor(configured: string | undefined, keyFile: string): string {
  if (configured !== undefined) return configured;
  if (existsSync(keyFile)) return readKeyFile(keyFile);
  throw new ConfigError(
    'this trail was written for an auditor: set NHS_TRACE_AUDIT_KEY or NHS_TRACE_AUDIT_KEY_FILE to the key that belongs to NHS_TRACE_AUDIT_RECIPIENT.',
  );
}

/** A key in a file of its own, mode 0600. Throws ConfigError when there is a file of that name. */
export async function writeKeyFile(path: string, key: string): Promise<void> {
  if (existsSync(path))
    throw new ConfigError(
      `${path} exists. A key that is in use must not be lost: give another name.`,
    );
  await writeFileAtomically(path, `${key}\n`);
}

/** Whether a path is that of a trail, not of a run directory. */
export function isTrailFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

function readKeyFile(path: string): string {
  if ((statSync(path).mode & 0o077) !== 0)
    throw new ConfigError(`${path} can be read by others. Mend it: chmod 600 ${path}`);
  return readFileSync(path, 'utf8').trim();
}
