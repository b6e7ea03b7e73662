import { dirname, join, resolve } from 'node:path';
import { whole } from '../../domain/figures.ts';
import { parseNhsNumber } from '../../domain/nhs-number.ts';
import { ConfigError } from '../../errors.ts';
import { deletePerson } from '../../pipeline/delete-person.ts';
import { runsIn } from '../../run-store/look-at-run.ts';
import type { RowOfPerson } from '../../run-store/person-rows.ts';
import { lockPurges, openRunFolder } from '../../run-store/run-folder.ts';
import { isOver, standingOf } from '../../run-store/run-standing.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';
import { findPerson, type PersonInRun, wantedPerson } from './find-person.ts';
import { type Deletion, purgeAnswersOf, verb } from './purge-answers.ts';
import { recordPurge } from './purge-record.ts';
import { operatorOf, withAudit } from './with-audit.ts';
import { withLedger } from './with-ledger.ts';

export interface PurgePersonOptions {
  /** In any way of writing it, or `-` for standard input. */
  readonly nhsNumber?: string;
  readonly row?: number;
  /** The directory that holds the runs. */
  readonly runs: string;
  /** A store of earlier answers that no run names any more. */
  readonly answers?: string;
  readonly dryRun?: boolean;
  readonly reason?: string;
  readonly user?: string;
}

/**
 * Deletes one person from every run of a directory, or from one run, and from the answers kept beside them. Gives the
 * exit code: 2 when something had to stay.
 */
export async function purgePersonCommand(
  path: string | undefined,
  options: PurgePersonOptions,
  context: CommandContext,
): Promise<number> {
  const wanted = await wantedPerson(path, options);
  const reason = checkedReason(options.reason);
  const directory = path === undefined ? resolve(options.runs) : dirname(resolve(path));
  const paths = path === undefined ? runsIn(directory) : [openRunFolder(path).path];
  const isDry = options.dryRun === true;
  const user = options.user || context.systemUser;
  const deletion = { wanted, directory, reason, isDry, user, context };
  const lock = isDry ? undefined : lockPurges(directory);
  try {
    const { people, kept } = lookAtAll(paths, deletion);
    const stores = new Set([join(directory, 'answer-store.sqlite')]);
    for (const { answerStore } of people) stores.add(answerStore);
    if (options.answers !== undefined) stores.add(resolve(options.answers));
    let stayed = kept;
    // First: whom an answer is about is known from the runs.
    for (const store of stores) stayed += await purgeAnswersOf(store, people, deletion);
    for (const person of people) stayed += await purgeRun(person, deletion);
    context.print(closing(people, deletion));
    return stayed === 0 ? EXIT.complete : EXIT.usage;
  } finally {
    lock?.release();
  }
}

/** It stands in the record in clear, for years. */
function checkedReason(reason = ''): string {
  if (reason.trim() === '')
    throw new ConfigError(
      'say why with --reason, for the record: the reference of the order, and nothing about the person.',
    );
  const digits = reason.match(/\d(?:[ -]?\d){9}/g) ?? [];
  if (digits.some((text) => parseNhsNumber(text) !== undefined))
    throw new ConfigError('--reason holds an NHS number. It must say nothing about the person.');
  return reason;
}

function lookAtAll(
  paths: readonly string[],
  { wanted, context }: Deletion,
): { readonly people: readonly PersonInRun[]; readonly kept: number } {
  const people: PersonInRun[] = [];
  for (const path of paths) {
    try {
      people.push(findPerson(path, wanted));
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      context.print(`kept    ${path}: ${error.message}\n`);
    }
  }
  return { people, kept: paths.length - people.length };
}

/** Gives 1 when the run had to stay as it is. */
async function purgeRun(person: PersonInRun, deletion: Deletion): Promise<number> {
  const { folder, run, rows, isPending, kept } = person;
  const { isDry, context } = deletion;
  try {
    if (kept !== undefined) throw new ConfigError(kept);
    if (rows.length === 0 && !isPending) return 0;
    if (!isDry) await deleteFrom(person, deletion);
    const what =
      rows.length === 0
        ? 'what an earlier deletion left'
        : `${whole(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}: ${rows.map(words).join(', ')}`;
    context.print(`${verb(isDry)} ${folder.path}: run ${run.runId}, ${what}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    context.print(`kept    ${folder.path}: ${error.message}\n`);
    return 1;
  }
}

async function deleteFrom(
  { folder, run, job, rows }: PersonInRun,
  { wanted, directory, reason, user, context }: Deletion,
): Promise<void> {
  await withLedger(folder, async (ledger) => {
    // Somebody may have gone on with it meanwhile.
    if (!isOver(standingOf(ledger)) || ledger.counts().unaskedRows > 0)
      throw new ConfigError('the run has just gone on; look again.');
    const { runId } = run;
    if (rows.length > 0)
      await recordPurge(
        directory,
        { ...operatorOf(job, user), runId },
        { event: 'person.deleted', detail: { reason, job: job.name, rows: rows.length } },
        context,
      );
    await withAudit({ folder, ledger, runId, job, user }, context, (audit) =>
      deletePerson({ ledger, folder, run, job, audit, wanted, reason }),
    );
  });
}

function words({ row, places, hasOtherNumber }: RowOfPerson): string {
  const other = hasOtherNumber ? '; it has another NHS number too' : '';
  return `${row} (${places.join(', ')}${other})`;
}

/** What is not ours to delete. */
function closing(people: readonly PersonInRun[], { wanted }: Deletion): string {
  const found = people.filter(({ rows }) => rows.length > 0);
  if (found.length === 0) return `The person stands in none of ${whole(people.length)} runs.\n`;
  const inputs = new Set(found.map(({ run }) => run.inputPath));
  const other = found.some(({ rows }) => rows.some(({ hasOtherNumber }) => hasOtherNumber));
  return [
    'Your input files were not touched, and a new run of one brings the person back. Delete them there too, and in every',
    'copy of these files and of the outputs:',
    ...[...inputs].map((path) => `  ${path}`),
    ...(other && wanted.kind === 'number'
      ? [
          'Where a row has another NHS number too: if that is the person’s as well, give it in a command of its own.',
        ]
      : []),
    '',
  ].join('\n');
}
