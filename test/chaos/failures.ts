import type { RunResult } from './play-run.ts';

/** Nobody may wait longer for the work of a worker that died. */
const MOST_GAP_MS = 15_000;

/** What a run shows that must not be, a sentence each; none when all is well. */
export function failuresOf(result: RunResult): readonly string[] {
  const { lost, twice, differing, repeats, gapsMs } = result;
  const slow = gapsMs.filter((gap) => gap > MOST_GAP_MS);
  return [
    ...(lost.length > 0 ? [`${lost.length} rows lost, the first ${lost[0]}`] : []),
    ...(twice.length > 0 ? [`${twice.length} rows answered twice, the first ${twice[0]}`] : []),
    ...differing,
    ...counted(repeats.beyond, 'requests repeated beyond those that were in flight'),
    ...counted(result.repeatedMessageIds, 'message ids used twice'),
    ...counted(result.unrecorded, 'questions answered and not on record'),
    ...counted(result.audited.notOnRecord, 'messages seen that no audit trail holds'),
    ...result.audited.notWhole,
    ...slow.map((gap) => `work resumed ${(gap / 1000).toFixed(1)} s after a worker's death`),
    ...result.problems,
  ];
}

function counted(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
