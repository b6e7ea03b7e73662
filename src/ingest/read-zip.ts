/** The members of a zip archive, streamed, with limits against archives made to do harm. The home of yauzl. */
import { type Entry, openPromise } from 'yauzl';
import { InputError } from '../errors.ts';

const MAX_MEMBERS = 10_000;
/** Of one member, unpacked. A full sheet of forty columns is about 3 GB. */
const MAX_BYTES = 6 * 1024 ** 3;
/** Unpacked bytes for each packed one; looked at from `RATIO_FROM` bytes on. Sheets reach 100. */
const MAX_RATIO = 250;
const RATIO_FROM = 32 * 1024 * 1024;

export interface ZipArchive {
  has(name: string): boolean;
  /** The bytes of a member; none when there is no such member. Throws InputError. */
  read(name: string): AsyncIterable<Buffer>;
  close(): void;
}

/** Throws InputError when `path` is no zip archive, or a damaged one. */
export async function openZip(path: string): Promise<ZipArchive> {
  const members = new Map<string, Entry>();
  const archive = await asInput(path, () =>
    openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: false }),
  );
  try {
    if (archive.entryCount > MAX_MEMBERS) throw tooLarge(path);
    await asInput(path, async () => {
      for await (const entry of archive.eachEntry()) {
        // Programs differ in which of two they show, so nobody could tell what was read.
        if (members.has(entry.fileName)) throw new Error('two members of one name');
        members.set(entry.fileName, entry);
      }
    });
  } catch (error) {
    archive.close();
    throw error;
  }
  return {
    has: (name) => members.has(name),
    read: (name) => {
      const entry = members.get(name);
      return entry === undefined
        ? nothing()
        : limited(path, entry, archive.openReadStreamPromise(entry));
    },
    close: () => archive.close(),
  };
}

async function* nothing(): AsyncGenerator<Buffer> {
  // A part that a workbook may leave out.
}

async function* limited(
  path: string,
  entry: Entry,
  opening: Promise<AsyncIterable<Buffer>>,
): AsyncGenerator<Buffer> {
  const stream = await asInput(path, () => opening);
  const most = Math.min(MAX_BYTES, Math.max(RATIO_FROM, entry.compressedSize * MAX_RATIO));
  const chunks = stream[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (;;) {
      const next = await asInput(path, () => chunks.next());
      if (next.done === true) return;
      bytes += next.value.length;
      if (bytes > most) throw tooLarge(path);
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}

function tooLarge(path: string): InputError {
  return new InputError(
    `${path}: the workbook unpacks to far more than a workbook of people should, and was not read further. Save it again in a spreadsheet program, or as "CSV UTF-8 (comma delimited)".`,
  );
}

/** What the archive's reader says is about the archive: damaged, cut off, encrypted. */
async function asInput<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(
      `${path}: the workbook is damaged or cut off. Save it again in a spreadsheet program.`,
      { cause },
    );
  }
}
