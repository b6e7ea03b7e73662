/** What `doctor` found, in lines of 80 characters for people. */
import type { Check } from '../domain/check-up.ts';
import { wrapText } from './wrap-text.ts';

const STATE_WIDTH = 14;
const AREA_WIDTH = 13;

export function doctorText(checks: readonly Check[]): string {
  return `${[...checks.flatMap(checkLines), '', lastLine(checks)].join('\n')}\n`;
}

function checkLines({ state, area, what, mend }: Check): readonly string[] {
  const lead = `${state.padEnd(STATE_WIDTH)}${area.padEnd(AREA_WIDTH)}`;
  const blank = ' '.repeat(lead.length);
  return [...wrapText(lead, what), ...(mend === undefined ? [] : wrapText(`${blank}mend: `, mend))];
}

function lastLine(checks: readonly Check[]): string {
  const { faults, warnings } = countChecks(checks);
  const unseen = checks.filter(({ state }) => state === 'not looked at').length;
  const counts = `${plural(faults, 'fault')}, ${plural(warnings, 'warning')}${unseen === 0 ? '' : `, ${unseen} not looked at`}`;
  return faults === 0 ? `${counts}: a run can begin.` : `${counts}: mend the faults before a run.`;
}

export function countChecks(checks: readonly Check[]) {
  const of = (state: Check['state']): number =>
    checks.filter((check) => check.state === state).length;
  return { faults: of('fault'), warnings: of('warning') };
}

function plural(n: number, word: string): string {
  return `${n === 0 ? 'no' : n} ${word}${n === 1 ? '' : 's'}`;
}
