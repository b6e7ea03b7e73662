/** A reply's text as bytes, in one of the encodings that occur. */
import type { Random } from '../random.ts';

export function encoded(random: Random, text: string): Buffer {
  switch (random.int(12)) {
    case 0:
      return Buffer.from(`\uFEFF${named(text, 'UTF-16')}`, 'utf16le');
    case 1:
      return Buffer.from(`\uFEFF${named(text, 'UTF-16')}`, 'utf16le').swap16();
    case 2:
      return Buffer.from(named(text, 'ISO-8859-1'), 'latin1');
    case 3:
      return Buffer.from(`\uFEFF${text}`);
    case 4:
      return Buffer.from(named(text, 'utf-16'));
    default:
      return Buffer.from(text);
  }
}

function named(text: string, encoding: string): string {
  return text.replace(/encoding=(["']).*?\1/, `encoding="${encoding}"`);
}
