/** Files that are whole or not there: written beside their place, flushed to the disk, renamed. */
import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface AtomicFile {
  write(content: string | Buffer): Promise<void>;
  /** Puts the file in its place; until then the one of that name is untouched. */
  commit(): Promise<void>;
  /** Takes away what was written. Does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Begins a file that will stand at `path`, mode 0600. */
export async function openAtomicFile(path: string): Promise<AtomicFile> {
  const temporary = `${path}.${randomUUID()}.part`;
  const file = await open(
    temporary,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
    0o600,
  );
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    write: async (content) => {
      await writeAll(file, typeof content === 'string' ? Buffer.from(content) : content);
    },
    commit: async () => {
      await file.sync();
      await close();
      await rename(temporary, path);
      await flushDirectory(dirname(path));
    },
    discard: async () => {
      await close();
      await rm(temporary, { force: true });
    },
  };
}

/** Writes one whole file. */
export async function writeFileAtomically(path: string, content: string | Buffer): Promise<void> {
  const file = await openAtomicFile(path);
  try {
    await file.write(content);
    await file.commit();
  } finally {
    await file.discard();
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  let done = 0;
  while (done < bytes.length) done += (await file.write(bytes, done)).bytesWritten;
}

/** Makes a rename survive a power cut. Windows cannot open a directory, and does without. */
async function flushDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
