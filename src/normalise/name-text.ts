/** One name cell, or one part of it: made plain, freed of what is not a name, and judged. */
import type { FindingCode } from '../domain/finding.ts';
import { isBabyName } from '../domain/person-name.ts';
import { cleanText } from './clean-text.ts';
import { hasEncodingDamage } from './encoding.ts';
import { stripExtras, tidyPunctuation } from './name-extras.ts';
import { isPlaceholderName } from './placeholders.ts';
import { NOTHING, type Reading, unusable } from './reading.ts';

export interface NameReading extends Reading<string> {
  /** Present for a name such as BABY SMITH. There is no value then, and the finding is the caller's. */
  readonly isBabyName?: true;
}

/** The longest name that is looked at at all: no person has more, and a swallowed row has. */
const MAX_CELL_LENGTH = 500;

/**
 * Reads a name: case, diacritics and particles are kept, punctuation is made plain, and titles,
 * suffixes, notes and trailing digits are taken off until none is left.
 * No value and no finding for an empty text; a fault for a placeholder, a line break, damaged letters,
 * a wildcard, digits, or more than `maxLength` characters.
 */
export function readName(text: string, maxLength: number): NameReading {
  const findings = new Set<FindingCode>();
  let current = text;
  for (;;) {
    const once = readOnce(current, maxLength);
    for (const code of once.findings) findings.add(code);
    if (once.value === undefined) return once;
    if (once.value === current) return { value: once.value, findings: [...findings] };
    current = once.value;
  }
}

function readOnce(text: string, maxLength: number): NameReading {
  const cleaned = cleanText(text);
  const damage = text.length > MAX_CELL_LENGTH ? 'name-too-long' : damageOf(text, cleaned);
  if (damage) return unusable(damage);
  const tidy = tidyPunctuation(cleaned);
  if (tidy === '') return cleaned === '' ? NOTHING : unusable('name-placeholder');
  if (isBabyName(tidy)) return { ...NOTHING, isBabyName: true };
  const stripped = stripExtras(tidy);
  const fault = faultOf(tidy, stripped.name, maxLength);
  if (fault) return unusable(fault);
  const findings: FindingCode[] = [...stripped.findings, ...suspicionsOf(stripped.name)];
  if (tidy !== text.trim()) findings.push('name-characters');
  return { value: stripped.name, findings };
}

/** Signs that the file is damaged; the cell is not looked at further. */
function damageOf(text: string, cleaned: string): FindingCode | undefined {
  if (hasEncodingDamage(text) || hasEncodingDamage(cleaned)) return 'name-encoding';
  if (/[\n\r\v\f\u2028\u2029]/.test(cleaned)) return 'name-line-break';
  return /\p{Cc}/u.test(cleaned) ? 'name-control-character' : undefined;
}

function faultOf(tidy: string, name: string, maxLength: number): FindingCode | undefined {
  if (tidy.includes('\\')) return 'name-quotation';
  if (isPlaceholderName(tidy)) return 'name-placeholder';
  if ([...name].length > maxLength) return 'name-too-long';
  return FAULTS.find(({ sign }) => sign.test(name))?.code;
}

/** SMSP Client Requirements TRCPDS-6: a wildcard needs a person who chose it. */
const FAULTS: readonly { code: FindingCode; sign: RegExp }[] = [
  { code: 'name-wildcard', sign: /[*?%\uFF0A\uFF1F\uFF05]/ },
  { code: 'name-quotation', sign: /["\\]/ },
  { code: 'name-no-letters', sign: /^\P{L}*$/u },
  { code: 'name-digits', sign: /\p{N}/u },
  { code: 'name-comma', sign: /[,;]/ },
  { code: 'name-only-title', sign: /^(?:MR|MRS|MS|MISS|MX|DR|PROF|REV)$/i },
];

function suspicionsOf(name: string): readonly FindingCode[] {
  if (name.toUpperCase() === 'NA') return ['name-may-be-placeholder'];
  return /[^\p{Script=Latin}\p{M}' .-]/u.test(name) ? ['name-unusual-character'] : [];
}
