/** Damage to bytes, whatever they mean. */
import type { Random } from '../random.ts';

const PIECES: readonly [Buffer, ...Buffer[]] = [
  Buffer.of(0),
  ...[
    'ff',
    'fffe',
    'feff',
    'efbbbf',
    'c0af',
    'e0809f',
    'eda080',
    'f5808080',
    'c3',
    '1f8b',
    '2b414467',
  ].map((hex) => Buffer.from(hex, 'hex')),
  ...['<', '>', '&', '"', "'", '/', '=', ':', '\r', '\t', '<!', ']]>', 'xmlns'].map((text) =>
    Buffer.from(text),
  ),
];

export function damageBytes(random: Random, bytes: Buffer): Buffer {
  const at = random.int(bytes.length + 1);
  const length = random.int(random.chance(0.8) ? 4 : 200);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.int(7)) {
    case 0:
      return Buffer.concat([before, random.pick(PIECES), after]);
    case 1:
      return Buffer.concat([before, after.subarray(length)]);
    case 2:
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 3:
      return Buffer.concat([before, Buffer.of(random.int(256)), after.subarray(1)]);
    case 4:
      return Buffer.concat([
        before,
        Buffer.of((after[0] ?? 0) ^ (1 << random.int(8))),
        after.subarray(1),
      ]);
    case 5:
      return random.chance(0.3) ? before : bytes;
    default:
      return Buffer.concat([
        before,
        bytes.subarray(random.int(bytes.length + 1)).subarray(0, length),
        after,
      ]);
  }
}
