/** The list of parts names every part that runs, and nothing of the machine on which it was made. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { sbom } from './sbom.ts';

const ROOT = resolve(import.meta.dirname, '../..');

test('names the direct dependencies in their versions, once and again the same', () => {
  const manifest = JSON.parse(readFileSync(resolve(ROOT, 'package.json'), 'utf8')) as {
    name: string;
    dependencies: Record<string, string>;
  };
  const bom = sbom();
  expect([bom.specVersion, bom.metadata.component.name]).toEqual(['1.6', manifest.name]);
  const parts = bom.components.map(({ name, version }) => `${name}@${version}`);
  for (const [name, version] of Object.entries(manifest.dependencies))
    expect(parts).toContain(`${name}@${version}`);
  expect(parts.some((part) => part.startsWith('vitest@'))).toBe(false);
  expect(sbom()).toEqual(bom);
});

test('holds no path and no name of this machine', () => {
  const text = JSON.stringify(sbom());
  expect(text).not.toContain(ROOT);
  expect(text).not.toContain('file:');
  if (basename(ROOT) !== 'nhs-number-tracing') expect(text).not.toContain(`"${basename(ROOT)}"`);
});
