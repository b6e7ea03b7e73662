/** Where a whole job runs, and every byte that it leaves is searched for people. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { expect } from 'vitest';
import { runCli, type StartedProcess, startCli, type Variables } from '../../support/cli.ts';
import { filesBelow, type MarkedPeople } from './marked-people.ts';

/** Files of a run directory that may hold personal data; docs/security.md names the same. */
const MAY_HOLD =
  /^(ledger\.sqlite(-wal|-shm)?|(matched\.csv|exceptions\.(csv|xlsx)|report\.html|details\.csv|corrections\.csv)(\.[-0-9a-f]{36}\.part)?)$/;

export interface PrivatePlace {
  /** The directory of the run. */
  readonly out: string;
  /** Ends with `code`; what it says is kept, to be searched. */
  cli(code: number, ...args: readonly string[]): Promise<string>;
  start(...args: readonly string[]): StartedProcess;
  /** Something else that came out, to be searched. */
  heard(text: string): void;
  /** Waits for its end, however that is, and keeps what it said. */
  endOf(process: StartedProcess): Promise<number | null>;
  /** The files that hold anything of a person: none but those that may. */
  holders(): readonly string[];
  /** Nothing that anybody said names a person, and nothing lies in a temporary directory or beside the runs. */
  expectSilence(): void;
}

export function aPrivatePlace(
  place: string,
  marked: MarkedPeople,
  queue: Variables = {},
): PrivatePlace {
  const [runs, temporary] = [join(place, 'runs'), join(place, 'temporary')];
  for (const path of [place, runs, temporary]) mkdirSync(path, { mode: 0o700 });
  const key = randomBytes(32).toString('base64');
  const variables = { ...queue, NHS_TRACE_KEY: key, TMPDIR: temporary };
  const said: string[] = [];
  const loud = (args: readonly string[]): readonly string[] => [...args, '--log-level', 'trace'];
  return {
    out: join(runs, 'run'),
    cli: async (code, ...args) => {
      const ended = await runCli(loud(args), variables, place);
      said.push(ended.stdout, ended.stderr);
      expect([args[0], ended.code, ended.stderr.slice(-500)]).toMatchObject([args[0], code, /./]);
      return ended.stderr;
    },
    start: (...args) => startCli(loud(args), variables, place),
    heard: (text) => {
      said.push(text);
    },
    endOf: async (process) => {
      const { code, stdout, stderr } = await process.ended;
      said.push(stdout, stderr);
      return code;
    },
    holders: () => holdersBelow(runs, marked),
    expectSilence: () => {
      expect(marked.marksIn(said.join('\n'))).toEqual([]);
      expect(filesBelow(temporary)).toEqual([]);
      expect(filesBelow(runs).filter(({ path }) => path.endsWith('.part'))).toEqual([]);
      const beside = filesBelow(place).filter(({ path }) => !/^(runs|temporary)/.test(path));
      expect(beside).toEqual([]);
    },
  };
}

/** What stands in the parts of an .xlsx file. */
export function marksInWorkbook(path: string, marked: MarkedPeople): readonly string[] {
  const parts = Object.values(unzipSync(readFileSync(path)));
  return marked.marksIn(parts.map((part) => Buffer.from(part).toString('utf8')).join('\n'));
}

function holdersBelow(runs: string, marked: MarkedPeople): readonly string[] {
  return filesBelow(runs).flatMap(({ path, text, mode }) => {
    const isFolder = statSync(join(runs, path), { throwIfNoEntry: false })?.isDirectory() ?? false;
    expect([path, mode]).toEqual([path, isFolder ? '700' : '600']);
    const marks = marked.marksIn(text);
    const [, name = ''] = path.split('/');
    if (!MAY_HOLD.test(name)) expect([path, marks]).toEqual([path, []]);
    return marks.length > 0 ? [path] : [];
  });
}
