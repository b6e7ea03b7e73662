/** Replies to a search that are no answer, though each looks much like one. */
import { nhsId, PERSON, searchReply, subject } from '../../trace/smsp/support/replies.ts';
import { NUMBER, OTHER_NUMBER } from '../../trace/smsp/support/values.ts';

const GOOD = searchReply();
const BARE = GOOD.replace(/^<\?xml.*\?>\s*/, '');
const CODE = '<value code="SMSP-0000"';
const ID = nhsId();

/** Those that the fuzzer found against an earlier client are marked so. */
export const CORPUS: readonly (readonly [name: string, reply: string | Buffer])[] = [
  // Entities
  ['a DOCTYPE', `<!DOCTYPE x>${BARE}`],
  ['a DOCTYPE behind the root', `${GOOD}<!DOCTYPE x>`],
  ['a DOCTYPE inside', GOOD.replace('<soap:Body>', '<soap:Body><!DOCTYPE x>')],
  [
    'an entity for the number',
    `<!DOCTYPE x [<!ENTITY n "${NUMBER}">]>${BARE.replace(NUMBER, '&n;')}`,
  ],
  [
    'an entity of a file',
    `<!DOCTYPE x [<!ENTITY n SYSTEM "file:///etc/passwd">]>${BARE.replace(NUMBER, '&n;')}`,
  ],
  [
    'an entity of a parameter',
    `<!DOCTYPE x [<!ENTITY % n SYSTEM "http://127.0.0.1:1/"> %n;]>${BARE}`,
  ],
  ['a billion laughs', `<!DOCTYPE x [<!ENTITY a "ha">${laughs()}]>${BARE.replace(NUMBER, '&j;')}`],
  [
    'a blow-up of one level',
    `<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]>${BARE.replace(NUMBER, '&a;'.repeat(10_000))}`,
  ],
  [
    'attributes from a DOCTYPE',
    `<!DOCTYPE x [<!ATTLIST id extension CDATA "${OTHER_NUMBER}">]>${BARE}`,
  ],
  ['an entity that nobody declared', GOOD.replace(NUMBER, '&n;')],
  ['an entity of HTML', GOOD.replace('SMSP-0000', 'SMSP&shy;-0000')],
  [
    'an entity that refers to itself',
    `<!DOCTYPE x [<!ENTITY a "&a;">]>${BARE.replace(NUMBER, '&a;')}`,
  ],
  // Numbers that are read apart
  ['a comment in the number', GOOD.replace(NUMBER, `99901<!-- -->23454`)],
  ['CDATA in the number', GOOD.replace(NUMBER, `<![CDATA[${NUMBER}]]>`)],
  ['the number as a text', GOOD.replace(ID, ID.replace(/ extension="\d+"\/>/, `>${NUMBER}</id>`))],
  ['digits of another script', GOOD.replace(NUMBER, '９９９０１２３４５４')],
  ['blanks that are none', GOOD.replace(NUMBER, '999\u00A0012\u00A03454')],
  ['a zero-width space', GOOD.replace(NUMBER, '99901\u200B23454')],
  ['a change of direction', GOOD.replace(NUMBER, `\u202E${NUMBER}`)],
  ['a NUL by number', GOOD.replace(NUMBER, `${NUMBER}&#0;`)],
  ['half a pair by number', GOOD.replace(NUMBER, `${NUMBER}&#xD800;`)],
  ['a wrong check digit', GOOD.replace(NUMBER, '9990123455')],
  ['eleven digits', GOOD.replace(NUMBER, `${NUMBER}0`)],
  // Things twice
  [
    'the number twice in one element',
    GOOD.replace(ID, ID.replace('/>', ` extension="${OTHER_NUMBER}"/>`)),
  ],
  ['two numbers', GOOD.replace(ID, ID + nhsId(OTHER_NUMBER))],
  ['two people', GOOD.replace('</subject>', `</subject>${subject(nhsId(OTHER_NUMBER))}`)],
  ['two codes', GOOD.replace(CODE, `<value code="DEMOG-0001"/>${CODE}`)],
  ['two bodies', GOOD.replace('</soap:Body>', '</soap:Body><soap:Body/>')],
  [
    'two headers',
    GOOD.replace(
      '<soap:Body>',
      '<soap:Header><wsa:RelatesTo>x</wsa:RelatesTo></soap:Header><soap:Body>',
    ),
  ],
  ['two documents', GOOD + BARE],
  ['two declarations', `<?xml version="1.0"?>${GOOD}`],
  // Names
  [
    'another namespace for the number',
    GOOD.replace(
      '<id root="2.16.840.1.113883.2.1.4.1"',
      '<id xmlns="urn:x" root="2.16.840.1.113883.2.1.4.1"',
    ),
  ],
  [
    'another namespace for a prefix',
    GOOD.replace('urn:nhs-itk:ns:201005', 'urn:nhs-itk:ns:201005/'),
  ],
  ['a prefix that is declared below', GOOD.replace('xmlns:itk="urn:nhs-itk:ns:201005"', '')],
  [
    'an attribute in a namespace',
    GOOD.replace(/ extension="999/, ' xmlns:x="urn:hl7-org:v3" x:extension="999'),
  ],
  ['a namespace that only looks the same', GOOD.replace('urn:hl7-org:v3', 'urn:hl7‐org:v3')],
  [
    'a namespace that is no URI (found)',
    GOOD.replace('/2005/08/addressing', '/2005/08/addrÿssing'),
  ],
  ['a namespace without port (found)', GOOD.replace('www.w3.org/', 'www.w3.org:/')],
  // Values that are none
  [
    'a number that is nil',
    GOOD.replace(
      ID,
      ID.replace('<id', '<id xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"'),
    ),
  ],
  ['a number that is null', GOOD.replace(ID, ID.replace('<id', '<id nullFlavor="NI"'))],
  ['a code that is null', GOOD.replace(CODE, `${CODE} nullFlavor="UNK"`)],
  // Places
  ['a person in a comment', GOOD.replace(/<subject.*<\/subject>/s, '<!--$&-->')],
  ['a person in CDATA', GOOD.replace(/<subject.*<\/subject>/s, '<![CDATA[$&]]>')],
  ['a person in a history', GOOD.replace(/<subject.*<\/subject>/s, '<history>$&</history>')],
  ['a reply in a reply', GOOD.replace(/<id root="6A.*?\/>/, (id) => id + BARE)],
  // Forms
  ['an instruction', GOOD.replace('<soap:Body>', '<?x y?><soap:Body>')],
  ['an instruction that is none (found)', `<?x${GOOD.slice(1)}`],
  ['XML 1.1', GOOD.replace(/version='1.0'/, "version='1.1'")],
  ['a blank before the declaration', ` ${GOOD}`],
  ['a control character', GOOD.replace('SMSP', 'SMSP\u0001')],
  ['a prefix of the wrong kind', GOOD.replace('</soap:Envelope>', '</s:Envelope>')],
  ['the end cut off', GOOD.slice(0, -1)],
  // Encodings
  ['UTF-7', Buffer.from(GOOD.replace('UTF-8', 'UTF-7'))],
  ['UTF-8 that is overlong', bytes(GOOD.replace(NUMBER, `${NUMBER}\0\0`), '0000', 'c080')],
  ['half a pair in UTF-8', bytes(GOOD.replace(NUMBER, `${NUMBER}\0\0\0`), '000000', 'eda080')],
  [
    'ISO-8859-1 that says UTF-8',
    Buffer.from(GOOD.replace('<subject', '<x y="é"/><subject'), 'latin1'),
  ],
  ['UTF-16 that says UTF-8 and has no mark', Buffer.from(BARE, 'utf16le')],
  ['UTF-16 with half a character', Buffer.from(`\uFEFF${BARE}`, 'utf16le').subarray(0, -1)],
  ['EBCDIC', Buffer.from('4c6fa79493', 'hex')],
  ['two byte order marks (found)', `\uFEFF\uFEFF${GOOD}`],
  // Another operation's
  [
    'the details of a person',
    GOOD.replaceAll('getNHSNumberResponse', 'getPatientDetailsResponse').replace(ID, ID + PERSON),
  ],
];

/** What XML allows, and no provider needs. */
export const EXCESSES: readonly (readonly [name: string, reply: string | Buffer])[] = [
  [
    '100,000 attributes',
    GOOD.replace(ID, ID.replace('/>', `${many(100_000, (at) => ` a${at}=""`)}/>`)),
  ],
  [
    'an attribute of 900,000 characters',
    GOOD.replace(ID, ID.replace('/>', ` x="${'y'.repeat(900_000)}"/>`)),
  ],
  ['a depth of 1,000,000', GOOD.replace('<subject', `${'<x>'.repeat(1_000_000)}<subject`)],
  ['200,000 elements', GOOD.replace('<subject', `${'<x/>'.repeat(200_000)}<subject`)],
  ['a name of 900,000 characters', GOOD.replace('<subject', `<${'x'.repeat(900_000)}/><subject`)],
  ['UTF-32', Buffer.concat([...GOOD].map((char) => Buffer.from([char.charCodeAt(0), 0, 0, 0])))],
];

function laughs(): string {
  const levels = [...'bcdefghij'].map(
    (name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`,
  );
  return levels.join('');
}

function many(count: number, part: (at: number) => string): string {
  return Array.from({ length: count }, (_, at) => part(at)).join('');
}

function bytes(text: string, from: string, to: string): Buffer {
  return Buffer.from(Buffer.from(text).toString('hex').replace(from, to), 'hex');
}
