/** How the provider behaved over time: figures, codes, stretches, pauses, and the chart of them. Pure. */
import { duration, percent, perRow, whole } from '../domain/figures.ts';
import type { CodeInStretch, SendingPause } from '../domain/provider-log.ts';
import { type ChartView, drawChart } from './chart.ts';
import { readableTime } from './readable-time.ts';
import { type ResponseKind, responseKind, responseWords } from './response-words.ts';
import type { Summary } from './summary.ts';

export interface ProviderLog {
  /** How long a stretch is, in milliseconds. */
  readonly stretchMs: number;
  /** In order. */
  readonly codes: readonly CodeInStretch[];
  readonly pauses: readonly SendingPause[];
}

export interface ProviderView {
  readonly figures: readonly { readonly name: string; readonly value: string }[];
  readonly codes: readonly {
    readonly code: string;
    readonly words: string;
    readonly count: string;
    readonly share: string;
  }[];
  readonly stretch: string;
  readonly stretches: readonly StretchView[];
  readonly chart: ChartView;
  readonly pauses: readonly {
    readonly from: string;
    readonly to: string;
    readonly length: string;
  }[];
  /** How many more pauses there were. */
  readonly morePauses: string;
}

interface StretchView extends Readonly<Record<ResponseKind, string>> {
  readonly from: string;
  readonly aMinute: string;
  readonly mean: string;
  readonly longest: string;
}

/** One stretch, whatever the codes. */
interface Stretch extends Record<ResponseKind, number> {
  readonly startMs: number;
  totalMs: number;
  longestMs: number;
}

const MAX_PAUSES = 20;

export function viewProvider(log: ProviderLog, summary: Summary): ProviderView {
  const stretches = gather(log.codes);
  return {
    figures: figures(summary),
    codes: Object.entries(summary.requests.by_response_code)
      .sort(([, a], [, b]) => b - a)
      .map(([code, count]) => ({
        code,
        words: responseWords(code),
        count: whole(count),
        share: percent(count, summary.requests.sent),
      })),
    stretch: duration(log.stretchMs / 1000),
    stretches: stretches.map((stretch) => viewStretch(stretch, log.stretchMs)),
    chart: drawChart(
      stretches.map((stretch) => ({
        label: timeText(stretch.startMs),
        answered: aMinute(stretch.answered, log.stretchMs),
        busy: aMinute(stretch.busy, log.stretchMs),
        failed: aMinute(stretch.failed, log.stretchMs),
      })),
    ),
    pauses: log.pauses.slice(0, MAX_PAUSES).map(({ fromMs, toMs }) => ({
      from: timeText(fromMs),
      to: timeText(toMs),
      length: duration((toMs - fromMs) / 1000),
    })),
    morePauses: log.pauses.length > MAX_PAUSES ? whole(log.pauses.length - MAX_PAUSES) : '',
  };
}

function gather(codes: readonly CodeInStretch[]): readonly Stretch[] {
  const stretches = new Map<number, Stretch>();
  for (const { startMs, code, count, totalMs, longestMs } of codes) {
    const stretch = stretches.get(startMs) ?? emptyStretch(startMs);
    stretch[responseKind(code)] += count;
    stretch.totalMs += totalMs;
    stretch.longestMs = Math.max(stretch.longestMs, longestMs);
    stretches.set(startMs, stretch);
  }
  return [...stretches.values()];
}

function emptyStretch(startMs: number): Stretch {
  return { startMs, answered: 0, busy: 0, failed: 0, totalMs: 0, longestMs: 0 };
}

function viewStretch(stretch: Stretch, stretchMs: number): StretchView {
  const { startMs, answered, busy, failed, totalMs, longestMs } = stretch;
  const sent = answered + busy + failed;
  return {
    from: timeText(startMs),
    aMinute: whole(Math.round(aMinute(sent, stretchMs))),
    answered: whole(answered),
    busy: whole(busy),
    failed: whole(failed),
    mean: `${whole(Math.round(totalMs / sent))} ms`,
    longest: `${whole(Math.round(longestMs))} ms`,
  };
}

function aMinute(count: number, stretchMs: number): number {
  return (count * 60_000) / stretchMs;
}

function timeText(ms: number): string {
  return readableTime(new Date(ms).toISOString());
}

function figures({ requests, throttle, timing, input }: Summary): ProviderView['figures'] {
  return [
    { name: 'Requests sent', value: whole(requests.sent) },
    { name: 'Of these, sent again because no answer came', value: whole(requests.retried) },
    { name: 'Requests for each row of the file', value: perRow(requests.sent, input.rows) },
    {
      name: 'Requests saved because rows were the same person',
      value: whole(requests.saved_by_dedupe),
    },
    { name: 'Requests a second, as agreed', value: String(throttle.limit_per_second) },
    { name: 'Requests a second, on average', value: String(throttle.achieved_per_second) },
    { name: 'Most requests in any one second', value: whole(throttle.max_in_any_second) },
    { name: 'Time at work', value: duration(timing.seconds) },
  ];
}
