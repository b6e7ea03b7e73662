/** The last runs of one job beside each other: a line for each figure, and the figures themselves. Pure. */
import { percent, whole } from '../domain/figures.ts';
import { type EarlierRun, matchedOf, rateOf } from './earlier-run.ts';
import { drawLine, type LineChartView } from './line-chart.ts';
import { readableTime } from './readable-time.ts';

export interface TrendView {
  /** The earliest first, this run last. */
  readonly runs: readonly {
    readonly runId: string;
    readonly startedAt: string;
    readonly rows: string;
    readonly matchRate: string;
    readonly exceptions: string;
    readonly requests: string;
  }[];
  readonly charts: readonly {
    readonly id: string;
    readonly name: string;
    /** `from 85.9% to 86.5%`: what the picture shows, for those who do not see it. */
    readonly words: string;
    readonly line: LineChartView;
  }[];
}

/** `runs`: in order of time; at least one. */
export function viewTrend(runs: readonly EarlierRun[]): TrendView {
  const lines = runs.map((run) => ({
    runId: run.run_id,
    startedAt: readableTime(run.timing.started_at),
    rows: whole(run.input.rows),
    matchRate: percent(matchedOf(run), run.input.rows),
    exceptions: whole(exceptionsOf(run)),
    requests: whole(run.requests.sent),
  }));
  const wordsOf = (figure: 'matchRate' | 'exceptions' | 'requests'): string =>
    `from ${lines.at(0)?.[figure]} in the first of these runs to ${lines.at(-1)?.[figure]} in this one`;
  return {
    runs: lines,
    charts: [
      {
        id: 'rate',
        name: 'Match rate',
        words: wordsOf('matchRate'),
        line: drawLine(runs.map(rateOf), false, '%'),
      },
      {
        id: 'exceptions',
        name: 'Exceptions',
        words: wordsOf('exceptions'),
        line: drawLine(runs.map(exceptionsOf), true, ''),
      },
      {
        id: 'requests',
        name: 'Requests',
        words: wordsOf('requests'),
        line: drawLine(
          runs.map(({ requests }) => requests.sent),
          true,
          '',
        ),
      },
    ],
  };
}

function exceptionsOf(run: EarlierRun): number {
  return run.input.rows - matchedOf(run);
}
