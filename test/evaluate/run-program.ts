/** One run of the program on one cohort, and what it wrote. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Summary } from '../../src/report/summary.ts';
import { runCli, type Variables } from '../support/cli.ts';
import type { RowResult } from './score-rows.ts';

/** So high that it never holds anything back. */
const NO_LIMIT = '100000';

export interface ProgramRun {
  readonly exitCode: number | null;
  readonly results: ReadonlyMap<number, RowResult>;
  readonly requests: number;
  /** From the start of the process to its end. */
  readonly seconds: number;
}

export interface ProgramOptions {
  readonly input: string;
  readonly job: string;
  readonly endpoint: string;
  readonly queue: string;
  /** The run directory, made anew. */
  readonly out: string;
  readonly concurrency: string;
  readonly variables: Variables;
}

/** Complete, some rows unanswered, or halted by itself: all of them leave results. */
const ENDS_WITH_RESULTS: readonly (number | null)[] = [0, 3, 5];

/** Throws when the program ended in any other way. */
export async function runProgram(options: ProgramOptions): Promise<ProgramRun> {
  const { input, job, endpoint, queue, out, concurrency, variables } = options;
  const started = performance.now();
  const ended = await runCli(
    [
      ...['run', input, '--job', job, '--endpoint', endpoint, '--queue', queue, '--out', out],
      ...['--rate', NO_LIMIT, '--concurrency', concurrency, '--log-level', 'warn'],
    ],
    variables,
  );
  const seconds = (performance.now() - started) / 1000;
  if (!ENDS_WITH_RESULTS.includes(ended.code)) {
    throw new Error(`${job} ended with ${ended.code}: ${ended.stderr}`);
  }
  const summaryPath = join(out, 'summary.json');
  const summary: Summary | undefined = existsSync(summaryPath)
    ? JSON.parse(readFileSync(summaryPath, 'utf8'))
    : undefined;
  return {
    exitCode: ended.code,
    results: new Map([
      ...readResults(join(out, 'matched.csv')),
      ...readResults(join(out, 'exceptions.csv')),
    ]),
    requests: summary?.requests.sent ?? 0,
    seconds,
  };
}

function readResults(path: string): readonly (readonly [number, RowResult])[] {
  if (!existsSync(path)) return [];
  const rows: Record<string, string>[] = parse(readFileSync(path), { columns: true, bom: true });
  return rows.map((row) => [
    Number(row['trace_row']),
    {
      nhsNumber: row['trace_nhs_number'] ?? '',
      code: row['exception_code'] ?? '',
      candidates: (row['exception_candidate'] ?? '').match(/[0-9]{10}/g) ?? [],
    },
  ]);
}
