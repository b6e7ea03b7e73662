/** The end of a run, in a few lines for the person at the terminal. */
import { EXCEPTION_CODES, OUTCOMES } from '../domain/exception.ts';
import { percent, perRow, whole } from '../domain/figures.ts';
import { PROTECTIVE_LABEL } from '../domain/protective-label.ts';
import type { RunEnd } from '../domain/run.ts';
import type { Summary } from '../report/summary.ts';
import type { RunFolder } from '../run-store/run-folder.ts';

/** How the person or program that waits wants the result told. */
export interface ResultOptions {
  readonly brief?: boolean;
}

export function describeResult(summary: Summary, folder: RunFolder, end: RunEnd): string {
  const rows = summary.input.rows;
  const matched = sum(Object.values(summary.outcomes));
  const lines = [
    `${whole(rows)} rows: ${whole(matched)} matched (${percent(matched, rows)}), ${whole(rows - matched)} exceptions`,
    ...counts(OUTCOMES, summary.outcomes),
    ...counts(EXCEPTION_CODES, summary.exceptions),
    `${whole(summary.requests.sent)} requests in ${summary.timing.seconds} s, ${summary.throttle.achieved_per_second} a second, ${perRow(summary.requests.sent, rows)} a row`,
    ...sparedBy(summary),
    '',
    `The results are in ${folder.path} (${PROTECTIVE_LABEL}):`,
    '  matched.csv     rows with an NHS number to use',
    '  exceptions.csv  every other row: why, and what to do',
    '  exceptions.xlsx the same for a spreadsheet, a sheet for each cause',
    '  report.html     who must act on what, for people to read; open it in a browser',
    '  summary.json    the figures',
    '  audit.jsonl     what was asked, answered and decided, on record',
  ];
  if (end.kind === 'unanswered') {
    lines.push(
      '',
      `${whole(end.rows)} rows have no answer. Ask again: nhs-trace resume ${folder.path}`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function sparedBy({ requests }: Summary): readonly string[] {
  if (requests.saved_by_store === 0) return [];
  return [
    `${whole(requests.saved_by_store)} more were not needed: earlier runs had asked about the same details`,
  ];
}

/** For a scheduler and its mail: how it ended, the figures, where to look. */
export function describeBriefly(summary: Summary, folder: RunFolder, end: RunEnd): string {
  const { rows } = summary.input;
  const matched = sum(Object.values(summary.outcomes));
  const { sent, saved_by_store } = summary.requests;
  const unanswered =
    end.kind === 'unanswered' ? `, ${whole(end.rows)} of them without an answer` : '';
  const spared = saved_by_store === 0 ? '' : ` (${whole(saved_by_store)} spared)`;
  return `${summary.run_id}: ${end.kind}, ${whole(rows)} rows, ${whole(matched)} matched (${percent(matched, rows)}), ${whole(rows - matched)} exceptions${unanswered}, ${whole(sent)} requests${spared} in ${summary.timing.seconds} s; ${folder.path}\n`;
}

export function describeStop(end: RunEnd, folder: RunFolder, isBrief = false): string {
  if (isBrief) {
    const why = end.kind === 'halted' ? `: ${end.reason}` : '';
    return `${end.kind}${why}; go on with: nhs-trace resume ${folder.path}\n`;
  }
  const resume = `Go on with: nhs-trace resume ${folder.path}`;
  return end.kind === 'halted'
    ? `Stopped, because going on could do harm: ${end.reason}.\nNothing is lost. When a person has looked into it: nhs-trace resume ${folder.path}\n`
    : `Stopped. Nothing is lost. ${resume}\n`;
}

function counts<K extends string>(
  codes: readonly K[],
  numbers: Readonly<Record<K, number>>,
): string[] {
  return codes
    .filter((code) => numbers[code] > 0)
    .map((code) => `  ${whole(numbers[code]).padStart(9)}  ${code}`);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
