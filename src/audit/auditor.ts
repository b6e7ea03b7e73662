/** Whose key the trail is written for, and with whose it is read. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { ConfigError } from '../errors.ts';
import { diskFaultOf } from '../lib/disk-fault.ts';
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

/** A key in a file of its own, mode 0600, durable. Throws ConfigError when there is a file or link of that name. */
export async function writeKeyFile(path: string, key: string): Promise<void> {
  const file = await openNew(path);
  try {
    await file.writeFile(`${key}\n`);
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx', 0o600);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    if (diskFaultOf(cause) !== undefined) throw cause;
    throw new ConfigError(
      code === 'EEXIST'
        ? `${path} exists. A key that is in use must not be lost: give another name.`
        : `${path} cannot be written (${code}).`,
      { cause },
    );
  }
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
