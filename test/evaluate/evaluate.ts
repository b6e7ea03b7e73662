/**
 * How well the program matches, measured on invented people whose truth is known: recall, false
 * matches, and the same for a program that asks one question and believes the answer.
 *
 *   npm run evaluate [-- --people 200000 --rows 20000 --seed report-1 --times 1,3
 *     --jobs nightly-data-quality,cohort-backfill,social-care-matching
 *     --queue embedded --concurrency 20 --json figures.json --missed 20]
 *
 * The table goes to stdout. Every false match, and what `--missed` asks for, goes to stderr.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { draftOfCells, layoutOf } from '../../src/synth/cohort-style.ts';
import { createJudge } from '../../src/synth/evidence.ts';
import type { JudgedRow } from '../../src/synth/judged-cohort.ts';
import { readPopulation, writePopulation } from '../../src/synth/write-files.ts';
import { endProcesses } from '../support/cli.ts';
import { hasRedis, startRedis } from '../support/redis-server.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { STYLE_OF_JOB, writeJudgedCohort } from './cohort-file.ts';
import { figuresJson } from './figures-json.ts';
import { type CohortFigures, figuresTable } from './figures-table.ts';
import { runNaively } from './naive-client.ts';
import { type ProgramRun, runProgram } from './run-program.ts';
import { countBy, damageOf, type RowResult, type Score, scoreRows } from './score-rows.ts';

const TODAY = '20261122';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '200000' },
    rows: { type: 'string', default: '20000' },
    seed: { type: 'string', default: 'report-1' },
    times: { type: 'string', default: '1,3' },
    jobs: { type: 'string', default: Object.keys(STYLE_OF_JOB).join() },
    queue: { type: 'string' },
    concurrency: { type: 'string', default: '20' },
    json: { type: 'string' },
    missed: { type: 'string', default: '0' },
  },
});

const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-evaluate-'));
try {
  const figures = await evaluate();
  process.stdout.write(figuresTable(figures));
  if (values.json !== undefined) {
    const about = { people: Number(values.people), seed: values.seed };
    writeFileSync(values.json, figuresJson(figures, about));
  }
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true, force: true });
}

async function evaluate(): Promise<readonly CohortFigures[]> {
  const path = join(folder, 'population.csv');
  const people = { seed: values.seed, count: Number(values.people), today: TODAY };
  await writePopulation(path, { ...people, isAdversarial: true });
  const population = await readPopulation(path);
  const judge = createJudge(population);
  const simulator = await startSimulatorProcess({ folder, population: path });
  const redis = values.queue === undefined && hasRedis ? await startRedis() : undefined;
  const queue = values.queue ?? redis?.url ?? 'embedded';
  const variables = { NHS_TRACE_KEY: randomBytes(32).toString('base64') };
  const figures: CohortFigures[] = [];
  for (const job of values.jobs.split(',')) {
    const style = STYLE_OF_JOB[job];
    if (style === undefined) throw new Error(`no cohort is known for the job ${job}`);
    for (const times of values.times.split(',').map(Number)) {
      const layout = layoutOf(style);
      const name = `${job}-x${times}`;
      const input = join(folder, `${name}.csv`);
      const { seed } = values;
      const cohort = writeJudgedCohort(
        { path: input, style, seed, count: Number(values.rows), times, today: TODAY },
        population,
        judge,
      );
      const run = await runProgram({
        ...{ input, job, queue, variables, endpoint: simulator.url },
        out: join(folder, name),
        concurrency: values.concurrency,
      });
      const naive = await runNaively(cohort, layout, {
        endpoint: simulator.url,
        concurrency: Number(values.concurrency),
        today: TODAY,
      });
      const score = scoreRows(cohort, run.results);
      const unnumbered = cohort.filter(({ cells }) => draftOfCells(cells, layout).nhsNumber === '');
      const { exitCode, requests, seconds } = run;
      figures.push({
        ...{ job, times, exitCode, score, requests, seconds },
        unnumbered: scoreRows(unnumbered, run.results).damaged,
        naive: {
          ...naive,
          score: scoreRows(cohort, naive.results),
          unnumbered: scoreRows(unnumbered, naive.results).damaged,
        },
      });
      tellWrong(name, score, run, ({ cells }, nhsNumber) => {
        return judge(draftOfCells(cells, layout), nhsNumber).canBeIdentified;
      });
      tellMissed(name, score, run, Number(values.missed));
    }
  }
  await redis?.stop();
  await simulator.stop();
  return figures;
}

/** `describes`: whether the row identifies the person of a number, as well as one could. */
function tellWrong(
  name: string,
  { falseMatches }: Score,
  { results }: ProgramRun,
  describes: (row: JudgedRow, nhsNumber: string) => boolean,
): void {
  for (const row of falseMatches) {
    const given = results.get(row.truth.row)?.nhsNumber ?? '';
    const excuse = describes(row, given) ? ', whom the row describes rightly,' : '';
    say(`${name} FALSE MATCH given ${given}${excuse}: ${about(row)}`);
  }
}

function tellMissed(name: string, { missed }: Score, { results }: ProgramRun, count: number): void {
  if (count === 0) return;
  const codeOf = (row: JudgedRow): string => codes(results.get(row.truth.row));
  for (const row of missed.slice(0, count)) say(`${name} missed, ${codeOf(row)}: ${about(row)}`);
  say(`${name} missed by code: ${counts(missed.map(codeOf))}`);
  say(`${name} missed by damage: ${counts(missed.flatMap(damageOf))}`);
}

function about({ truth, cells }: JudgedRow): string {
  const { row, trueNhsNumber, damage, note } = truth;
  const person = trueNhsNumber === '' ? 'is not in the population' : `is ${trueNhsNumber}`;
  return `row ${row} ${person}; damage ${damage || 'none'}; ${note || 'no note'}; ${JSON.stringify(cells)}`;
}

function codes(result: RowResult | undefined): string {
  if (result === undefined) return 'not in the output';
  return result.code || `matched to ${result.nhsNumber}`;
}

function counts(texts: readonly string[]): string {
  return Object.entries(countBy(texts))
    .map(([text, count]) => `${text} ${count}`)
    .join(', ');
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
