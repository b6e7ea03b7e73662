/** What the ledger holds about the run itself, under four keys. */
import type { FileForm } from '../domain/file-form.ts';
import type { Ledger } from './ledger.ts';

/** Known when the run begins. */
export interface AboutRun {
  readonly runId: string;
  /** The job in force, as it was read; checked again by whoever reads it. */
  readonly job: unknown;
  /** Absolute path of the input. */
  readonly inputPath: string;
  readonly inputFile: string;
  /** Who started it. */
  readonly user: string;
  readonly startedAt: string;
  readonly endpoint: string;
  readonly queue: 'embedded' | 'redis';
  /** Names the run in the queue's store and to the provider: never used by another run. */
  readonly queueId: string;
  /** How many subjects share a queue item: the same for the run's whole life. */
  readonly groupSize: number;
  readonly acceptsTestNumbers: boolean;
}

/** Known when the file was read to its end. */
export interface AboutInput {
  readonly sha256: string;
  readonly rows: number;
  readonly headers: readonly string[];
  /** The headers, with the groups that stood above them. */
  readonly names: readonly string[];
  readonly form: FileForm;
}

/** Adds up over resumptions. */
export interface AboutWork {
  readonly seconds: number;
  readonly peakRssBytes: number;
  readonly peakQueueBytes: number;
  readonly finishedAt: string;
}

export function aboutRun(ledger: Ledger): AboutRun | undefined {
  return ledger.about('run') as AboutRun | undefined;
}

export function aboutInput(ledger: Ledger): AboutInput | undefined {
  return ledger.about('input') as AboutInput | undefined;
}

export function aboutWork(ledger: Ledger): AboutWork {
  return (
    (ledger.about('work') as AboutWork | undefined) ?? {
      seconds: 0,
      peakRssBytes: 0,
      peakQueueBytes: 0,
      finishedAt: '',
    }
  );
}
