import { describe, expect, it } from 'vitest';
import { createSealer } from '../../src/lib/seal.ts';

const KEY = Buffer.alloc(32, 7);
const sealer = createSealer(KEY);
const TEXT = '{"familyName":"O\'Testby","givenName":"Żółć"}';

it.each([TEXT, '', 'x'.repeat(10_000)])('opens what it sealed', (text) => {
  expect(sealer.open(sealer.seal(text, 'subject:1'), 'subject:1')).toBe(text);
});

it('is opened by another sealer with the same key', () => {
  const sealed = sealer.seal(TEXT, 'subject:1');

  expect(createSealer(Buffer.from(KEY)).open(sealed, 'subject:1')).toBe(TEXT);
});

it('shows nothing of the text, and never the same twice', () => {
  const sealed = [sealer.seal(TEXT, 'a'), sealer.seal(TEXT, 'a')];

  expect(new Set(sealed).size).toBe(2);
  for (const one of sealed) {
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('Testby');
  }
});

describe('does not open', () => {
  const sealed = sealer.seal(TEXT, 'subject:1');
  const bytes = Buffer.from(sealed, 'base64');

  it('in another place', () => {
    expect(() => sealer.open(sealed, 'subject:2')).toThrow();
  });

  it('with another key', () => {
    expect(() => createSealer(Buffer.alloc(32, 8)).open(sealed, 'subject:1')).toThrow();
  });

  it('when any byte was changed', () => {
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;

      expect(() => sealer.open(changed.toString('base64'), 'subject:1')).toThrow();
    }
  });

  it('when it was cut short anywhere', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const cut = bytes.subarray(0, length).toString('base64');

      expect(() => sealer.open(cut, 'subject:1')).toThrow();
    }
  });
});
