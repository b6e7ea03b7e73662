/** Many short texts in little memory: their UTF-8 bytes, end to end. A workbook's shared strings. */
import { InputError } from '../errors.ts';

const FIRST_BYTES = 1024 * 1024;
const MAX_BYTES = 1024 ** 3;

export interface StringTable {
  /** Throws InputError when the texts are more than a gigabyte together. */
  add(text: string): void;
  /** By its place, from 0; `undefined` when there are not so many. */
  get(index: number): string | undefined;
}

export function createStringTable(path: string): StringTable {
  let bytes = Buffer.allocUnsafe(FIRST_BYTES);
  let ends = new Uint32Array(16_384);
  let used = 0;
  let count = 0;
  const makeRoom = (length: number): void => {
    if (used + length > MAX_BYTES) {
      throw new InputError(
        `${path}: the texts of the workbook are over a gigabyte. Save it as CSV.`,
      );
    }
    if (used + length > bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, used + length));
      bytes.copy(larger, 0, 0, used);
      bytes = larger;
    }
    if (count === ends.length) {
      const more = new Uint32Array(ends.length * 2);
      more.set(ends);
      ends = more;
    }
  };
  return {
    add: (text) => {
      makeRoom(Buffer.byteLength(text));
      used += bytes.write(text, used);
      ends[count] = used;
      count += 1;
    },
    get: (index) => {
      if (index >= count) return undefined;
      const start = index === 0 ? 0 : (ends[index - 1] ?? 0);
      return bytes.toString('utf8', start, ends[index]);
    },
  };
}
