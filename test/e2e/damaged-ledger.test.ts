/** A ledger that was cut off or written over: every command says so, with the mend, and no stack. */
import { chmodSync, closeSync, cpSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.ts';
import { aCohort, aFolder, aPopulation } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const folder = aFolder();
const whole = join(folder, 'whole');

beforeAll(async () => {
  const population = await aPopulation(folder, 300);
  const cohort = await aCohort(folder, population, 'nightly', 100);
  const simulator = await startSimulatorProcess({ folder, population });
  await runCli(['run', cohort.path, '--out', whole, '--endpoint', simulator.url, '--rate', '100']);
  await simulator.stop();
});

const PAGE_BYTES = 4_096;

const DAMAGES: Readonly<Record<string, (ledger: string) => void>> = {
  'cut off': (ledger) => truncateSync(ledger, PAGE_BYTES + 100),
  'no ledger at all': (ledger) => overwrite(ledger, 0),
  'written over within': (ledger) => {
    for (let at = 4 * PAGE_BYTES; at < statSync(ledger).size; at += PAGE_BYTES)
      overwrite(ledger, at);
  },
};

for (const [at, [what, damage]] of Object.entries(DAMAGES).entries())
  test.each([['report'], ['resume'], ['explain', '--row', '1'], ['correct'], ['status']])(
    `${what}: %s`,
    async (command, ...more) => {
      const run = join(folder, `${command}-${at}`);
      cpSync(whole, run, { recursive: true });
      chmodSync(run, 0o700);
      damage(join(run, 'ledger.sqlite'));
      const args = command === 'correct' ? [join(whole, 'exceptions.csv')] : [];
      const ended = await runCli([command, run, ...args, ...more]);
      expect(ended.stderr).toMatch(/is damaged|cannot be read/);
      expect(ended.stderr).not.toMatch(/\n {4}at /);
      expect([2, 5]).toContain(ended.code);
    },
  );

function overwrite(path: string, at: number): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(PAGE_BYTES, 0x5a), 0, PAGE_BYTES, at);
  closeSync(file);
}
