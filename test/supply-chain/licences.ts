/** Under which licences the dependencies stand, from package-lock.json and, where that is silent, the packages. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

export interface Licensed {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; empty when none is told. */
  readonly licence: string;
  readonly isRunTime: boolean;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
}

/** Every package that the lock file names, the program itself left out. */
export function licensedPackages(): readonly Licensed[] {
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry>;
  };
  return Object.entries(lock.packages).flatMap(([path, entry]) =>
    path === ''
      ? []
      : [
          {
            name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
            version: entry.version ?? '',
            licence: entry.license ?? licenceIn(path) ?? licenceOfFamily(path, lock.packages),
            isRunTime: entry.dev !== true,
          },
        ],
  );
}

/** `docs/licences.md`. */
export function licencesPage(packages: readonly Licensed[]): string {
  const runTime = packages.filter(({ isRunTime }) => isRunTime);
  const rows = runTime
    .map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`)
    .sort();
  return `# Licences

The program itself is under the MIT licence. Written by \`test/supply-chain/licences.test.ts\` from package-lock.json
(\`npx vitest run test/supply-chain/licences.test.ts -u\` after a change of dependencies); the same test fails when a
licence is not among those that are allowed there. Packages for another kind of machine are listed too. An offer of
two licences ("A OR B") is taken by the permissive one.

## At run time

| package | version | licence |
|---|---|---|
${rows.join('\n')}

## For building and testing only

Never shipped (\`npm ci --omit=dev\`).

| licence | packages |
|---|---|
${countsOf(packages.filter(({ isRunTime }) => !isRunTime)).join('\n')}
`;
}

function countsOf(packages: readonly Licensed[]): readonly string[] {
  const groups = Map.groupBy(packages, ({ licence }) => licence);
  return [...groups].map(([licence, of]) => `| ${licence} | ${of.length} |`).sort();
}

function licenceIn(path: string): string | undefined {
  const manifest = join(ROOT, path, 'package.json');
  if (!existsSync(manifest)) return undefined;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as LockEntry).license;
}

/** A build for another machine, which is not installed here, has the licence of its siblings. */
function licenceOfFamily(path: string, packages: Readonly<Record<string, LockEntry>>): string {
  const family = path.replace(/(-|\/)(android|darwin|freebsd|linux|openharmony|win32)-.*$/, '$1');
  const siblings = Object.entries(packages).filter(([other]) => other.startsWith(family));
  return siblings.find(([, { license }]) => license !== undefined)?.[1].license ?? '';
}
