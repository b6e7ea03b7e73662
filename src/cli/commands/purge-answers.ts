/** The answers about one person, in the stores of earlier answers. */
import { whole } from '../../domain/figures.ts';
import { deleteAnswers, findAnswers } from '../../run-store/answers-of-person.ts';
import type { WantedPerson } from '../../run-store/person-rows.ts';
import type { CommandContext } from '../command-context.ts';
import type { PersonInRun } from './find-person.ts';
import { recordPurge } from './purge-record.ts';

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
    const job = people[0]?.job;
    const operator = job?.operator ?? { organisation: 'not stated', role: 'not stated' };
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
