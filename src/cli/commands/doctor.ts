import { DEFAULT_JOB } from '../../config/load-job.ts';
import { examine } from '../../doctor.ts';
import { countChecks, doctorText } from '../../report/doctor-text.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export interface DoctorOptions {
  readonly job?: string;
  readonly endpoint?: string;
  readonly queue?: string;
  readonly runs?: string;
  /** Prints one JSON object instead of text. */
  readonly json?: boolean;
}

/** Looks, and changes nothing. `variables`: the environment, as it is. Gives the exit code. */
export async function doctorCommand(
  options: DoctorOptions,
  variables: Readonly<Record<string, string | undefined>>,
  { clock, print }: CommandContext,
): Promise<number> {
  const { job = DEFAULT_JOB, runs = 'runs', ...overrides } = options;
  const checks = await examine(variables, { ...overrides, job, runs }, clock.now);
  const counts = countChecks(checks);
  print(
    options.json === true
      ? `${JSON.stringify({ ...counts, checks }, undefined, 2)}\n`
      : doctorText(checks),
  );
  return counts.faults === 0 ? EXIT.complete : EXIT.usage;
}
