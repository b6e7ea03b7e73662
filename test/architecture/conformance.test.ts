/** Every file that the written claims point at is there. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

test.each(['conformance', 'hazards', 'security'])(
  'docs/%s.md names only files that exist',
  (name) => {
    const text = readFileSync(resolve(ROOT, `docs/${name}.md`), 'utf8');
    const named = [...text.matchAll(/`((?:src|test|samples)\/[\w./-]+)`/g)].map(
      ([, path = '']) => path,
    );
    expect(named.length).toBeGreaterThan(1);
    expect(named.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
  },
);
