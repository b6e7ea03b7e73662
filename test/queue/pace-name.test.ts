import { expect, test } from 'vitest';
import { paceName } from '../../src/queue/pace-name.ts';

const named = (url: string) => paceName(new URL(url));
const NAME = named('https://smsp.example.nhs.uk/smsp/pds');

test.each([
  'https://smsp.example.nhs.uk/smsp/pds/',
  'https://smsp.example.nhs.uk/other?a=b#c',
  'https://SMSP.example.nhs.uk:443/smsp/pds',
  'https://smsp.example.nhs.uk./smsp/pds',
])('%s shares the pace', (url) => {
  expect(named(url)).toBe(NAME);
});

test.each([
  'https://smsp.example.nhs.uk:8443/smsp/pds',
  'http://smsp.example.nhs.uk/smsp/pds',
  'https://smsp.other.nhs.uk/smsp/pds',
])('%s has one of its own', (url) => {
  expect(named(url)).not.toBe(NAME);
});

test('tells nobody the address', () => {
  expect(NAME).toMatch(/^[0-9a-f]{16}$/);
});
