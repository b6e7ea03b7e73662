import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable, printableJson, printableLines } from '../../src/lib/printable.ts';

const STEERING = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;

test.each([
  ['\u001b[31mred', '?[31mred', '?[31mred'],
  ['one\n\ttwo\r\n', 'one two ', 'one\n two?\n'],
  ['a\u202eb\u2066c\u009bd\u200be', 'a?b?c?d?e', 'a?b?c?d?e'],
  ['a\u2028b', 'a b', 'a?b'],
  ['half \ud800', 'half ?', 'half ?'],
  ['Zoë 🧑 – “ok”', 'Zoë 🧑 – “ok”', 'Zoë 🧑 – “ok”'],
])('%j', (text, line, lines) => {
  expect([printable(text), printableLines(text)]).toEqual([line, lines]);
});

test('any text is harmless, and JSON of it means the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (text, key) => {
      const value = { [key]: [text, '\u202e\u{E0001}\u0085'] };
      const json = printableJson(value, 2);
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
      for (const shown of [json, printableLines(text)]) expect(STEERING.test(shown)).toBe(false);
      expect(/[\n\p{C}]/u.test(printable(text))).toBe(false);
    }),
  );
});
