/** No dependency under a licence that would bind whoever uses the program. */
import { expect, it } from 'vitest';
import { licencesPage, licensedPackages } from './licences.ts';

/** Permissive: use, change and pass on, with the notice. */
const PERMISSIVE = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['MIT-0', 'CC0-1.0'],
]);

/** Tools that are used as they are, and not shipped. */
const FOR_TOOLS = new Set(['MPL-2.0', 'CC-BY-4.0', 'Python-2.0']);

const packages = licensedPackages();

it('stands for every package in the lock file, under a licence that is allowed', () => {
  expect(packages.length).toBeGreaterThan(50);
  const refused = packages.filter(
    ({ licence, isRunTime }) =>
      !isAllowed(licence, PERMISSIVE) && !(!isRunTime && isAllowed(licence, FOR_TOOLS)),
  );
  expect(refused).toEqual([]);
});

it('refuses what is not on the list', () => {
  for (const licence of ['GPL-2.0', 'AGPL-3.0-only', 'MIT AND GPL-2.0', 'UNLICENSED', ''])
    expect([licence, isAllowed(licence, PERMISSIVE)]).toEqual([licence, false]);
});

it('is what docs/licences.md says', async () => {
  await expect(licencesPage(packages)).toMatchFileSnapshot('../../docs/licences.md');
});

/** Of an offer of several licences one must be allowed. */
function isAllowed(licence: string, allowed: ReadonlySet<string>): boolean {
  return licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => allowed.has(one));
}
