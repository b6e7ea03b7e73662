import { ConfigError } from '../../errors.ts';
import type { CohortStyle } from '../../synth/cohort-style.ts';
import { writeCohort, writePopulation } from '../../synth/write-files.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT } from '../exit-codes.ts';

export interface SynthOptions {
  readonly seed: string;
  readonly count: number;
  readonly out: string;
  /** YYYY-MM-DD. */
  readonly today?: string;
}

/** Invented people for the simulator. */
export async function synthPopulationCommand(
  options: SynthOptions,
  context: CommandContext,
): Promise<number> {
  const { rows } = await refusing(() =>
    writePopulation(
      options.out,
      { seed: options.seed, count: options.count, today: today(options, context) },
      context,
    ),
  );
  context.print(`${rows.toLocaleString('en-GB')} people: ${options.out}\n`);
  return EXIT.complete;
}

/** A damaged cohort drawn from a population, with the truth beside it. */
export async function synthCohortCommand(
  options: SynthOptions & {
    readonly population: string;
    readonly style: CohortStyle;
    readonly truth?: string;
  },
  context: CommandContext,
): Promise<number> {
  const truth = options.truth ?? options.out.replace(/(\.csv)?$/, '.truth.csv');
  const { rows } = await refusing(() =>
    writeCohort(
      options.out,
      truth,
      {
        seed: options.seed,
        count: options.count,
        style: options.style,
        today: today(options, context),
        populationPath: options.population,
      },
      context,
    ),
  );
  context.print(
    `${rows.toLocaleString('en-GB')} rows: ${options.out}\nwho they really are: ${truth}\n`,
  );
  return EXIT.complete;
}

function today(options: SynthOptions, { clock }: CommandContext): string {
  return (options.today ?? clock.now().toISOString().slice(0, 10)).replaceAll('-', '');
}

async function refusing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const isFile = error instanceof Error && 'code' in error && 'path' in error;
    if (error instanceof RangeError || isFile)
      throw new ConfigError(error.message, { cause: error });
    throw error;
  }
}
