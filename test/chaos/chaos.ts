/**
 * Random kills and faults, from a seed, over runs of real processes: is anything lost, answered twice,
 * asked again without need?
 *
 *   npm run chaos [-- --seed 1 --kills 200 --rows 5000 --queue both|redis|embedded --run N]
 *
 * `--run N` plays that run alone, to repeat a failure. Exit code 1 when anything is wrong; what went
 * wrong keeps its directory.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { endProcesses } from '../support/cli.ts';
import { hasRedis } from '../support/redis-server.ts';
import { drawPlan, type RunPlan } from './draw-plan.ts';
import type { QueueKind } from './events.ts';
import { failuresOf } from './failures.ts';
import { playRun, type RunResult, removeRun } from './play-run.ts';
import { startPrivateRedis } from './private-redis.ts';
import { resultsTable } from './results-table.ts';
import { type Scene, setScene } from './scene.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    kills: { type: 'string', default: '200' },
    rows: { type: 'string', default: '5000' },
    queue: { type: 'string', default: 'both' },
    run: { type: 'string' },
  },
});

const EVENTS_OF_A_RUN = [8, 15] as const;
const WORK_SECONDS = 45;
const LONGEST_MS = 20_000;

const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const queues = queuesOf(values.queue);
const folder = mkdtempSync(join(tmpdir(), 'nhs-trace-chaos-'));
try {
  const results = await playRuns(await scene());
  say(`\n${resultsTable(results)}`);
  if (results.every((result) => failuresOf(result).length === 0))
    rmSync(folder, { recursive: true });
  else process.exitCode = 1;
} finally {
  await endProcesses();
}

async function scene(): Promise<Scene> {
  const redis = queues.includes('redis') ? await startPrivateRedis(folder) : undefined;
  const about = {
    seed: values.seed,
    rows: Number(values.rows),
    queueUrl: redis?.url ?? 'embedded',
  };
  const set = await setScene(folder, about);
  await redis?.kill();
  return set;
}

/** Until there were as many kills and faults as asked for, the queues in turn. */
async function playRuns(set: Scene): Promise<readonly RunResult[]> {
  const results: RunResult[] = [];
  const count = (): number => results.reduce((sum, { played }) => sum + played.length, 0);
  const first = Number(values.run ?? 1);
  for (let number = first; count() < Number(values.kills); number += 1) {
    const queue = queues[(number - 1) % queues.length] ?? 'embedded';
    const { seed } = values;
    const { requests } = set;
    const plan = drawPlan({
      ...{ seed, number, queue, requests },
      events: EVENTS_OF_A_RUN,
      workSeconds: WORK_SECONDS,
      longestMs: LONGEST_MS,
    });
    const result = await playRun(plan, set);
    results.push(result);
    tell(plan, result);
    if (values.run !== undefined) break;
  }
  return results;
}

function tell(plan: RunPlan, result: RunResult): void {
  const failures = failuresOf(result);
  const { name, played, seconds, repeats } = result;
  const figures = `${played.length} events, ${repeats.total} repeats of ${repeats.bound}, ${seconds.toFixed(0)} s`;
  say(`${name}: ${figures}${failures.length === 0 ? '' : ' FAILED'}`);
  if (failures.length === 0) removeRun(result);
  else tellWhy(plan, result, failures);
}

function tellWhy(plan: RunPlan, result: RunResult, failures: readonly string[]): void {
  const { events: _events, ...settings } = plan;
  say(`  ${JSON.stringify(settings)}`);
  for (const failure of failures) say(`  - ${failure}`);
  const { seed, rows, queue } = values;
  say(
    `  again: npm run chaos -- --seed ${seed} --rows ${rows} --queue ${queue} --run ${plan.name.split('-')[1]}`,
  );
  say(`  kept: ${result.folder}`);
  say(readFileSync(join(result.folder, 'story.txt'), 'utf8').replace(/^/gm, '  | '));
}

function queuesOf(wanted: string): readonly QueueKind[] {
  const known: Readonly<Record<string, readonly QueueKind[]>> = {
    both: ['redis', 'embedded'],
    redis: ['redis'],
    embedded: ['embedded'],
  };
  const found = known[wanted];
  if (found === undefined) throw new Error('--queue takes both, redis or embedded');
  if (hasRedis || wanted === 'embedded') return found;
  say('redis-server is not on the PATH: only the embedded queue is disturbed');
  return ['embedded'];
}
