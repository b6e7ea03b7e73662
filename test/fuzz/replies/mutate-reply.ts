/** Damage to a reply: to its elements and attributes while it is a text, then to its bytes. */
import type { Random } from '../random.ts';
import {
  cutText,
  huge,
  moveElement,
  prolog,
  splice,
  swapElements,
  takeElement,
} from './change-elements.ts';
import {
  addAttribute,
  changeNamespace,
  changeNumber,
  changeValue,
  doubleAttribute,
  dropAttribute,
  insertAnywhere,
  insertBetween,
  renameElement,
} from './change-values.ts';
import { damageBytes } from './damage-bytes.ts';
import { encoded } from './encode-reply.ts';
import { onElement } from './text-parts.ts';

type Mutation = (random: Random, text: string, spare: string) => string;

/** `spare` is another whole reply, for parts of it. */
export function mutateReply(random: Random, whole: string, spare: string): Buffer {
  let text = whole;
  const level = random.int(10);
  const onText = level < 7 ? 1 + random.int(3) : 0;
  for (let times = 0; times < onText; times += 1)
    text = random.pick(MUTATIONS)(random, text, spare);
  let bytes = level === 9 ? recoded(random, text) : encoded(random, text);
  const onBytes = level === 7 || level === 8 ? 1 + random.int(3) : 0;
  for (let times = 0; times < onBytes; times += 1) bytes = damageBytes(random, bytes);
  return bytes;
}

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  changeValue,
  changeValue,
  changeNumber,
  insertAnywhere,
  insertBetween,
  insertBetween,
  addAttribute,
  dropAttribute,
  doubleAttribute,
  renameElement,
  changeNamespace,
  (random, text) => onElement(random, text, (whole) => whole + whole),
  (random, text) => onElement(random, text, () => ''),
  (random, text) => onElement(random, text, (whole) => `<!--${whole}-->`),
  (random, text) => onElement(random, text, (whole) => `<![CDATA[${whole}]]>`),
  (random, text) => onElement(random, text, (whole) => `<x:y xmlns:x="urn:x">${whole}</x:y>`),
  (random, text) => onElement(random, text, (whole) => `<history>${whole}</history>`),
  swapElements,
  moveElement,
  takeElement,
  splice,
  cutText,
  prolog,
  huge,
];

/** In another encoding than it says, or one that nobody should use. */
function recoded(random: Random, text: string): Buffer {
  const name = random.pick(['UTF-8', 'UTF-7', 'UTF-16', 'UTF-32', 'US-ASCII', 'windows-1252', 'x']);
  const renamed = text.replace(/encoding=(["']).*?\1/, `encoding="${name}"`);
  const accented = renamed.replace('TESTCASTLE', 'FERRÃO');
  const encoding = random.pick(['utf8', 'latin1', 'utf16le'] as const);
  const bytes = Buffer.from(accented, encoding);
  return encoding === 'utf16le' && random.chance(0.5) ? bytes.swap16() : bytes;
}
