import { EVENT_KINDS } from './events.ts';
import { failuresOf } from './failures.ts';
import type { RunResult } from './play-run.ts';

/** The figures of all runs together, for people. */
export function resultsTable(results: readonly RunResult[]): string {
  const played = results.flatMap((result) => result.played);
  const sum = (figure: (result: RunResult) => number): number =>
    results.reduce((total, result) => total + figure(result), 0);
  const [worst] = results
    .map(({ repeats }) => repeats.worst)
    .toSorted((a, b) => b.repeats - a.repeats);
  const gaps = results.flatMap(({ gapsMs }) => gapsMs);
  const queues = Map.groupBy(results, ({ queue }) => queue);
  const lines: (readonly [string, string])[] = [
    ['runs', [...queues].map(([queue, runs]) => `${runs.length} ${queue}`).join(', ')],
    ['kills and faults', String(played.length)],
    ...EVENT_KINDS.map(
      (kind) =>
        [`  ${kind}`, String(played.filter((event) => event.kind === kind).length)] as const,
    ),
    ['rows lost', String(sum(({ lost }) => lost.length))],
    ['rows answered twice', String(sum(({ twice }) => twice.length))],
    ['files that differ', String(sum(({ differing }) => differing.length))],
    [
      'requests repeated',
      `${sum(({ repeats }) => repeats.total)}, bound ${sum(({ repeats }) => repeats.bound)}`,
    ],
    [
      '  worst per kill',
      worst === undefined ? 'none' : `${worst.repeats}, bound ${worst.bound} (${worst.kind})`,
    ],
    ['  beyond their bound', String(sum(({ repeats }) => repeats.beyond))],
    ['message ids used twice', String(sum((result) => result.repeatedMessageIds))],
    ['answered and not on record', String(sum(({ unrecorded }) => unrecorded))],
    ['sent and in no audit trail', String(sum(({ audited }) => audited.notOnRecord))],
    ['audit trails not whole', String(sum(({ audited }) => audited.notWhole.length))],
    [
      'worst resume gap',
      gaps.length === 0
        ? 'not measured'
        : `${(Math.max(...gaps) / 1000).toFixed(1)} s of ${gaps.length} measured`,
    ],
    ['defects seen', String(sum(({ problems }) => problems.length))],
    ['runs that failed', String(results.filter((result) => failuresOf(result).length > 0).length)],
    ['seconds', sum(({ seconds }) => seconds).toFixed(0)],
  ];
  return `${lines.map(([name, value]) => `${name.padEnd(28)}${value}`).join('\n')}\n`;
}
