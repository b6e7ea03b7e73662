/** The program as a process, and every other process that a test starts. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const pinned = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));

/** The pinned Node; the one that runs the tests where it was not installed. */
export const NODE = existsSync(pinned) ? pinned : process.execPath;

export const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedProcess {
  readonly pid: number;
  readonly ended: Promise<Ended>;
  /** What came out so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves when stdout or stderr holds `text`; rejects when the process ends before. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

export type Variables = Readonly<Record<string, string>>;

const running = new Set<ChildProcess>();

/** Where the trails of workers go that were not told where. */
export const workerTrails = join(tmpdir(), `nhs-trace-worker-audit-${process.pid}`);

process.once('exit', killAll);

function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** Kills whatever a test left running. For `afterEach` or `afterAll`. */
export async function endProcesses(): Promise<void> {
  const ends = [...running].map((child) => new Promise((resolve) => child.once('exit', resolve)));
  killAll();
  await Promise.all(ends);
}

/** Starts the program. Nothing of this process's environment reaches it but `variables`. */
export function startCli(
  args: readonly string[],
  variables: Variables = {},
  cwd?: string,
): StartedProcess {
  return startProcess(
    NODE,
    ['--max-semi-space-size=16', '--heap-growing-percent=30', MAIN, ...args, ...auditDirFor(args)],
    variables,
    cwd,
  );
}

/** Runs the program to its end. */
export function runCli(
  args: readonly string[],
  variables: Variables = {},
  cwd?: string,
): Promise<Ended> {
  return startCli(args, variables, cwd).ended;
}

function auditDirFor(args: readonly string[]): readonly string[] {
  if (args[0] !== 'worker' || args.includes('--audit-dir')) return [];
  return ['--audit-dir', workerTrails];
}

export function startProcess(
  command: string,
  args: readonly string[],
  variables?: Variables,
  cwd?: string,
): StartedProcess {
  const child = spawn(command, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(variables === undefined ? {} : { env: variables }),
    ...(cwd === undefined ? {} : { cwd }),
  });
  running.add(child);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => running.delete(child));
    child.once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  const says = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (said.stdout.includes(text) || said.stderr.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      child.stderr.on('data', look);
      look();
      ended.then(
        ({ code }) => reject(new Error(`ended (${code}) without "${text}": ${said.stderr}`)),
        reject,
      );
    });
  return {
    pid: child.pid ?? 0,
    ended,
    stdout: () => said.stdout,
    stderr: () => said.stderr,
    says,
    kill: (signal) => {
      child.kill(signal);
    },
  };
}

/** Looks again and again until `look` gives something. Throws after `withinMs`. */
export async function until<T>(
  look: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const end = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`waited ${withinMs} ms in vain: ${look}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
