/** The process that owns a run: started, ended in every way, and started again until the run is complete. */
import { rmSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Ended,
  type StartedProcess,
  startCli,
  until,
  type Variables,
} from '../support/cli.ts';
import type { EventLog } from './event-log.ts';
import { isProviderKind } from './events.ts';

export interface Coordinator {
  /** The process at work; waits while there is none. Undefined once the run is over. */
  process(): Promise<StartedProcess | undefined>;
  /** Ends it; resolves when it is gone. `afterMs` later the run is resumed, once or twice at once. */
  end(signal: 'SIGKILL' | 'SIGTERM', again: Again): Promise<void>;
  /** From now on the process may stop itself for want of disk. */
  expectDiskFull(): void;
  /** Resumes the run beside the process that works on it; that must be refused. */
  resumeBeside(): Promise<void>;
  /** Resolves when the run is complete, was started in vain too often, or was given up. */
  readonly over: Promise<void>;
  /** Kills what is still at work, for good. Does nothing when the run is over. */
  giveUp(): Promise<void>;
}

export interface Again {
  readonly afterMs: number;
  readonly isDoubled?: boolean;
}

export interface CoordinatorSetUp {
  /** What only `run` is told: input, job, endpoint, rate. */
  readonly runArgs: readonly string[];
  /** What `run` and `resume` are told. */
  readonly args: readonly string[];
  readonly out: string;
  readonly variables: Variables;
  readonly log: EventLog;
  /** Resolves when the queue's store is there. */
  readonly storeIsUp: () => Promise<void>;
}

type Expected = 'SIGKILL' | 'SIGTERM' | 'disk-full';

const REFUSED = /another process is working on/;
/** Killed before there was a ledger, or before it said what the run is: it must be started anew. */
const NOT_BEGUN = /is not a run directory|was stopped before it began/;
const NO_STORE = /cannot be reached/;
const MOST_STARTS = 60;
/** The program promises to be gone within five seconds; CI's machine is slow. */
const PATIENCE_MS = 15_000;
const DEFAULT_AGAIN: Again = { afterMs: 1000 };

export function startCoordinator(setUp: CoordinatorSetUp): Coordinator {
  const { log, out, variables } = setUp;
  let current: StartedProcess | undefined;
  let again = DEFAULT_AGAIN;
  let isOver = false;
  let isGivenUp = false;
  const expected = new Set<Expected>();

  const run = (): StartedProcess =>
    startCli(['run', ...setUp.runArgs, '--out', out, ...setUp.args], variables);
  const resume = (): StartedProcess => startCli(['resume', out, ...setUp.args], variables);

  /** Two at once: one of them must be refused. Gives the other. */
  const resumeTwice = async (): Promise<StartedProcess> => {
    const both = [resume(), resume()] as const;
    const first = await Promise.race(both.map((one) => one.ended.then(() => one)));
    const [other = first] = both.filter((one) => one !== first);
    const ended = await first.ended;
    if (ended.code === 0) return first;
    if (isRefused(ended)) log.note('of two resumes one was refused');
    else if (!says(ended, NOT_BEGUN)) log.problem(`of two resumes one ${describe(ended)}`);
    return other;
  };

  const startAgain = async (last: Ended): Promise<StartedProcess> => {
    const { afterMs, isDoubled = false } = again;
    again = DEFAULT_AGAIN;
    await delay(afterMs);
    await setUp.storeIsUp();
    if (says(last, NOT_BEGUN)) {
      rmSync(out, { recursive: true, force: true });
      log.note('starts anew');
      return run();
    }
    log.note(isDoubled ? 'two resumes at once' : 'resumes');
    return isDoubled ? resumeTwice() : resume();
  };

  const supervise = async (): Promise<void> => {
    current = run();
    for (let starts = 1; starts <= MOST_STARTS; starts += 1) {
      const ended = await current.ended;
      current = undefined;
      log.note(`coordinator ${describe(ended)}`);
      if (ended.code === 0 || isGivenUp) return;
      const isProviderBad = log.played().some(({ kind }) => isProviderKind(kind));
      if (!isFit(ended, expected, isProviderBad)) log.problem(`coordinator ${explain(ended)}`);
      expected.clear();
      current = await startAgain(ended);
    }
    log.problem(`started ${MOST_STARTS} times in vain`);
  };
  const over = supervise().finally(() => {
    isOver = true;
  });

  const atWork = async (): Promise<StartedProcess | undefined> => {
    await until(() => isOver || current !== undefined, 120_000);
    return current;
  };
  return {
    over,
    process: atWork,
    end: async (signal, then) => {
      const process = await atWork();
      if (process === undefined) return;
      again = then;
      expected.add(signal);
      if (!(await endWithin(process, signal, PATIENCE_MS)))
        log.problem(`coordinator did not end on ${signal} within ${PATIENCE_MS} ms`);
    },
    giveUp: async () => {
      isGivenUp = true;
      (await atWork())?.kill('SIGKILL');
      await over;
    },
    expectDiskFull: () => expected.add('disk-full'),
    resumeBeside: async () => {
      const process = await atWork();
      const ended = await resume().ended;
      if (isRefused(ended)) return;
      if (process === current) log.problem(`a second resume ${describe(ended)}`);
    },
  };
}

/** Whether an end is one that the program may come to, after what was done to it. */
function isFit(ended: Ended, expected: ReadonlySet<Expected>, isProviderBad: boolean): boolean {
  switch (ended.code) {
    case null: // SIGTERM before the program has begun to listen to it ends it as well
      return (
        (ended.signal === 'SIGKILL' || ended.signal === 'SIGTERM') && expected.has(ended.signal)
      );
    case 2:
      return isRefused(ended) || says(ended, NOT_BEGUN) || says(ended, NO_STORE);
    case 3:
      return isProviderBad;
    case 4:
      return expected.has('SIGTERM');
    case 5:
      return expected.has('disk-full') || (isProviderBad && says(ended, /gave no answer/));
    default:
      return false;
  }
}

/** False when it had to be killed. */
export async function endWithin(
  process: StartedProcess,
  signal: NodeJS.Signals,
  patienceMs: number,
): Promise<boolean> {
  process.kill(signal);
  const isGone = await Promise.race([
    process.ended.then(() => true),
    delay(patienceMs, false, { ref: false }),
  ]);
  if (!isGone) process.kill('SIGKILL');
  await process.ended;
  return isGone;
}

function isRefused(ended: Ended): boolean {
  return ended.code === 2 && says(ended, REFUSED);
}

function says({ stdout, stderr }: Ended, text: RegExp): boolean {
  return text.test(stdout) || text.test(stderr);
}

function describe({ code, signal }: Ended): string {
  return code === null ? `was ended by ${signal}` : `ended with ${code}`;
}

/** With the last that it said. */
export function explain(ended: Ended): string {
  return `${describe(ended)}: ${ended.stderr.slice(-1500).trim()} ${ended.stdout.slice(-300).trim()}`;
}
