/** The lines of a file by their bytes: nothing but a line feed ends one. */
import { createReadStream } from 'node:fs';

export interface Line {
  readonly text: string;
  /** False for what stands after the last line feed. */
  readonly isWhole: boolean;
}

export async function* readLines(path: string): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path)) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield { text: rest.toString('utf8', 0, end), isWhole: true };
      rest = rest.subarray(end + 1);
    }
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), isWhole: false };
}
