/** What is wrong with a file is told without its people. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'vitest';
import { aFolder } from '../support/runs.ts';
import { writeMarkedPeople } from './support/marked-people.ts';
import { aPrivatePlace } from './support/private-place.ts';

const folder = aFolder();
const marked = writeMarkedPeople(folder);
const rows = readFileSync(marked.input, 'utf8');

test.each([
  ['no header', rows.replace(/^.*\n/, 'LOCALMARK0,,Quornbeckaa,Zephyrineaa,,,\n')],
  ['a quote that never ends', rows.replace('Quornbeckab,', '"Quornbeckab,')],
  ['a NUL', rows.replace('Zephyrineac', 'Zephyrineac\0')],
  ['dates of two orders', rows.replaceAll(/1923-11-(\d\d)/g, '11/$1/1923')],
])('%s: refused, and not quoted', async (what, text) => {
  const place = aPrivatePlace(join(folder, what.replaceAll(' ', '-')), marked);
  const path = join(folder, 'refused.csv');
  writeFileSync(path, text);
  await place.cli(2, 'run', path, '--out', place.out, '--endpoint', 'http://127.0.0.1:9/x');
  place.expectSilence();
});
