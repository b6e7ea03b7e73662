/**
 * The map of docs/security.md, held to whole jobs: every byte that a job leaves anywhere is searched for every detail
 * of every person. Only the files that the map allows hold any, and nobody but their owner may open them.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli, startCli, until, type Variables } from '../support/cli.ts';
import { hasRedis, type RedisServer, redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, readOutputs } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { filesBelow, writeMarkedPeople } from './support/marked-people.ts';

const JOBS = ['nightly-data-quality', 'cohort-backfill', 'social-care-matching'] as const;

/** Files of a run directory that may hold personal data; docs/security.md names the same. */
const MAY_HOLD =
  /^(ledger\.sqlite(-wal|-shm)?|matched\.csv|exceptions\.(csv|xlsx)|report\.html|details\.csv|corrections\.csv)$/;

const folder = aFolder();
const marked = writeMarkedPeople(folder);
let simulator: SimulatorProcess;
let server: RedisServer | undefined;

beforeAll(async () => {
  if (hasRedis) server = await startRedis();
  simulator = await startSimulatorProcess({ folder, population: marked.population });
});
afterAll(async () => {
  await simulator.stop();
  await server?.stop();
});

test.each(JOBS)('%s, embedded queue: killed, resumed, corrected, looked at', async (job) => {
  await expectPrivateJob(job, {});
});

redisTest('every job through Redis: nothing stands in its append-only file', async () => {
  const queue = { NHS_TRACE_QUEUE_URL: server?.url ?? '' };
  for (const job of JOBS) await expectPrivateJob(job, queue);
  const kept = filesBelow(server?.directory ?? '');
  expect(kept.filter(({ text }) => text.includes('nhs-trace')).length).toBeGreaterThan(0);
  for (const { path, text } of kept) expect([path, marked.marksIn(text)]).toEqual([path, []]);
});

async function expectPrivateJob(job: string, queue: Variables): Promise<void> {
  const place = join(folder, `${job}-${Object.keys(queue).length}`);
  const [runs, temporary] = [join(place, 'runs'), join(place, 'temporary')];
  for (const path of [place, runs, temporary]) mkdirSync(path, { mode: 0o700 });
  const out = join(runs, 'run');
  const variables = {
    ...queue,
    NHS_TRACE_KEY: randomBytes(32).toString('base64'),
    TMPDIR: temporary,
  };
  const said: string[] = [];
  const cli = async (code: number, ...args: readonly string[]): Promise<void> => {
    const ended = await runCli([...args, '--log-level', 'trace'], variables, place);
    expect([args[0], ended.code, ended.stderr.slice(-500)]).toMatchObject([args[0], code, /./]);
    said.push(ended.stdout, ended.stderr);
  };

  const asked = simulator.journal().length;
  const killed = startCli(
    [
      ...['run', marked.input, '--job', job, '--out', out, '--endpoint', simulator.url],
      ...['--rate', '40', '--metrics', '0', '--log-level', 'trace'],
    ],
    variables,
    place,
  );
  await until(() => simulator.journal().length > asked + 15);
  said.push(await metricsOf(killed.stderr()));
  await cli(0, 'status', out, '--json');
  killed.kill('SIGKILL');
  await killed.ended;
  said.push(killed.stdout(), killed.stderr());
  expectOnlyAllowed(runs);

  await cli(0, 'resume', out, '--rate', '500');
  expect(Object.keys(readOutputs(out).summary.outcomes)).toContain('verified');
  const exceptions = join(out, 'exceptions.csv');
  expect(readOutputs(out).exceptions.length).toBeGreaterThan(5);
  const mended = readFileSync(exceptions, 'utf8').replaceAll(/(Zephyrineah),,/g, '$1,1923-11-08,');
  expect(mended).not.toBe(readFileSync(exceptions, 'utf8'));
  writeFileSync(exceptions, mended);
  await cli(0, 'correct', out, exceptions);
  await cli(0, 'report', out);
  await cli(0, 'status', out, '--json');
  await cli(0, 'audit', 'verify', out);

  const holders = expectOnlyAllowed(runs);
  // The words are really in what was traced, and would be found.
  for (const name of ['ledger.sqlite', 'matched.csv', 'exceptions.csv', 'report.html'])
    expect(holders).toContain(join('run', name));
  expect(holders).toContain(join('run', 'corrections.csv'));
  expect(inWorkbook(join(out, 'exceptions.xlsx'))).not.toEqual([]);
  expect(filesBelow(temporary)).toEqual([]);
  expect(filesBelow(place).filter(({ path }) => !/^(runs|temporary)/.test(path))).toEqual([]);
  expect(marked.marksIn(said.join('\n'))).toEqual([]);
}

/** The files that hold anything of a person. */
function expectOnlyAllowed(runs: string): readonly string[] {
  const holders = filesBelow(runs).flatMap(({ path, text, mode }) => {
    const isFolder = statSync(join(runs, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
    expect([path, mode]).toEqual([path, isFolder ? '700' : '600']);
    const marks = marked.marksIn(text);
    const [, name = ''] = path.split('/');
    if (!MAY_HOLD.test(name)) expect([path, marks]).toEqual([path, []]);
    return marks.length > 0 ? [path] : [];
  });
  return holders;
}

function inWorkbook(path: string): readonly string[] {
  const parts = Object.values(unzipSync(readFileSync(path)));
  return marked.marksIn(parts.map((part) => Buffer.from(part).toString('utf8')).join('\n'));
}

async function metricsOf(log: string): Promise<string> {
  const served = log.split('\n').find((line) => line.includes('metrics.served')) ?? '';
  const [, url = ''] = /(http:[^"]+)/.exec(served) ?? [];
  return (await fetch(url)).text();
}
