/** Where one person stands in the runs of a directory, for `purge`. Nothing is changed. */
import type { Job } from '../../config/job.ts';
import { parseJobValue } from '../../config/load-job.ts';
import type { Subject } from '../../domain/record.ts';
import { ConfigError } from '../../errors.ts';
import { refuseLinks } from '../../run-store/delete-run.ts';
import { lookAtRun, type RunLook } from '../../run-store/look-at-run.ts';
import type { RowOfPerson, WantedPerson } from '../../run-store/person-rows.ts';
import { answerStoreBeside, openRunFolder, type RunFolder } from '../../run-store/run-folder.ts';
import { isOver } from '../../run-store/run-standing.ts';
import { givenNhsNumber } from './given-nhs-number.ts';

export interface PersonInRun {
  readonly folder: RunFolder;
  readonly run: RunLook['run'];
  readonly job: Job;
  readonly rows: readonly RowOfPerson[];
  /** What the run knew them by. */
  readonly subjects: readonly Subject[];
  /** Whether an earlier deletion was cut short. */
  readonly isPending: boolean;
  /** Why the run has to stay as it is. */
  readonly kept?: string;
  readonly answerStore: string;
}

/** Throws ConfigError. */
export async function wantedPerson(
  path: string | undefined,
  { nhsNumber, row }: { readonly nhsNumber?: string; readonly row?: number },
): Promise<WantedPerson> {
  if (row !== undefined) {
    if (path === undefined)
      throw new ConfigError(
        '--row is a row of one run: give its directory, purge RUN-DIR --row N.',
      );
    return { kind: 'row', row };
  }
  return { kind: 'number', nhsNumber: await givenNhsNumber(nhsNumber ?? '') };
}

/** Throws ConfigError when the directory holds no run of ours, or leads elsewhere. */
export function findPerson(path: string, wanted: WantedPerson): PersonInRun {
  const folder = openRunFolder(path);
  refuseLinks(folder);
  return lookAtRun(path, (look) => {
    const { run, input, standing } = look;
    const job = parseJobValue(run.job);
    if (wanted.kind === 'row' && wanted.row > (input?.rows ?? 0))
      throw new ConfigError(`${run.inputFile} has ${input?.rows ?? 0} rows.`);
    const rows = look.rowsOf(wanted);
    const kept = whyKept(look, isOver(standing) && input !== undefined, rows.length);
    return {
      ...{ folder, run, job, rows },
      subjects: look.subjectsOf(rows.map(({ row }) => row)),
      isPending: look.isDeletionPending,
      ...(kept === undefined ? {} : { kept }),
      answerStore: job.answer_store ?? answerStoreBeside(folder),
    };
  });
}

function whyKept(
  { isWorkedOn, folder }: RunLook,
  isFinished: boolean,
  rows: number,
): string | undefined {
  if (isFinished && !isWorkedOn) return undefined;
  const soFar = `${rows === 0 ? 'none' : rows} of its rows so far ${rows === 1 ? 'is' : 'are'} the person's`;
  return isWorkedOn
    ? `another process is working on it (${soFar}). Wait for it, then give this command again.`
    : `the run did not finish (${soFar}). Go on with it: nhs-trace resume ${folder.path}; then give this command again. Or delete the whole run: nhs-trace purge ${folder.path} --force`;
}
