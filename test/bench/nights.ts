/**
 * The nightly job at steady state: a first night, one on which nothing has changed, one on which one row in a hundred
 * has; how many requests each sent, and how long it took.
 *
 *   npm run bench nights [-- --rows 50000]
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { Summary } from '../../src/report/summary.ts';
import { writeCohort, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses, runCli } from '../support/cli.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '50000' } },
  allowPositionals: true,
});
const rows = Number(values.rows);
const today = '20261126';
const key = randomBytes(32).toString('base64');

const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-bench-'));
try {
  console.log(`${cpus().length} x ${cpus()[0]?.model}, Node ${process.version}; ${rows} rows\n`);
  console.log(
    '| night | requests | of the rows | spared | seconds in all | peak MB |\n|---|---|---|---|---|---|',
  );
  await measureNights();
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
}

async function measureNights(): Promise<void> {
  const populationPath = join(folder, 'population.csv');
  const input = join(folder, 'people.csv');
  await writePopulation(populationPath, { seed: 'nights', count: rows, today });
  await writeCohort(input, join(folder, 'truth.csv'), {
    ...{ seed: 'nights', style: 'nightly', count: rows, today, populationPath },
  });
  const changed = join(folder, 'changed.csv');
  writeFileSync(changed, withChanges(readFileSync(input)));
  const simulator = await startSimulatorProcess({ folder, population: populationPath });
  for (const [night, file] of [
    ['first', input],
    ['nothing changed', input],
    ['1 % changed', changed],
  ] as const)
    await measure(night, file, simulator.url);
}

async function measure(night: string, file: string, url: string): Promise<void> {
  const out = join(folder, night.replaceAll(/\W/g, '-'));
  const startedMs = performance.now();
  const ended = await runCli(
    ['run', file, '--out', out, '--endpoint', url, '--rate', '100000', '--concurrency', '20'],
    { NHS_TRACE_KEY: key },
  );
  if (ended.code !== 0) throw new Error(`${night}: ${ended.stderr}`);
  const seconds = (performance.now() - startedMs) / 1000;
  const { requests, resources }: Summary = JSON.parse(
    readFileSync(join(out, 'summary.json'), 'utf8'),
  );
  const share = ((100 * requests.sent) / rows).toFixed(2);
  const megabytes = Math.round(resources.peak_rss_bytes / 2 ** 20);
  console.log(
    `| ${night} | ${requests.sent} | ${share} % | ${requests.saved_by_store} | ${seconds.toFixed(1)} | ${megabytes} |`,
  );
}

/** The family name of every hundredth person is another. */
function withChanges(text: Buffer): string {
  const [header = [], ...people] = parse(text) as string[][];
  const column = header.findIndex((name) => /surname|family/i.test(name));
  if (column < 0) throw new Error('the cohort has no column of family names');
  const changed = people.map((cells, at) =>
    at % 100 === 50 ? cells.with(column, `${cells[column]}son`) : cells,
  );
  return stringify([header, ...changed]);
}
