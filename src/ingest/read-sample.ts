/** The beginning of a file, by which its kind is told. */
import { open, stat } from 'node:fs/promises';
import { InputError } from '../errors.ts';

const SAMPLE_BYTES = 256 * 1024;

/** At most 256 KiB. Throws InputError when `path` is a folder or cannot be read. */
export async function readSample(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).isDirectory())
      throw new InputError(`${path} is a folder, not a CSV file.`);
    const file = await open(path, 'r');
    try {
      const buffer = Buffer.alloc(SAMPLE_BYTES);
      const { bytesRead } = await file.read(buffer, 0, SAMPLE_BYTES, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`${path}: the file cannot be read (${codeOf(cause)}).`, { cause });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
