/**
 * `npm run sbom`: what the program is made of at run time, as CycloneDX 1.6 JSON on stdout, from package.json and
 * package-lock.json alone. Nothing is fetched, and the same lock file gives the same bytes.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
}

interface Bom {
  $schema: string;
  specVersion: string;
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string; type: string } };
  components: readonly Component[];
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.stdout.write(`${JSON.stringify(sbom(), null, 2)}\n`);

/**
 * npm writes 1.5, of which every document is one of 1.6, and names the program after its folder. Its `--omit=dev`
 * leaves out whatever a tool for development needs too (npm 11.19), so what runs is told from the lock file.
 */
export function sbom(): Bom {
  const bom = JSON.parse(npmSbom()) as Bom;
  const running = runTimePackages();
  bom.$schema = 'http://cyclonedx.org/schema/bom-1.6.schema.json';
  bom.specVersion = '1.6';
  delete bom.serialNumber;
  delete bom.metadata.timestamp;
  bom.metadata.component.name = readJson<{ name: string }>('package.json').name;
  bom.metadata.component.type = 'application';
  bom.components = bom.components.filter(({ name, version }) => running.has(`${name}@${version}`));
  const left = new Set(bom.components.map((component) => component['bom-ref']));
  bom.dependencies = bom.dependencies
    .filter(({ ref }) => left.has(ref) || ref.startsWith(`${bom.metadata.component.name}@`))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => left.has(one)) }));
  return bom;
}

function npmSbom(): string {
  return execFileSync(
    'npm',
    ['sbom', '--offline', '--package-lock-only', '--sbom-format=cyclonedx'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    },
  );
}

/** As `name@version`. */
function runTimePackages(): ReadonlySet<string> {
  const { packages } = readJson<{
    packages: Record<string, { version?: string; dev?: boolean }>;
  }>('package-lock.json');
  return new Set(
    Object.entries(packages)
      .filter(([path, { dev }]) => path !== '' && dev !== true)
      .map(([path, { version }]) => `${path.replace(/.*node_modules\//, '')}@${version}`),
  );
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(resolve(ROOT, name), 'utf8')) as T;
}
