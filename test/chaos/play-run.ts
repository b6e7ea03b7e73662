/** One run, disturbed as planned, and held against the run that nothing disturbed. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { type Audited, auditedMessages } from './audited-messages.ts';
import { type Compared, compareOutputs } from './compare-outputs.ts';
import { findRepeats, repeatedMessageIds, withLosses } from './count-repeats.ts';
import { disturbRun } from './disturb-run.ts';
import type { RunPlan } from './draw-plan.ts';
import { createEventLog } from './event-log.ts';
import type { PlayedEvent, QueueKind } from './events.ts';
import { type Explained, explainRepeats } from './explain-repeats.ts';
import { providerRules } from './provider-faults.ts';
import { recordedMessageIds, unrecordedQuestions } from './recorded-requests.ts';
import { resumeGaps } from './resume-gaps.ts';
import type { Scene } from './scene.ts';

export interface RunResult extends Compared {
  readonly name: string;
  readonly queue: QueueKind;
  readonly played: readonly PlayedEvent[];
  readonly seconds: number;
  readonly repeats: RepeatFigures;
  readonly repeatedMessageIds: number;
  /** Questions that the provider answered, and no request of which is on record. */
  readonly unrecorded: number;
  readonly audited: Audited;
  /** For each death of a worker where it could be measured, in milliseconds. */
  readonly gapsMs: readonly number[];
  /** What the program did and must not do. */
  readonly problems: readonly string[];
  /** Where the run and its story are. */
  readonly folder: string;
}

export interface RepeatFigures {
  readonly total: number;
  /** The sum of what was in flight at all disturbances. */
  readonly bound: number;
  /** Those that no disturbance explains. */
  readonly beyond: number;
  /** Of the disturbance that explains the most. */
  readonly worst: { readonly kind: string; readonly repeats: number; readonly bound: number };
}

export async function playRun(plan: RunPlan, scene: Scene): Promise<RunResult> {
  const folder = join(scene.folder, plan.name);
  mkdirSync(folder);
  const simulator = await startSimulatorProcess({
    folder,
    population: scene.population,
    rules: providerRules(plan.events),
    args: ['--latency', String(plan.latencyMs)],
  });
  const startedAt = performance.timeOrigin + performance.now();
  const log = createEventLog(startedAt);
  const out = join(folder, 'run');
  await disturbRun(plan, scene, { folder, out, simulator, startedAt, log });
  const seconds = (performance.timeOrigin + performance.now() - startedAt) / 1000;
  await simulator.stop();
  const journal = simulator.journal();
  const played = withLosses(log.played(), journal);
  const repeats = findRepeats(journal);
  const explained = explainRepeats(repeats, played);
  writeFileSync(
    join(folder, 'story.txt'),
    `${[...log.lines(), '', ...tellRepeats(explained, played, startedAt)].join('\n')}\n`,
  );
  return {
    ...compared(out, scene),
    name: plan.name,
    queue: plan.queue,
    played,
    seconds,
    repeats: figuresOf(explained, played),
    repeatedMessageIds: repeatedMessageIds(journal),
    unrecorded: unrecordedQuestions(journal, recordedMessageIds(join(out, 'ledger.sqlite'))),
    audited: await auditedMessages(out, join(folder, 'worker-audit'), journal),
    gapsMs: resumeGaps(repeats, played),
    problems: log.problems(),
    folder,
  };
}

/** Removes what a run left; for one that went well. */
export function removeRun({ folder }: RunResult): void {
  rmSync(folder, { recursive: true });
}

function compared(out: string, scene: Scene): Compared {
  if (existsSync(join(out, 'matched.csv')) && existsSync(join(out, 'exceptions.csv')))
    return compareOutputs(out, scene.reference);
  return {
    lost: Array.from({ length: scene.rows }, (_none, at) => at + 1),
    twice: [],
    differing: ['there are no files'],
  };
}

function figuresOf(
  { byEvent, unexplained }: Explained,
  played: readonly PlayedEvent[],
): RepeatFigures {
  const counts = played.map(({ kind, bound }, place) => {
    return { kind, bound, repeats: byEvent[place]?.length ?? 0 };
  });
  const total = counts.reduce((sum, { repeats }) => sum + repeats, unexplained.length);
  const [worst] = counts.toSorted((a, b) => b.repeats - a.repeats);
  return {
    total,
    bound: counts.reduce((sum, { bound }) => sum + bound, 0),
    beyond: unexplained.length,
    worst: worst ?? { kind: 'none', repeats: 0, bound: 0 },
  };
}

/** A line for each repeat: when it was asked before and again, what explains it, its message id. */
function tellRepeats(
  { byEvent, unexplained }: Explained,
  played: readonly PlayedEvent[],
  startedAt: number,
): readonly string[] {
  const second = (ms: number): string => ((ms - startedAt) / 1000).toFixed(3).padStart(8);
  const groups = [
    ...byEvent.map((repeats, place) => ({
      repeats,
      cause: `${played[place]?.kind} at ${second(played[place]?.at ?? 0).trim()}`,
    })),
    { repeats: unexplained, cause: 'UNEXPLAINED' },
  ];
  return groups.flatMap(({ repeats, cause }) =>
    repeats.map(({ before, at, messageId }) =>
      [second(before), 'again', second(at), messageId, cause].join('  '),
    ),
  );
}
