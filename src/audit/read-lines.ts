/** The lines of a file by their bytes: nothing but a line feed ends one. */
import { createReadStream, existsSync } from 'node:fs';
import { MAX_LINE_BYTES } from './audit-entry.ts';

export interface Line {
  readonly text: string;
  /** False for what stands after the last line feed. */
  readonly isWhole: boolean;
}

/** None of a file that is not there. Ends with an empty line in the place of one that is longer than any of ours: it would have to be held in memory. */
export async function* readLines(path: string): AsyncGenerator<Line> {
  if (!existsSync(path)) return;
  let pieces: Buffer[] = [];
  let waiting = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      pieces.push(chunk.subarray(start, end));
      yield { text: Buffer.concat(pieces).toString('utf8'), isWhole: true };
      pieces = [];
      waiting = 0;
      start = end + 1;
    }
    pieces.push(chunk.subarray(start));
    waiting += chunk.length - start;
    if (waiting > MAX_LINE_BYTES) {
      yield { text: '', isWhole: true };
      return;
    }
  }
  if (waiting > 0) yield { text: Buffer.concat(pieces).toString('utf8'), isWhole: false };
}
