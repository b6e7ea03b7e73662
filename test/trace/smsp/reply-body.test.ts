import { expect, it } from 'vitest';
import { createReplyBody } from '../../../src/trace/smsp/reply-body.ts';

it('is the pieces one after the other, each as it was when it came', () => {
  const body = createReplyBody();
  const piece = Buffer.alloc(3_000, 'a');
  body.add(piece);
  piece.fill('b');
  for (let time = 0; time < 9; time += 1) body.add(piece);
  body.add(Buffer.alloc(0));

  expect(Buffer.from(body.bytes()).toString()).toBe('a'.repeat(3_000) + 'b'.repeat(27_000));
});

it('takes no more than twice its size, in however many pieces it comes', () => {
  const body = createReplyBody();
  const received = Buffer.alloc(65_536);
  const before = process.memoryUsage();
  for (let byte = 0; byte < 1_000_000; byte += 1) {
    body.add(received.subarray(byte % 65_536, (byte % 65_536) + 1));
  }
  const after = process.memoryUsage();

  expect(body.bytes()).toHaveLength(1_000_000);
  expect(body.bytes().buffer.byteLength).toBeLessThan(2_100_000);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(60_000_000);
});
