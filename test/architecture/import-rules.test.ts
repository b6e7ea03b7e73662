/** Each import rule is shown to fire: a checker that checks nothing says "no violations". */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
// @ts-expect-error The rules are plain JavaScript, as dependency-cruiser wants them.
import config from '../../.dependency-cruiser.mjs';

const ROOT = resolve(import.meta.dirname, '../..');

/** Rule, file to plant, what stands in it. */
const PLANTED: readonly (readonly [rule: string, path: string, text: string])[] = [
  ['domain-is-alone', 'src/domain/planted.ts', "import '../errors.ts';"],
  ['pure-stays-pure', 'src/normalise/planted.ts', "import 'node:os';"],
  ['pure-uses-no-lib', 'src/reconcile/planted.ts', "import '../lib/clock.ts';"],
  ['stages-do-not-know-each-other', 'src/report/planted.ts', "import '../reconcile/tally.ts';"],
  ['stages-are-handed-what-they-need', 'src/ingest/planted.ts', "import '../config/job.ts';"],
  ['adapters-behind-the-port', 'src/pipeline/planted.ts', "import '../trace/smsp/replies.ts';"],
  ['simulator-shares-no-code', 'src/simulator/planted.ts', "import '../lib/xml-read.ts';"],
  ['synth-stands-alone', 'src/synth/planted.ts', "import '../domain/nhs-number.ts';"],
  ['match-knows-domain-only', 'src/match/planted.ts', "import '../reconcile/tally.ts';"],
  ['nobody-leans-on-the-simulator', 'src/trace/planted.ts', "import '../simulator/person.ts';"],
  ['lib-knows-nothing-of-ours', 'src/lib/planted.ts', "import '../errors.ts';"],
  ['run-store-knows-domain-only', 'src/run-store/planted.ts', "import '../config/job.ts';"],
  ['audit-knows-domain-only', 'src/audit/planted.ts', "import '../config/job.ts';"],
  ['only-the-pipeline-joins-stages', 'src/cli/planted.ts', "import '../reconcile/tally.ts';"],
  ['nobody-imports-the-cli', 'src/pipeline/planted-cli.ts', "import '../cli/exit-codes.ts';"],
  ['files-have-few-doors', 'src/trace/planted-fs.ts', "import 'node:fs';"],
  ['network-has-few-doors', 'src/queue/planted.ts', "import 'node:net';"],
  ['src-ships-alone', 'src/planted.ts', "import '../test/support/closing-line.ts';"],
  ['no-circles', 'src/lib/planted-a.ts', "import './planted-b.ts';"],
  ['no-orphans', 'src/lib/planted-alone.ts', 'export const alone = 1;'],
  ['no-dead-ends', 'src/lib/planted-nowhere.ts', "import './nowhere.ts';"],
  ['no-dev-dependency', 'src/lib/planted-dev.ts', "import 'fast-check';"],
  ['csv-parse-has-one-home', 'src/lib/planted-1.ts', "import 'csv-parse';"],
  ['csv-stringify-has-one-home', 'src/lib/planted-2.ts', "import 'csv-stringify';"],
  ['bullmq-has-one-home', 'src/lib/planted-3.ts', "import 'bullmq';"],
  ['ioredis-has-one-home', 'src/lib/planted-4.ts', "import 'ioredis';"],
  ['hono-has-one-home', 'src/lib/planted-16.ts', "import 'hono';"],
  ['@hono/node-server-has-one-home', 'src/lib/planted-17.ts', "import '@hono/node-server';"],
  ['@bull-board/api-has-one-home', 'src/lib/planted-18.ts', "import '@bull-board/api';"],
  ['@bull-board/hono-has-one-home', 'src/lib/planted-19.ts', "import '@bull-board/hono';"],
  ['p-limit-has-one-home', 'src/lib/planted-6.ts', "import 'p-limit';"],
  ['undici-has-one-home', 'src/lib/planted-7.ts', "import 'undici';"],
  ['saxes-has-one-home', 'src/lib/planted-8.ts', "import 'saxes';"],
  ['pino-has-one-home', 'src/lib/planted-9.ts', "import 'pino';"],
  ['cli-progress-has-one-home', 'src/lib/planted-10.ts', "import 'cli-progress';"],
  ['commander-has-one-home', 'src/lib/planted-11.ts', "import 'commander';"],
  ['nunjucks-has-one-home', 'src/lib/planted-12.ts', "import 'nunjucks';"],
  ['node-forge-has-one-home', 'src/lib/planted-13.ts', "import 'node-forge';"],
  ['yaml-has-one-home', 'src/lib/planted-14.ts', "import 'yaml';"],
  ['fflate-has-one-home', 'src/lib/planted-21.ts', "import 'fflate';"],
  ['zod-has-one-home', 'src/lib/planted-15.ts', "import 'zod';"],
  ['prom-client-has-one-home', 'src/lib/planted-23.ts', "import 'prom-client';"],
  ['age-encryption-has-one-home', 'src/lib/planted-24.ts', "import 'age-encryption';"],
  ['yauzl-has-one-home', 'src/lib/planted-22.ts', "import 'yauzl';"],
];

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly from: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

function cruise(root: string): Cruise {
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const text = execFileSync(process.execPath, [bin, 'src', '--output-type', 'json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  return JSON.parse(text);
}

describe('import rules', () => {
  let copy: string;
  let planted: Cruise;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'import-rules-'));
    for (const name of [
      'src',
      'test/support',
      'package.json',
      'tsconfig.json',
      '.dependency-cruiser.mjs',
    ]) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
    for (const [, path, text] of PLANTED) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      writeFileSync(join(copy, path), text);
    }
    writeFileSync(join(copy, 'src/lib/planted-b.ts'), "import './planted-a.ts';");
    planted = cruise(copy);
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it.each(PLANTED)('%s fires for %s', (rule, path) => {
    const fired = planted.summary.violations
      .filter(({ from }) => from === path)
      .map((v) => v.rule.name);
    expect(fired).toContain(rule);
  });

  it('has a planted violation for every rule', () => {
    const rules = config.forbidden.map(({ name }: { name: string }) => name);
    expect(new Set(PLANTED.map(([rule]) => rule))).toEqual(new Set(rules));
  });

  it('finds nothing in the code as it is, and looks at all of it', () => {
    const found = cruise(ROOT);
    expect(found.summary.violations).toEqual([]);
    const files = globSync('src/**/*.ts', { cwd: ROOT });
    expect(found.summary.totalCruised).toBeGreaterThanOrEqual(files.length);
  });
});
