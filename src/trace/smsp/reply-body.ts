/**
 * A body as it comes in, in one buffer that grows. Pieces are not kept as they come: one that is sent
 * byte by byte would cost a hundred times its size.
 */
export interface ReplyBody {
  add(piece: Uint8Array): void;
  bytes(): Uint8Array;
}

const FIRST_SIZE = 8_192;

/** Who calls stops at a limit; the buffer takes twice as much at most. */
export function createReplyBody(): ReplyBody {
  let buffer = new Uint8Array(FIRST_SIZE);
  let length = 0;
  return {
    add(piece) {
      const needed = length + piece.length;
      if (needed > buffer.length) {
        const larger = new Uint8Array(Math.max(needed, buffer.length * 2));
        larger.set(buffer.subarray(0, length));
        buffer = larger;
      }
      buffer.set(piece, length);
      length = needed;
    },
    bytes: () => buffer.subarray(0, length),
  };
}
