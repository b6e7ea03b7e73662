import { Presets, SingleBar } from 'cli-progress';

/** Where a long piece of work stands. */
export interface ProgressState {
  readonly done: number;
  readonly total: number;
  /** What follows the bar: rate, counts, time left. */
  readonly note: string;
}

export interface ProgressLine {
  update(state: ProgressState): void;
  stop(): void;
}

/** One live line on a terminal; `undefined` where neither stderr nor stdout is one. */
export function createProgressLine(): ProgressLine | undefined {
  const stream = [process.stderr, process.stdout].find((candidate) => candidate.isTTY);
  if (stream === undefined) return undefined;
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {percentage}% | {value}/{total} rows | {note}',
      hideCursor: true,
      clearOnComplete: true,
      linewrap: false,
      barsize: 20,
      fps: 5,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: ({ done, total, note }) => {
      if (!isStarted) bar.start(total, done, { note });
      isStarted = true;
      bar.setTotal(total);
      bar.update(done, { note });
    },
    stop: () => {
      if (isStarted) bar.stop();
      isStarted = false;
    },
  };
}
