/** Wrong usage: exit code 2, words that say the mend, nothing sent, nothing left behind. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, type Variables } from '../support/cli.ts';
import { aCohort, aFolder, aPopulation } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';

const folder = aFolder();
let simulator: SimulatorProcess;
let input: string;

beforeAll(async () => {
  const population = await aPopulation(folder, 300);
  input = (await aCohort(folder, population, 'nightly', 20)).path;
  simulator = await startSimulatorProcess({ folder, population });
});
afterAll(() => simulator.stop());

interface Mistake {
  readonly what: string;
  readonly says: RegExp;
  /** After `run INPUT --endpoint URL --out OUT`. */
  readonly args?: readonly string[];
  /** The bytes of the input file, when that is what is wrong. */
  readonly file?: string | Buffer;
  readonly endpoint?: string | false;
  readonly variables?: Variables;
  /** Lines of a job file. */
  readonly job?: string;
}

const HEADER = 'NHS NUMBER,PERSON FAMILY NAME,PERSON GIVEN NAME,PERSON BIRTH DATE';

const mistakes: readonly Mistake[] = [
  { what: 'an unknown flag', args: ['--fast'], says: /unknown option '--fast'/ },
  { what: 'a rate of nothing', args: ['--rate', '0'], says: /number above 0/ },
  { what: 'a concurrency of nothing', args: ['--concurrency', '0'], says: /at least 1/ },
  { what: 'no endpoint', endpoint: false, says: /--endpoint URL or NHS_TRACE_ENDPOINT/ },
  { what: 'http to another machine', endpoint: 'http://smsp.example.nhs.uk/x', says: /https/ },
  { what: 'an endpoint that is no URL', endpoint: 'smsp', says: /not a URL/ },
  {
    what: 'an endpoint with a password',
    endpoint: 'https://u:hush@smsp.example/',
    says: /must not hold/,
  },
  {
    what: 'Redis without a key',
    args: ['--queue', 'redis://127.0.0.1:1'],
    says: /NHS_TRACE_KEY.*openssl rand/,
  },
  {
    what: 'a Redis that is not there',
    args: ['--queue', 'redis://:hush@127.0.0.1:1'],
    variables: { NHS_TRACE_KEY: Buffer.alloc(32, 7).toString('base64') },
    says: /127\.0\.0\.1:1 cannot be reached/,
  },
  {
    what: 'a key that is too short',
    variables: { NHS_TRACE_KEY: 'aHVzaA==' },
    says: /32 bytes in base64/,
  },
  { what: 'an unknown queue', args: ['--queue', 'amqp://x'], says: /redis:\/\/ or rediss:\/\// },
  { what: 'no workers at all', args: ['--workers', '0'], says: /--workers 0/ },
  { what: 'a run id that is no name', args: ['--run-id', '../x'], says: /--run-id takes/ },
  {
    what: 'a job that is not there',
    args: ['--job', 'weekly'],
    says: /no job file "weekly".*nightly/,
  },
  {
    what: 'a job with faults',
    job: 'name: x\nrate: -1\nspeed: 3',
    says: /line 2: rate[\s\S]*unknown key speed/,
  },
  {
    what: 'sending hours that are none',
    job: 'name: x\nwindow: nights',
    says: /line 2: window: give two times of day and a zone/,
  },
  {
    what: 'a certificate without its key',
    variables: { NHS_TRACE_TLS_CERT: '/dev/null' },
    says: /NHS_TRACE_TLS_CERT/,
  },
  {
    what: 'a certificate that is not there',
    variables: { NHS_TRACE_TLS_PFX: '/nowhere.pfx' },
    says: /NHS_TRACE_TLS_PFX: cannot read \/nowhere\.pfx/,
  },
  { what: 'a file that is not there', file: '', args: [], says: /cannot be read \(ENOENT\)/ },
  { what: 'an empty file', file: ' ', says: /no table|empty|header|columns?/i },
  {
    what: 'a quote that is never closed',
    file: `${HEADER}\n,"Smith,Ann,1980-01-01\n,Jones,Bob,1981-01-01\n`,
    says: /line 2: a quotation mark/,
  },
  { what: 'columns that nobody knows', file: 'a,b,c\n1,2,3\n', says: /columns:|column/ },
  {
    what: 'letters in two encodings',
    file: Buffer.from(`${HEADER}\n,M\xfcller,Ann,1980-01-01\n,J\xc3\xb3zef,A,1\n`, 'latin1'),
    says: /line 2, column 2: .*UTF-8/,
  },
  {
    what: 'a whole column of dates the other way round',
    file: `${HEADER}\n${',Smith,Ann,01/25/1980\n'.repeat(9)}`,
    says: /date_order: mdy/,
  },
];

describe.concurrent('run', () => {
  test.each(mistakes.map((mistake, at) => ({ ...mistake, at })))(
    'refuses $what',
    async (mistake) => {
      const { says, args = [], variables = {}, at } = mistake;
      const out = join(folder, `out-${at}`);
      const ended = await runCli(
        [
          ...['run', inputOf(mistake, at), '--out', out, ...args, ...jobOf(mistake, at)],
          ...endpointOf(mistake),
        ],
        variables,
      );
      expect(ended).toMatchObject({ code: 2, signal: null, stdout: '' });
      expect(ended.stderr).toMatch(says);
      expect(ended.stderr).not.toMatch(/hush|Smith|Jones|1980-01-01|\n\s+at .*\.ts:/);
      expect(existsSync(out)).toBe(false);
    },
  );

  test('refuses a directory that is not empty, and leaves it as it is', async () => {
    const out = join(folder, 'full');
    mkdirSync(out);
    writeFileSync(join(out, 'matched.csv'), 'of somebody else');
    const ended = await runCli(['run', input, '--out', out, '--endpoint', simulator.url]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/not empty.*another --out.*nhs-trace resume/);
    expect(readdirSync(out)).toEqual(['matched.csv']);
    expect(readFileSync(join(out, 'matched.csv'), 'utf8')).toBe('of somebody else');
  });

  test('leaves an empty directory that was there before', async () => {
    const out = join(folder, 'was-there');
    mkdirSync(out);
    const ended = await runCli(['run', '/nowhere.csv', '--out', out, '--endpoint', simulator.url]);
    expect(ended.code).toBe(2);
    expect(readdirSync(out)).toEqual([]);
  });

  test('writes nothing where it stands', async () => {
    const here = join(folder, 'here');
    mkdirSync(here);
    expect(
      (await runCli(['run', '/nowhere.csv', '--endpoint', simulator.url], {}, here)).code,
    ).toBe(2);
    expect((await runCli(['run'], {}, here)).code).toBe(2);
    // The folder of all runs may stay; a run in it may not.
    expect(readdirSync(here, { recursive: true }).filter((name) => name !== 'runs')).toEqual([]);
  });
});

describe.concurrent('other commands', () => {
  test.each([
    [['resume', '/nowhere'], /not a run directory/],
    [['report', '/nowhere'], /not a run directory/],
    [['worker'], /--queue redis:\/\//],
    [['worker', '--queue', 'redis://127.0.0.1:1'], /NHS_TRACE_KEY/],
    [['simulate', '--population', '/nowhere.csv'], /nowhere\.csv/],
    [['synth', 'population'], /--out/],
    [['synth', 'cohort', '--out', 'x', '--population', '/nowhere.csv'], /nowhere\.csv/],
    [['trace'], /unknown command 'trace'/],
    [['check', '/nowhere.csv'], /cannot be read/],
  ] as const)('%j is refused', async (args, says) => {
    const ended = await runCli(args, {}, folder);
    expect(ended).toMatchObject({ code: 2, signal: null });
    expect(ended.stderr).toMatch(says);
  });

  test.each([
    [[]],
    [['run']],
    [['resume']],
    [['explain']],
    [['check']],
    [['worker']],
    [['report']],
    [['demo']],
    [['simulate']],
    [['synth']],
    [['synth', 'population']],
    [['synth', 'cohort']],
  ])('%j --help', async (command) => {
    const ended = await runCli([...command, '--help']);
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^Usage: nhs-trace/);
  });

  test('check sends nothing and leaves nothing, and names the columns', async () => {
    const here = join(folder, 'check');
    mkdirSync(here);
    const ended = await runCli(['check', input, '--endpoint', simulator.url], {}, here);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toMatch(
      /20 rows[\s\S]*birth_date +column 5, "PERSON BIRTH DATE"[\s\S]*requests/,
    );
    expect(readdirSync(here)).toEqual([]);
    expect(ended.stdout).not.toContain('sending hours');
  });

  test('check says when a run would be done, with its hours and its daily limit', async () => {
    const job = join(folder, 'nights.yaml');
    writeFileSync(job, 'name: nights\nwindow: 19:00-07:00\ndaily_limit: 2\n');
    const ended = await runCli(['check', input, '--job', job]);
    expect(ended.stdout).toMatch(
      /with its sending hours and daily limit,\s+done on \w+ \d+ \w+ \d{4},\s+\d\d:\d\d/,
    );
  });
});

test('the provider was never asked anything', async () => {
  await simulator.stop();
  expect(simulator.journal()).toEqual([]);
});

function inputOf({ file }: Mistake, at: number): string {
  if (file === undefined) return input;
  const path = join(folder, `input-${at}.csv`);
  if (file !== '') writeFileSync(path, file);
  return path;
}

function jobOf({ job }: Mistake, at: number): readonly string[] {
  if (job === undefined) return [];
  const path = join(folder, `job-${at}.yaml`);
  writeFileSync(path, job);
  return ['--job', path];
}

function endpointOf({ endpoint }: Mistake): readonly string[] {
  return endpoint === false ? [] : ['--endpoint', endpoint ?? simulator.url];
}
