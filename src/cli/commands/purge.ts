import { dirname, join, resolve } from 'node:path';
import { daysMs, type Job } from '../../config/job.ts';
import { parseJobValue } from '../../config/load-job.ts';
import type { Operator } from '../../domain/audit.ts';
import { whole } from '../../domain/figures.ts';
import { ConfigError } from '../../errors.ts';
import { auditDigest, deleteRun, refuseLinks } from '../../run-store/delete-run.ts';
import { lookAtRun, type RunLook, runsIn } from '../../run-store/look-at-run.ts';
import {
  answerStoreBeside,
  isWorkedOn,
  lockPurges,
  lockRun,
  openRunFolder,
  type RunFolder,
} from '../../run-store/run-folder.ts';
import { isOver } from '../../run-store/run-standing.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { purgeExpiredAnswers } from './purge-answers.ts';
import { NOBODY, recordPurge } from './purge-record.ts';
import { operatorOf } from './with-audit.ts';

export interface PurgeOptions {
  /** `90d`; takes the place of what each run's job says. */
  readonly olderThan?: string;
  /** The directory that holds the runs. */
  readonly runs: string;
  readonly dryRun?: boolean;
  /** Deletes runs that did not finish, too. */
  readonly force?: boolean;
  readonly reason?: string;
  readonly user?: string;
}

/**
 * Deletes one run, whatever its age, or those of a directory that are past their retention, and the answers that have
 * expired beside them. Gives the exit code: 2 when a run that should go had to stay.
 */
export async function purgeCommand(
  path: string | undefined,
  options: PurgeOptions,
  context: CommandContext,
): Promise<number> {
  if (path !== undefined && options.olderThan !== undefined)
    throw new ConfigError('give a run directory or --older-than, not both.');
  const limitMs = olderThanMs(options);
  const runs = path === undefined ? runsIn(options.runs) : [openRunFolder(path).path];
  const directory = path === undefined ? resolve(options.runs) : dirname(resolve(path));
  const isDue = (candidate: Candidate): string | undefined =>
    whyNow(candidate, path !== undefined, limitMs, context.clock.now());
  if (options.dryRun === true)
    return (await purgeAll(directory, runs, isDue, options, context)).kept === 0
      ? EXIT.complete
      : EXIT.usage;
  const lock = lockPurges(directory);
  try {
    const { kept, stores } = await purgeAll(directory, runs, isDue, options, context);
    await purgeExpiredAnswers(directory, stores, options, context);
    return kept === 0 ? EXIT.complete : EXIT.usage;
  } finally {
    lock.release();
  }
}

/** Gives how many had to stay, and where the answers of all are kept, with the operator of a job that keeps them there. */
async function purgeAll(
  directory: string,
  runs: readonly string[],
  isDue: (candidate: Candidate) => string | undefined,
  options: PurgeOptions,
  context: CommandContext,
): Promise<{
  readonly kept: number;
  readonly stores: ReadonlyMap<string, Omit<Operator, 'user'>>;
}> {
  const stores = new Map([[join(directory, 'answer-store.sqlite'), NOBODY]]);
  let kept = 0;
  for (const run of runs) {
    try {
      const candidate = candidateAt(run);
      stores.set(candidate.answerStore, candidate.job.operator);
      const why = isDue(candidate);
      if (why !== undefined) await purge(candidate, why, options, context);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      context.print(`kept    ${run}: ${error.message}\n`);
      kept += 1;
    }
  }
  return { kept, stores };
}

function olderThanMs({ olderThan }: PurgeOptions): number | undefined {
  if (olderThan === undefined) return undefined;
  const ms = daysMs(olderThan);
  if (ms === undefined) throw new ConfigError('--older-than: give days, such as 90d.');
  return ms;
}

/** A run, as it stands in its ledger. */
interface Candidate {
  readonly folder: RunFolder;
  readonly job: Job;
  readonly run: RunLook['run'];
  readonly input: RunLook['input'];
  readonly isFinished: boolean;
  /** When it last ended, however that was; else when it began. */
  readonly sinceMs: number;
  readonly answerStore: string;
}

/** Reads only. Throws ConfigError when the directory holds no run of ours, or leads elsewhere. */
function candidateAt(path: string): Candidate {
  const folder = openRunFolder(path);
  refuseLinks(folder);
  return lookAtRun(path, ({ run, input, standing }) => {
    const job = parseJobValue(run.job);
    const ended = standing?.stage === 'ended' ? standing : undefined;
    return {
      ...{ folder, job, run, input },
      isFinished: isOver(standing),
      sinceMs: Date.parse(ended?.at ?? run.startedAt),
      answerStore: job.answer_store ?? answerStoreBeside(folder),
    };
  });
}

/** Why a run is deleted, for the record; undefined when it is not its time yet. */
function whyNow(
  { job, sinceMs }: Candidate,
  isNamed: boolean,
  limitMs: number | undefined,
  now: Date,
): string | undefined {
  if (isNamed) return 'named by the user';
  const dueMs = limitMs ?? daysMs(job.retention) ?? Number.POSITIVE_INFINITY;
  if (now.getTime() - sinceMs <= dueMs) return undefined;
  return `older than ${dueMs / 86_400_000} days, ${limitMs === undefined ? 'as its job says' : 'as the user says'}`;
}

/** Throws ConfigError when the run has to stay. */
async function purge(
  candidate: Candidate,
  why: string,
  options: PurgeOptions,
  context: CommandContext,
): Promise<void> {
  const { folder, run } = candidate;
  const line = `${folder.path}: run ${run.runId}, ${whole(candidate.input?.rows ?? 0)} rows, began ${run.startedAt}, ${why}\n`;
  if (options.dryRun === true) {
    requireFinished(candidate, options);
    if (isWorkedOn(folder))
      throw new ConfigError(`another process is working on ${folder.path}. Wait for it.`);
    context.print(`would purge ${line}`);
    return;
  }
  const lock = lockRun(folder);
  try {
    // Somebody may have gone on with it meanwhile.
    const now = candidateAt(folder.path);
    if (now.sinceMs !== candidate.sinceMs)
      throw new ConfigError('the run has just gone on; look again.');
    requireFinished(now, options);
    await record(now, why, options, context);
    const left = deleteRun(folder, lock);
    context.print(`purged  ${line}`);
    if (left > 0)
      context.print(`        ${left} files in it are not the run's own, and were left there\n`);
  } finally {
    lock.release();
  }
}

function requireFinished({ isFinished, folder }: Candidate, { force = false }: PurgeOptions): void {
  if (isFinished || force) return;
  throw new ConfigError(
    `the run did not finish, so rows in it may have no answer yet. Go on with it: nhs-trace resume ${folder.path}; or delete it all the same, with --force.`,
  );
}

/** Durable when it resolves. */
async function record(
  { folder, job, run, input, isFinished, sinceMs }: Candidate,
  why: string,
  { user = '', reason }: PurgeOptions,
  context: CommandContext,
): Promise<void> {
  const digest = await auditDigest(folder);
  const detail = {
    ...{ why, reason, job: job.name, started_by: run.user, began: run.startedAt },
    last_ended_or_began: new Date(sinceMs).toISOString(),
    finished: isFinished,
    rows: input?.rows,
    input_sha256: input?.sha256,
    audit_sha256: digest,
  };
  const writer = { ...operatorOf(job, user || context.systemUser), runId: run.runId };
  await recordPurge(dirname(folder.path), writer, { event: 'run.purged', detail }, context);
}
