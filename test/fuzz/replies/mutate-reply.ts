/** Damage to a reply: to its elements and attributes while it is a text, then to its bytes. */
import { NUMBER, OTHER_NUMBER } from '../../trace/smsp/support/values.ts';
import type { Random } from '../random.ts';
import { encoded } from './encode-reply.ts';

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

const VALUES = [
  ...[
    '',
    'true',
    'false',
    '1',
    ' ',
    'UNK',
    NUMBER,
    OTHER_NUMBER,
    '9990123455',
    '９９９０１２３４５４',
  ],
  ...['999\u00A0012\u00A03454', 'Q7-000417', 'Q7-000418', '2.16.840.1.113883.2.1.4.1'],
  ...['2.16.840.1.113883.2.1.3.2.4.18.24', 'SMSP-0000', 'DEMOG-0001', 'DEMOG-0017', 'SMSP-0003'],
  ...['5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21', '0F9E8D7C-6B5A-4948-B736-251403F2E1D0'],
  ...['&#57;990123454', '&lt;', '&x;', '&#0;', '&#xD800;', '<', '&', '\u0000', '\u0001', '\uFFFF'],
] as const;

const NAMESPACES = [
  ...['urn:hl7-org:v3', 'urn:nhs-itk:ns:201005', 'http://schemas.xmlsoap.org/soap/envelope/', ''],
  ...['http://www.w3.org/2005/08/addressing', 'http://www.w3.org/2003/05/soap-envelope', 'urn:x'],
  ...['http://www.w3.org/XML/1998/namespace', 'http://www.w3.org/2000/xmlns/'],
] as const;

const NAMES = [
  ...['id', 'value', 'patient', 'subject', 'component', 'validIdentifier', 'name', 'family', 'x:y'],
  ...['soap:Body', 'soap:Header', 'soap:Fault', 'itk:payload', 'itk:payloads', 'wsa:RelatesTo'],
  ...['getNHSNumberResponse-v1-0', 'verifyNHSNumberResponse-v1-0', 'birthTime', 'deceasedTime'],
] as const;

const INSERTS = [
  ...[
    '<!-- x -->',
    '<!-- a -- b -->',
    '<![CDATA[x]]>',
    '<![CDATA[',
    ']]>',
    '<?x y?>',
    '<?xml version="1.0"?>',
  ],
  ...[
    '<!DOCTYPE x>',
    '<!DOCTYPE x [<!ENTITY x "9990341702">]>',
    '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
  ],
  ...[
    '&x;',
    '&amp;',
    '&#x0;',
    'text',
    '\uFEFF',
    '\u0000',
    '\u0085',
    '<',
    '>',
    '</x>',
    '<x>',
    '<x/>',
  ],
  ...[
    `<id root="2.16.840.1.113883.2.1.4.1" extension="${OTHER_NUMBER}"/>`,
    '<value value="true"/>',
  ],
  ...[
    '<value code="SMSP-0000"/>',
    '<patient/>',
    '<wsa:RelatesTo>x</wsa:RelatesTo>',
    '<soap:Fault/>',
  ],
  ...[
    '<id root="2.16.840.1.113883.2.1.3.2.4.18.24" extension="Q7-000418"/>',
    '<family>OTHERSON</family>',
  ],
  ...['<patientPerson><deceasedTime/></patientPerson>', '<birthTime value="19990101"/>'],
] as const;

const ATTRIBUTES = [
  ...['nullFlavor="UNK"', 'xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true"'],
  ...[
    'xmlns:q="urn:x" q:extension="9990341702"',
    'extension="9990341702"',
    'value="true"',
    'xmlns=""',
  ],
  ...[
    'code="SMSP-0000"',
    'xmlns="urn:hl7-org:v3"',
    'xmlns="urn:x"',
    'xml:space="preserve"',
    'count="2"',
  ],
  ...['root="2.16.840.1.113883.2.1.4.1"', 'x:y="z"', 'a=b', '"'],
] as const;

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

function changeValue(random: Random, text: string): string {
  return onMatch(random, text, /="[^"]*"/g, () => `="${pickOf(random, VALUES)}"`);
}

function changeNumber(random: Random, text: string): string {
  return onMatch(random, text, /9990\d{6}/g, (number) => {
    if (random.chance(0.5)) return OTHER_NUMBER;
    const at = random.int(number.length);
    return `${number.slice(0, at)}${random.pick(['0', '9', ' ', '-', '&#48;', '<!-- -->', '٣'])}${number.slice(at + random.int(2))}`;
  });
}

function insertAnywhere(random: Random, text: string): string {
  return insertAt(text, random.int(text.length + 1), pickOf(random, INSERTS));
}

function insertBetween(random: Random, text: string): string {
  return onMatch(random, text, />\s*</g, () => `>${pickOf(random, INSERTS)}<`);
}

function addAttribute(random: Random, text: string): string {
  return onMatch(random, text, /<[\w:.-]+/g, (tag) => `${tag} ${pickOf(random, ATTRIBUTES)}`);
}

function dropAttribute(random: Random, text: string): string {
  return onMatch(random, text, / [\w:]+="[^"]*"/g, () => '');
}

function doubleAttribute(random: Random, text: string): string {
  return onMatch(random, text, / [\w:]+="[^"]*"/g, (attribute) => attribute + attribute);
}

function renameElement(random: Random, text: string): string {
  return onElement(random, text, (whole) => {
    const name = pickOf(random, NAMES);
    return whole.replace(/^<[\w:.-]+/, `<${name}`).replace(/<\/[\w:.-]+>$/, `</${name}>`);
  });
}

function changeNamespace(random: Random, text: string): string {
  return onMatch(random, text, / xmlns(?::\w+)?="[^"]*"/g, (declaration) => {
    return declaration.replace(/"[^"]*"/, `"${pickOf(random, NAMESPACES)}"`);
  });
}

function swapElements(random: Random, text: string): string {
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

function moveElement(random: Random, text: string): string {
  const moved = elementIn(random, text);
  if (moved === undefined) return text;
  const rest = text.slice(0, moved.start) + text.slice(moved.end);
  const place = elementIn(random, rest);
  return place === undefined ? rest : insertAt(rest, place.end, text.slice(moved.start, moved.end));
}

function takeElement(random: Random, text: string, spare: string): string {
  const taken = elementIn(random, spare);
  const place = elementIn(random, text);
  if (taken === undefined || place === undefined) return text;
  const part = spare.slice(taken.start, taken.end);
  return random.chance(0.5)
    ? insertAt(text, place.end, part)
    : text.slice(0, place.start) + part + text.slice(place.end);
}

function splice(random: Random, text: string, spare: string): string {
  if (random.chance(0.1)) return text + spare;
  const at = random.int(Math.min(text.length, spare.length));
  return text.slice(0, at) + spare.slice(random.chance(0.5) ? at : random.int(spare.length));
}

function cutText(random: Random, text: string): string {
  return text.slice(0, random.int(text.length));
}

function prolog(random: Random, text: string): string {
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
function huge(random: Random, text: string): string {
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

interface Span {
  readonly start: number;
  readonly end: number;
}

/** One element of the text, with all that is in it; those of a text that is broken already are guessed at. */
function elementIn(random: Random, text: string): Span | undefined {
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

function onElement(random: Random, text: string, change: (whole: string) => string): string {
  const span = elementIn(random, text);
  if (span === undefined) return text;
  const { start, end } = span;
  return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
}

function onMatch(
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

function insertAt(text: string, at: number, part: string): string {
  return text.slice(0, at) + part + text.slice(at);
}

function pickOf(random: Random, items: readonly string[]): string {
  return items[random.int(items.length)] ?? '';
}

/** In another encoding than it says, or one that nobody should use. */
function recoded(random: Random, text: string): Buffer {
  const name = random.pick(['UTF-8', 'UTF-7', 'UTF-16', 'UTF-32', 'US-ASCII', 'windows-1252', 'x']);
  const renamed = text.replace(/encoding=(["']).*?\1/, `encoding="${name}"`);
  const accented = renamed.replace('TESTCASTLE', 'FERRÃO');
  const encoding = random.pick(['utf8', 'latin1', 'utf16le'] as const);
  const bytes = Buffer.from(accented, encoding);
  return encoding === 'utf16le' && random.chance(0.5) ? bytes.swap16() : bytes;
}

const PIECES: readonly [Buffer, ...Buffer[]] = [
  Buffer.of(0),
  ...[
    'ff',
    'fffe',
    'feff',
    'efbbbf',
    'c0af',
    'e0809f',
    'eda080',
    'f5808080',
    'c3',
    '1f8b',
    '2b414467',
  ].map((hex) => Buffer.from(hex, 'hex')),
  ...['<', '>', '&', '"', "'", '/', '=', ':', '\r', '\t', '<!', ']]>', 'xmlns'].map((text) =>
    Buffer.from(text),
  ),
];

export function damageBytes(random: Random, bytes: Buffer): Buffer {
  const at = random.int(bytes.length + 1);
  const length = random.int(random.chance(0.8) ? 4 : 200);
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (random.int(7)) {
    case 0:
      return Buffer.concat([before, random.pick(PIECES), after]);
    case 1:
      return Buffer.concat([before, after.subarray(length)]);
    case 2:
      return Buffer.concat([before, after.subarray(0, length), after]);
    case 3:
      return Buffer.concat([before, Buffer.of(random.int(256)), after.subarray(1)]);
    case 4:
      return Buffer.concat([
        before,
        Buffer.of((after[0] ?? 0) ^ (1 << random.int(8))),
        after.subarray(1),
      ]);
    case 5:
      return random.chance(0.3) ? before : bytes;
    default:
      return Buffer.concat([
        before,
        bytes.subarray(random.int(bytes.length + 1)).subarray(0, length),
        after,
      ]);
  }
}
