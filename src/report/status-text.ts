/** Where runs are, in lines for people. */
import { duration, percent, whole } from '../domain/figures.ts';
import { isGoingOn, type RunStatus } from '../domain/run-status.ts';
import { dateAndTime, pauseWords } from '../domain/sending-hours.ts';

const QUEUE_AWAY = 'waiting for Redis, which cannot be reached or will not take anything';

/** One run, a line for each thing that is known. */
export function statusText(status: RunStatus): string {
  const lines: readonly (readonly [label: string, words: string | undefined])[] = [
    ['run', `${status.runId} (${status.job})`],
    ['state', stateWords(status)],
    ['rows', rowsWords(status)],
    ['so far', foundWords(status)],
    ['requests', requestWords(status)],
    ['workers', workerWords(status)],
    ['last sent', agoWords(status.requests.lastMs, status)],
    ['started', agoWords(status.startedMs, status)],
    ['ended', agoWords(status.endedMs, status)],
    ['expected', endWords(status)],
    ['directory', status.directory],
    ['next', nextWords(status)],
  ];
  const said = lines.filter(([, words]) => words !== undefined);
  return `${said.map(([label, words]) => `${label.padEnd(11)}${words}`).join('\n')}\n`;
}

/** Many runs, newest first, a line for each. */
export function statusList(statuses: readonly RunStatus[]): string {
  const width = Math.max(...statuses.map(({ runId }) => runId.length));
  const line = (status: RunStatus): string =>
    [
      status.runId.padEnd(width),
      status.state.padEnd(8),
      dateAndTime(status.startedMs, status.rules),
      shortRows(status),
    ].join('  ');
  return `${statuses.map(line).join('\n')}\n`;
}

function shortRows({ rows: { total, done, read, matched } }: RunStatus): string {
  if (total === undefined) return `${whole(read)} rows read`;
  return `${whole(done)} of ${whole(total)} rows (${percent(done, total)}), ${whole(matched)} matched`;
}

function stateWords(status: RunStatus): string {
  switch (status.state) {
    case 'reading':
      return 'reading its input; nothing is sent yet';
    case 'tracing':
      return 'tracing';
    case 'waiting':
      return waitingWords(status);
    case 'writing':
      return 'writing its outputs';
    case 'finished':
      return status.rows.unanswered > 0 ? 'finished, but some rows have no answer' : 'finished';
    case 'stopped':
      return 'stopped';
    case 'halted':
      return `stopped itself, because going on could do harm: ${status.reason}`;
    case 'killed':
      return 'nobody works on it, and it did not say how it ended: killed, or the disk or the machine failed';
  }
}

function waitingWords({ waiting, rules }: RunStatus): string {
  if (waiting === undefined || waiting.for === 'queue') return QUEUE_AWAY;
  return pauseWords({ reason: waiting.for, untilMs: waiting.untilMs ?? 0 }, rules);
}

function rowsWords({ rows: { total, done, read } }: RunStatus): string {
  if (total === undefined) return `${whole(read)} read so far`;
  return `${whole(done)} of ${whole(total)} done (${percent(done, total)}), ${whole(total - done)} to do`;
}

function foundWords({ rows }: RunStatus): string | undefined {
  if (rows.total === undefined) return undefined;
  const { matched, exceptions, unanswered } = rows;
  const silent = unanswered === 0 ? '' : `, ${whole(unanswered)} of them without an answer`;
  return `${whole(matched)} matched, ${whole(exceptions)} exceptions${silent}`;
}

function requestWords(status: RunStatus): string | undefined {
  const { sent, perSecond, limitPerSecond } = status.requests;
  if (status.state === 'reading') return undefined;
  const now = isGoingOn(status)
    ? `, ${perSecond.toFixed(1)} a second in the last minute (limit ${limitPerSecond})`
    : '';
  return `${whole(sent)} sent${now}`;
}

function workerWords({ workers }: RunStatus): string | undefined {
  if (workers === undefined) return undefined;
  return workers === 0 ? 'none takes part; start one with: nhs-trace worker' : whole(workers);
}

function agoWords(ms: number | undefined, { seenMs, rules }: RunStatus): string | undefined {
  if (ms === undefined) return undefined;
  return `${dateAndTime(ms, rules)} (${duration(Math.max(0, seenMs - ms) / 1000)} ago)`;
}

function endWords({ endsMs, seenMs, rules }: RunStatus): string | undefined {
  if (endsMs === undefined) return undefined;
  return `to end ${dateAndTime(endsMs, rules)} (in ${duration((endsMs - seenMs) / 1000)})`;
}

function nextWords({ state, directory, rows: { unanswered } }: RunStatus): string | undefined {
  const resume = `nhs-trace resume ${directory}`;
  if (state === 'stopped' || state === 'killed') return `nothing is lost; go on with: ${resume}`;
  if (state === 'halted') return `when a person has looked into it: ${resume}`;
  return state === 'finished' && unanswered > 0 ? `ask again: ${resume}` : undefined;
}
