/** Damage to values, attributes and names. */
import { OTHER_NUMBER } from '../../trace/smsp/support/values.ts';
import type { Random } from '../random.ts';
import { ATTRIBUTES, INSERTS, NAMES, NAMESPACES, VALUES } from './reply-pieces.ts';
import { insertAt, onElement, onMatch, pickOf } from './text-parts.ts';

export function changeValue(random: Random, text: string): string {
  return onMatch(random, text, /="[^"]*"/g, () => `="${pickOf(random, VALUES)}"`);
}

export function changeNumber(random: Random, text: string): string {
  return onMatch(random, text, /9990\d{6}/g, (number) => {
    if (random.chance(0.5)) return OTHER_NUMBER;
    const at = random.int(number.length);
    return `${number.slice(0, at)}${random.pick(['0', '9', ' ', '-', '&#48;', '<!-- -->', '٣'])}${number.slice(at + random.int(2))}`;
  });
}

export function insertAnywhere(random: Random, text: string): string {
  return insertAt(text, random.int(text.length + 1), pickOf(random, INSERTS));
}

export function insertBetween(random: Random, text: string): string {
  return onMatch(random, text, />\s*</g, () => `>${pickOf(random, INSERTS)}<`);
}

export function addAttribute(random: Random, text: string): string {
  return onMatch(random, text, /<[\w:.-]+/g, (tag) => `${tag} ${pickOf(random, ATTRIBUTES)}`);
}

export function dropAttribute(random: Random, text: string): string {
  return onMatch(random, text, / [\w:]+="[^"]*"/g, () => '');
}

export function doubleAttribute(random: Random, text: string): string {
  return onMatch(random, text, / [\w:]+="[^"]*"/g, (attribute) => attribute + attribute);
}

export function renameElement(random: Random, text: string): string {
  return onElement(random, text, (whole) => {
    const name = pickOf(random, NAMES);
    return whole.replace(/^<[\w:.-]+/, `<${name}`).replace(/<\/[\w:.-]+>$/, `</${name}>`);
  });
}

export function changeNamespace(random: Random, text: string): string {
  return onMatch(random, text, / xmlns(?::\w+)?="[^"]*"/g, (declaration) => {
    return declaration.replace(/"[^"]*"/, `"${pickOf(random, NAMESPACES)}"`);
  });
}
