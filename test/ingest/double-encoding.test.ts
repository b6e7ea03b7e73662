import { describe, expect, it } from 'vitest';
import { undoDoubleEncoding } from '../../src/ingest/double-encoding.ts';

describe('text that was encoded twice', () => {
  it.each(['Seán', 'O’Né', 'Łukasz Żółć', 'ÀÁÍ', 'Ā ā', 'naïve “quote”', '£5'])(
    '%s is found again',
    (text) => {
      const twice = new TextDecoder('windows-1252').decode(Buffer.from(text));

      expect(twice).not.toBe(text);
      expect(undoDoubleEncoding(twice)).toBe(text);
    },
  );

  it('leaves ASCII', () => {
    expect(undoDoubleEncoding("O'Neill, 1")).toBe("O'Neill, 1");
  });

  it.each(['Müller', 'KŘÍŽ', 'PÍŽA', 'SeÃ¡n Müller', '李', 'Ã'])('is not %s', (text) => {
    expect(undoDoubleEncoding(text)).toBeUndefined();
  });
});
