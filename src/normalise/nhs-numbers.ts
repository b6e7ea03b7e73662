import type { FindingCode } from '../domain/finding.ts';
import type { NhsNumberRange } from '../domain/nhs-number.ts';
import {
  isNeverReal,
  type NhsNumber,
  nhsNumberRange,
  parseNhsNumber,
} from '../domain/nhs-number.ts';
import { cleanText, unwrapText } from './clean-text.ts';
import { isNoValue } from './placeholders.ts';
import { NOTHING, type Reading, unusable, usable } from './reading.ts';

export interface NhsNumberOptions {
  /** Whether 999 numbers count as real. Only for tests and training. */
  readonly acceptsTestNumbers: boolean;
}

/**
 * Reads an NHS number cell (ISB 0149). Repairs only what loses nothing: blanks, hyphens, spreadsheet
 * marks, a decimal tail, thousands commas. Never adds or changes a digit.
 * No value and no finding for an empty cell or a word such as UNKNOWN; a fault for anything else that
 * is not a usable number.
 */
export function normaliseNhsNumber(text: string, options: NhsNumberOptions): Reading<NhsNumber> {
  const cleaned = cleanText(text);
  if (isNoValue(unwrapText(cleaned))) return NOTHING;
  const repaired = repair(cleaned);
  const nhsNumber = parseNhsNumber(repaired.digits);
  if (nhsNumber === undefined) return unusable(faultOf(repaired.digits));
  const judgement = judgeRange(nhsNumberRange(nhsNumber), options);
  if (judgement?.isRefused) return unusable(judgement.code);
  return usable(nhsNumber, judgement ? [...repaired.findings, judgement.code] : repaired.findings);
}

function repair(text: string): { digits: string; findings: readonly FindingCode[] } {
  const bare = unwrapText(text).replace(/[ \u2010-\u2015\u2212-]/g, '');
  const whole = bare.replace(/^([\d,]+)\.0*$/, '$1');
  const digits = whole.replace(/^\d{1,3}(?:,\d{3})+$/, (grouped) => grouped.replaceAll(',', ''));
  const findings: FindingCode[] = [];
  if (unwrapText(text) !== text) findings.push('spreadsheet-text-marker');
  if (whole !== bare) findings.push('nhs-number-decimal');
  if (digits !== whole) findings.push('nhs-number-thousands');
  return { digits, findings };
}

/** Why a text is no NHS number: the first sign that fits. */
function faultOf(digits: string): FindingCode {
  return FAULTS.find(({ fits }) => fits(digits))?.code ?? 'nhs-number-check-digit';
}

const FAULTS: readonly { code: FindingCode; fits: (digits: string) => boolean }[] = [
  { code: 'nhs-number-placeholder', fits: (text) => /^0+$/.test(text) || isNeverReal(text) },
  { code: 'nhs-number-scientific', fits: (text) => /^\d+(?:[.,]\d*)?E[+]?\d+$/i.test(text) },
  { code: 'nhs-number-letters', fits: (text) => /\p{L}/u.test(text) },
  { code: 'nhs-number-characters', fits: (text) => /\D/.test(text) },
  { code: 'nhs-number-nine-digits', fits: (text) => text.length === 9 },
  { code: 'nhs-number-length', fits: (text) => text.length !== 10 },
];

/** What a range means for a live trace; `undefined` when there is nothing to say about it. */
function judgeRange(
  range: NhsNumberRange,
  options: NhsNumberOptions,
): { code: FindingCode; isRefused: boolean } | undefined {
  switch (range) {
    case 'issued':
      return undefined;
    case 'scotland':
      return { code: 'chi-number', isRefused: true };
    case 'not-issued':
      return { code: 'nhs-number-not-issued', isRefused: true };
    case 'test':
      return options.acceptsTestNumbers ? undefined : { code: 'nhs-number-test', isRefused: true };
    case 'not-yet-issued':
      return { code: 'nhs-number-not-yet-issued', isRefused: false };
    case 'northern-ireland':
      return { code: 'nhs-number-northern-ireland', isRefused: false };
    case 'ireland':
      return { code: 'nhs-number-ireland', isRefused: false };
  }
}
