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

const BAR = 12;

/** So much of the note as fits: a terminal that wraps the line would show each state of it below the last. */
function shortened({ done, total, note }: ProgressState, columns: number): string {
  const before = `${' '.repeat(BAR)} 100% | ${done}/${total} rows | `;
  return note.slice(0, Math.max(0, columns - before.length - 1));
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
      barsize: BAR,
      fps: 5,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let isStarted = false;
  return {
    update: (state) => {
      const { done, total } = state;
      const note = shortened(state, stream.columns ?? 80);
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
