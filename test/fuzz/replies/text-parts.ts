/** Finds a part of a reply's text at random, and changes it. */
import type { Random } from '../random.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One element of the text, with all that is in it; those of a text that is broken already are guessed at. */
export function elementIn(random: Random, text: string): Span | undefined {
  const spans: Span[] = [];
  const open: number[] = [];
  for (const { 0: tag, index } of text.matchAll(/<\/?[\w:.-]+(?:\s[^<>]*)?>/g)) {
    const end = index + tag.length;
    if (tag.endsWith('/>')) spans.push({ start: index, end });
    else if (!tag.startsWith('</')) open.push(index);
    else spans.push({ start: open.pop() ?? index, end });
  }
  return spans[random.int(spans.length)];
}

export function onElement(random: Random, text: string, change: (whole: string) => string): string {
  const span = elementIn(random, text);
  if (span === undefined) return text;
  const { start, end } = span;
  return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
}

export function onMatch(
  random: Random,
  text: string,
  pattern: RegExp,
  change: (found: string) => string,
): string {
  const matches = [...text.matchAll(pattern)];
  const match = matches[random.int(matches.length)];
  if (match === undefined) return text;
  const end = match.index + match[0].length;
  return text.slice(0, match.index) + change(match[0]) + text.slice(end);
}

export function insertAt(text: string, at: number, part: string): string {
  return text.slice(0, at) + part + text.slice(at);
}

export function pickOf(random: Random, items: readonly string[]): string {
  return items[random.int(items.length)] ?? '';
}
