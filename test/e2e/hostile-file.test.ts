/** A file made to do harm: what stands in it, and what it is called, steers no terminal, no page and no spreadsheet. */
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ended, runCli } from '../support/cli.ts';
import { aFolder, aPopulation, comparable, readTable } from '../support/runs.ts';
import { type SimulatorProcess, startSimulatorProcess } from '../support/simulator-process.ts';
import { closeServers, tcpServer } from '../trace/smsp/support/servers.ts';

/** Colours, a title, a link of OSC 8, C1's own CSI, text turned round, isolated or hidden, a line of our own. */
const HOSTILE = [
  ...['\u001b[31m', '\u001b]0;title\u0007', '\u001b]8;;http://evil.example/\u001b\\', '\u009b2J'],
  ...['\u202e', '\u2066', '\u200b', '\u2028', '\u0085', '\u007f', '\b\b\b', '\r', '\nverified'],
];
/** A bare carriage return in a header is refused. */
const HOSTILE_HEADER = HOSTILE.join('x').replace('\r', '');
const STEERING = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;
const FORMULAS = ['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://evil.example")', '\t=1'];

/** What a file may be called that names no control character; those that do are refused. */
const NAME = '\u202efdp.\u2066elpoep\u200b';

const folder = aFolder();
const runs = join(folder, 'runs');
const input = join(folder, `${NAME}.csv`);
const out = join(runs, `${NAME}run`);
const header = ['Id', 'Surname', 'Forename', 'DOB', 'Sex', 'Postcode', '=1+1', HOSTILE_HEADER];
let simulator: SimulatorProcess;
let ran: Ended;

beforeAll(async () => {
  simulator = await startSimulatorProcess({ folder, population: await aPopulation(folder, 200) });
  const rows = [...HOSTILE, ...FORMULAS].map((text, at) => [
    ...[text + at, `Smith${text}`, `Ann${text}`, `1980-01-0${(at % 9) + 1}`, '2'],
    ...[at % 2 === 0 ? `LS1 ${text}` : 'LS1 4AP', text, text],
  ]);
  writeFileSync(input, stringify([header, ...rows]));
  mkdirSync(runs, { mode: 0o700 });
  ran = await runCli([
    ...['run', input, '--out', out, '--endpoint', simulator.url, '--rate', '500'],
    ...['--job', 'cohort-backfill', '--log-level', 'trace'],
  ]);
});
afterAll(async () => {
  await simulator.stop();
  await closeServers();
});

test('no command lets it reach the terminal', async () => {
  expect(ran).toMatchObject({ code: 0 });
  const page = join(folder, 'check.html');
  const rows = HOSTILE.length + FORMULAS.length;
  const ended = [
    ran,
    ...(await Promise.all([
      runCli(['check', input, '--html', page]),
      runCli(['check', input, '--json']),
      runCli(['status', out]),
      runCli(['status', runs, '--json']),
      runCli(['report', out]),
    ])),
  ];
  for (let row = 1; row <= rows; row += 5)
    ended.push(await runCli(['explain', out, '--row', String(row)]));
  ended.push(await runCli(['audit', 'verify', out]), await runCli(['audit', 'query', out]));
  for (const one of ended) {
    expect(one.code).toBe(0);
    expectHarmless(one);
  }
  // JSON says the same as before.
  expect(JSON.parse(ended[2]?.stdout ?? '').file).toBe(input);
  for (const path of [page, join(out, 'report.html')])
    expect(STEERING.test(readFileSync(path, 'utf8'))).toBe(false);
});

test('the cells stand in the results as they were; what a spreadsheet would run is guarded, and correct takes it off', async () => {
  const given = readTable(input);
  const exceptions = readTable(join(out, 'exceptions.csv'));
  const withGuards = (cells: readonly string[] = []): string[] =>
    cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  expect(exceptions[0]?.slice(0, header.length)).toEqual(withGuards(header));
  expect(exceptions.length).toBe(given.length);
  for (const cells of exceptions.slice(1))
    expect(cells.slice(0, header.length)).toEqual(withGuards(given[Number(cells[header.length])]));
  const before = comparable(out);
  const corrected = await runCli(['correct', out, join(out, 'exceptions.csv')]);
  expect(corrected).toMatchObject({ code: 0 });
  expect(corrected.stdout).toContain('No row was changed');
  expectHarmless(corrected);
  expect(comparable(out)).toEqual(before);
});

test.concurrent.each([
  [['check', join(folder, `${NAME}-not-there.csv`)]],
  [['run', input, '--job', `${NAME}.yaml`]],
  [['run', input, '--run-id', NAME]],
  [['run', input, '--user', NAME]],
  [['resume', `../../${NAME}`]],
  [['report', `${NAME}/../../x`]],
  [['explain', '../../x', '--row', '1']],
  [['audit', 'query', out, '--user', NAME, '--from', NAME]],
  [[NAME]],
  [['run', `--${NAME}`]],
  [['keygen', folder]],
])('errors about a name tell it harmlessly: %#', async (args) => {
  const ended = await runCli(args, {}, folder);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expectHarmless(ended);
});

test.concurrent.each(['\u001b[31m', '\n', '\u009b', '\u007f'])(
  'a name with a control character is refused: %j',
  async (text) => {
    const path = join(folder, `x${text}x.csv`);
    writeFileSync(path, 'Surname\n');
    const ended = await runCli(['check', path]);
    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain('argument 2 holds a control character');
    expectHarmless(ended);
  },
);

test('nothing that a provider says reaches the terminal', async () => {
  const text = HOSTILE.slice(3).join('').replaceAll('\b', '');
  const fault = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:${text}</faultcode><faultstring>${text}</faultstring></s:Fault></s:Body></s:Envelope>`;
  const url = await tcpServer((socket) => {
    socket.once('data', () =>
      socket.end(
        `HTTP/1.1 500 ${text.replaceAll(/[\r\n]/g, '')}\r\nContent-Type: text/xml; charset=utf-8\r\nX-Said: \u009b31m\r\nContent-Length: ${Buffer.byteLength(fault)}\r\n\r\n${fault}`,
      ),
    );
  });
  const job = join(folder, 'once.yaml');
  writeFileSync(job, 'name: once\nattempts: 1\nstop_after_unanswered: 3\nrate: 500\n');
  const path = join(folder, 'refused');
  const ended = await runCli([
    ...['run', input, '--out', path, '--endpoint', url.href, '--job', job, '--log-level', 'trace'],
  ]);
  expect([3, 5]).toContain(ended.code);
  expectHarmless(ended);
  expectHarmless(await runCli(['status', path]));
});

test('a cell of a quarter of a gigabyte is refused', async () => {
  const path = join(folder, 'large.csv');
  const file = openSync(path, 'w');
  writeSync(file, 'Surname,DOB\n"');
  const piece = Buffer.alloc(16 * 1024 * 1024, 'x');
  for (let written = 0; written < 16; written += 1) writeSync(file, piece);
  closeSync(file);
  const ended = await runCli(['check', path]);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('line 2: the row that begins here is over 1048576 characters');
});

function expectHarmless({ stdout, stderr }: Ended): void {
  expect(STEERING.exec(stdout + stderr)).toBeNull();
}
