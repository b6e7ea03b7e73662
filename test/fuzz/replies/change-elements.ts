/** Damage to whole elements, to the document and its beginning. */
import type { Random } from '../random.ts';
import { elementIn, insertAt, onElement, type Span } from './text-parts.ts';

export function swapElements(random: Random, text: string): string {
  const [one, other] = [elementIn(random, text), elementIn(random, text)];
  if (one === undefined || other === undefined) return text;
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  if (second.start < first.end) return text;
  const part = (span: Span): string => text.slice(span.start, span.end);
  return (
    text.slice(0, first.start) +
    part(second) +
    text.slice(first.end, second.start) +
    part(first) +
    text.slice(second.end)
  );
}

export function moveElement(random: Random, text: string): string {
  const moved = elementIn(random, text);
  if (moved === undefined) return text;
  const rest = text.slice(0, moved.start) + text.slice(moved.end);
  const place = elementIn(random, rest);
  return place === undefined ? rest : insertAt(rest, place.end, text.slice(moved.start, moved.end));
}

export function takeElement(random: Random, text: string, spare: string): string {
  const taken = elementIn(random, spare);
  const place = elementIn(random, text);
  if (taken === undefined || place === undefined) return text;
  const part = spare.slice(taken.start, taken.end);
  return random.chance(0.5)
    ? insertAt(text, place.end, part)
    : text.slice(0, place.start) + part + text.slice(place.end);
}

export function splice(random: Random, text: string, spare: string): string {
  if (random.chance(0.1)) return text + spare;
  const at = random.int(Math.min(text.length, spare.length));
  return text.slice(0, at) + spare.slice(random.chance(0.5) ? at : random.int(spare.length));
}

export function cutText(random: Random, text: string): string {
  return text.slice(0, random.int(text.length));
}

export function prolog(random: Random, text: string): string {
  const start = random.pick([
    ' <?xml version="1.0"?>',
    '<?xml version="1.1"?>',
    '<?xml version="1.0" encoding="UTF-7"?>',
    '<?xml version="1.0" standalone="yes"?>',
    '<!DOCTYPE soap:Envelope [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
    '<!-- x -->',
    '<?xml version="1.0"?><?xml version="1.0"?>',
    '',
  ]);
  return start + text.replace(/^<\?xml.*?\?>\s*/s, '');
}

/** Seldom, for it is slow to make and to read. */
export function huge(random: Random, text: string): string {
  if (!random.chance(0.05)) return text;
  const many = 1 + random.int(5_000);
  return onElement(random, text, (whole) => {
    return random.pick([
      '<x>'.repeat(many) + whole,
      '<x>'.repeat(many) + whole + '</x>'.repeat(many),
      whole.repeat(1 + (many % 40)),
      `<x y="${'z'.repeat(many * 40)}"/>${whole}`,
      `<x ${Array.from({ length: many }, (_, at) => `a${at}=""`).join(' ')}/>${whole}`,
      `<!--${' '.repeat(many * 40)}-->${whole}`,
    ]);
  });
}
