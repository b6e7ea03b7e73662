/** Answers that are deleted from the stores of earlier answers: those about one person, and those that have expired. */
import type { Operator } from '../../domain/audit.ts';
import { whole } from '../../domain/figures.ts';
import { countExpiredAnswers, deleteExpiredAnswers } from '../../run-store/answer-store.ts';
import { deleteAnswers, findAnswers } from '../../run-store/answers-of-person.ts';
import type { WantedPerson } from '../../run-store/person-rows.ts';
import type { CommandContext } from '../command-context.ts';
import type { PersonInRun } from './find-person.ts';
import { NOBODY, recordPurge } from './purge-record.ts';

/** What `purge` was told of one person. */
export interface Deletion {
  readonly wanted: WantedPerson;
  readonly directory: string;
  readonly reason: string;
  readonly isDry: boolean;
  readonly user: string;
  readonly context: CommandContext;
}

/** Gives how many stores had to keep answers that may be the person's. */
export async function purgeAnswersOf(
  path: string,
  people: readonly PersonInRun[],
  { wanted, directory, reason, isDry, user, context }: Deletion,
): Promise<number> {
  const { names, unreadable } = findAnswers(path, {
    key: context.environment().key,
    nhsNumber: wanted.kind === 'number' ? wanted.nhsNumber : undefined,
    known: people.map(({ run, job, subjects }) => ({
      scope: { endpoint: run.endpoint, policy: job.policy },
      subjects,
    })),
  });
  const count = names.length;
  if (!isDry && count > 0) {
    const operator = people[0]?.job.operator ?? NOBODY;
    const detail = { why: 'one person, by order', reason, count };
    const event = { event: 'answers.deleted', detail } as const;
    await recordPurge(directory, { user, ...operator, runId: '' }, event, context);
  }
  if (!isDry) deleteAnswers(path, names);
  if (count > 0)
    context.print(
      `${verb(isDry)} ${path}: ${whole(count)} ${count === 1 ? 'answer' : 'answers'}\n`,
    );
  if (unreadable === 0) return 0;
  context.print(
    `kept    ${path}: ${whole(unreadable)} answers are sealed with an NHS_TRACE_KEY that is not set, so nobody can tell whose they are. Give the command again with that key, or delete the file: runs ask the provider again, and make it anew.\n`,
  );
  return 1;
}

export function verb(isDry: boolean): string {
  return isDry ? 'would delete' : 'deleted';
}

/** Of every store, the operator of a job that it serves. */
export async function purgeExpiredAnswers(
  directory: string,
  stores: ReadonlyMap<string, Omit<Operator, 'user'>>,
  { user = '', reason }: { readonly user?: string; readonly reason?: string },
  context: CommandContext,
): Promise<void> {
  const nowMs = context.clock.now().getTime();
  for (const [store, operator] of stores) {
    const count = countExpiredAnswers(store, nowMs);
    if (count === 0) continue;
    const writer = { user: user || context.systemUser, ...operator, runId: '' };
    const detail = { why: 'expired', reason, count };
    await recordPurge(directory, writer, { event: 'answers.deleted', detail }, context);
    deleteExpiredAnswers(store, nowMs);
    context.print(`purged  ${store}: ${whole(count)} answers that had expired\n`);
  }
}
