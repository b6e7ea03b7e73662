import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { TraceRequest } from '../../../src/domain/trace.ts';
import { createSmspTracer, readHttpReply } from '../../../src/trace/smsp/smsp-tracer.ts';
import type { Tracer } from '../../../src/trace/tracer.ts';
import { outcomeOf, outcomeOfAsync, shown } from './support/outcome.ts';
import {
  detailsReply,
  localId,
  nhsId,
  payload,
  searchReply,
  subject,
  VERIFY_ROOT,
  validIdentifier,
  verifyReply,
  wrapped,
} from './support/replies.ts';
import { bodyOf, closeServers, type Handler, httpServer } from './support/servers.ts';
import {
  aRequest,
  countingIds,
  MESSAGE_ID,
  NOW,
  NUMBER,
  someSettings,
  without,
} from './support/values.ts';

const SEARCH = without(aRequest({ operation: 'getNHSNumber' }), 'nhsNumber');
const FOUND = { answer: { kind: 'found', nhsNumber: NUMBER }, code: 'SMSP-0000' };
const NEVER = new AbortController().signal;

let tracers: Tracer[] = [];

afterEach(async () => {
  await closeServers();
  await Promise.all(tracers.map((tracer) => tracer.close()));
  tracers = [];
});

describe('ask', () => {
  it('sends one message and gives the answer', async () => {
    // Prepare
    const messages: string[] = [];
    const tracer = await tracerOf(async (request, response) => {
      messages.push(`${request.headers['soapaction']} ${await bodyOf(request)}`);
      response.end(verifyReply());
    });

    // Act
    const reply = await tracer.ask(aRequest(), { messageId: MESSAGE_ID, signal: NEVER });

    // Assess
    expect(reply).toEqual(FOUND);
    expect(messages).toEqual([
      expect.stringMatching(
        /^"urn:nhs-itk:services:201005:verifyNHSNumber-v1-0" <\?xml .*9990123454/,
      ),
    ]);
    expect(messages[0]).toContain(`<wsa:MessageID>${MESSAGE_ID}</wsa:MessageID>`);
  });

  it('sends nothing when the request is not complete, or the signal is aborted', async () => {
    let count = 0;
    const tracer = await tracerOf((_, response) => {
      count += 1;
      response.end();
    });
    const reason = new Error('stop');
    const options = { messageId: MESSAGE_ID, signal: AbortSignal.abort(reason) };

    await expect(tracer.ask(aRequest(), options)).rejects.toBe(reason);
    const incomplete = without(aRequest(), 'nhsNumber');
    await expect(
      tracer.ask(incomplete, { messageId: MESSAGE_ID, signal: NEVER }),
    ).rejects.toMatchObject({ code: 'incomplete-request' });
    expect(count).toBe(0);
  });

  it('reads a busy provider’s delay', async () => {
    const tracer = await tracerOf((_, response) => {
      response.writeHead(503, { 'retry-after': '7' }).end('busy');
    });
    const outcome = await outcomeOfAsync(() => {
      return tracer.ask(SEARCH, { messageId: MESSAGE_ID, signal: NEVER });
    });
    expect(outcome).toEqual(['BusyError', 'HTTP-503', 7_000]);
  });

  it('keeps answers apart when many are asked at the same time', async () => {
    // Prepare: every reply after another delay, with the echo of its own request
    const tracer = await tracerOf(async (request, response) => {
      const key = /extension="(row-\d+)"/.exec(String(await bodyOf(request)))?.[1] ?? '';
      await delay(Math.random() * 20);
      response.end(searchReply('SMSP-0000', subject(localId(key) + nhsId())));
    });

    // Act
    const rows = Array.from({ length: 50 }, (_, index) => `row-${index}`);
    const replies = await Promise.all(
      rows.map((localIdentifier) => {
        return tracer.ask({ ...SEARCH, localIdentifier }, { messageId: MESSAGE_ID, signal: NEVER });
      }),
    );

    // Assess
    expect(replies).toEqual(rows.map(() => FOUND));
  });
});

describe('a dialect', () => {
  const verify = verifyReply();
  const lower = (uuid: string): string => uuid.toLowerCase();

  it.each<[string, string]>([
    ['as the specification shows it', verify],
    ['without declaration', verify.replace(/^<\?xml.*\?>\s*/, '')],
    ['with blanks before and behind', `${verify.replace(/^<\?xml.*\?>/, '\n\n')}\n\n \n`],
    [
      'other prefixes',
      verify
        .replaceAll('soap:', 'SOAP-ENV:')
        .replace(':soap=', ':SOAP-ENV=')
        .replaceAll('itk:', 'toolkit:')
        .replace('urn:nhs-toolkit:', 'urn:nhs-itk:')
        .replaceAll('"urn:nhs-toolkit:', '"urn:nhs-itk:')
        .replace(':itk=', ':toolkit='),
    ],
    ['no prefixes', NO_PREFIXES],
    ['prefixed payload', prefixedPayload(verify)],
    [
      'attributes in another order',
      verify.replace(
        'root="2.16.840.1.113883.2.1.4.1" extension="9990123454"',
        "extension='9990123454'   root = '2.16.840.1.113883.2.1.4.1'",
      ),
    ],
    ['comments', verify.replaceAll('><', '><!-- <value value="false"/> --><')],
    ['on one line', verify.replaceAll(/>\s+</g, '><')],
    [
      'numbers for characters',
      verify
        .replace('9990123454', '&#57;&#x39;90123454')
        .replace('value="true"', 'value="&#116;rue"'),
    ],
    [
      'schema locations',
      verify.replace(
        'xmlns="urn:hl7-org:v3"',
        'xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:hl7-org:v3 http://127.0.0.1:1/x.xsd"',
      ),
    ],
    ['lower-case UUIDs', verify.replaceAll(/[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}/g, lower)],
    [
      'the profile as action and service',
      verify.replaceAll(
        'urn:nhs-itk:services:201005:verifyNHSNumber-v1-0Response',
        'urn:nhs-en:profile:verifyNHSNumberResponse-v1-0',
      ),
    ],
    [
      'an internal tracking id',
      verify.replace('C3B2A190-8F7E-4D6C-9B5A-493827160F5E', '__INTERNAL_TRACKING_ID__'),
    ],
    [
      'a timestamped wrapper',
      wrapped(
        payload(VERIFY_ROOT, 'SMSP-0000', validIdentifier('<value value="true"/>')),
        `<wsa:To/><wsa:RelatesTo>${MESSAGE_ID}</wsa:RelatesTo><s:Security xmlns:s="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"/>`,
      ),
    ],
    ['no header', verify.replace(/<soap:Header>.*<\/soap:Header>/s, '')],
    ['no ITK header', verify.replace(/<itk:header.*<\/itk:header>/s, '')],
    [
      'unknown parts',
      verify.replaceAll('<code ', '<realmCode code="UK"/><x xmlns="urn:x" y="z"/><code '),
    ],
    ['a byte order mark', `\uFEFF${verify}`],
  ])('%s', (name, reply) => {
    expect(reply === verify).toBe(name === 'as the specification shows it');
    expect(read(aRequest(), Buffer.from(reply))).toEqual(FOUND);
  });

  it.each([
    'application/soap+xml; charset=iso-8859-1',
    'Application/XML',
    'text/xml ; charset="x"',
  ])('labelled %s, one byte at a time', async (type) => {
    const tracer = await tracerOf(async (_, response) => {
      response.setHeader('content-type', type);
      for (const byte of Buffer.from(searchReply())) response.write(Buffer.of(byte));
      response.end();
    });
    expect(await tracer.ask(SEARCH, { messageId: MESSAGE_ID, signal: NEVER })).toEqual(FOUND);
  });

  it.each<['latin1' | 'utf16le', string]>([
    ['latin1', 'ISO-8859-1'],
    ['utf16le', 'UTF-16'],
  ])('in %s', (encoding, name) => {
    const request = aRequest({ operation: 'getPatientDetailsByNHSNumber' });
    const text = detailsReply()
      .replace("encoding='UTF-8'", `encoding='${name}'`)
      .replace('TESTCASTLE', 'FERRÃO');
    const reply = read(request, Buffer.from(text, encoding));
    expect(reply).toMatchObject({ answer: { details: { familyName: 'FERRÃO' } } });
  });
});

describe('a reply that is not whole', () => {
  const request = aRequest({ operation: 'getPatientDetailsByNHSNumber' });
  const whole = Buffer.from(detailsReply().replace('TESTCASTLE', 'FERRÃO'));

  it('is never an answer, wherever it is cut', () => {
    expect(read(request, whole)).toMatchObject({ code: 'SMSP-0000' });
    for (let length = 0; length < whole.length; length += 1) {
      const outcome = outcomeOf(() => read(request, whole.subarray(0, length)));
      expect(outcome).toEqual(['RetryableError', 'unreadable-reply', undefined]);
    }
  });

  it.each([
    ['two roots', Buffer.concat([whole, whole])],
    ['two replies without declaration', Buffer.from('<a/><a/>')],
    ['a DOCTYPE', hostile('<!DOCTYPE x>')],
    ['an entity from a file', hostile('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>')],
    ['an entity bomb', hostile('<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>')],
    ['deep nesting', Buffer.from('<a>'.repeat(100_000))],
    ['a huge attribute', Buffer.from(`<a b="${'x'.repeat(5_000_000)}"/>`)],
  ])('or made to harm: %s', (_, body) => {
    expect(outcomeOf(() => read(request, body))).toEqual([
      'RetryableError',
      'unreadable-reply',
      undefined,
    ]);
  });

  it('shows nothing of the reply or the request in its error', () => {
    for (const length of [400, 2_500, whole.length - 3]) {
      try {
        read(request, whole.subarray(0, length));
      } catch (error) {
        expect(shown(error)).not.toMatch(/MARLOWE|TESTC|9990123454|Testbourne|FERR/);
        continue;
      }
      throw new Error('nothing was thrown');
    }
  });

  function hostile(prolog: string): Buffer {
    return Buffer.from(detailsReply().replace(/^<\?xml.*\?>/, prolog));
  }
});

const NO_PREFIXES = `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body>
  <DistributionEnvelope xmlns="urn:nhs-itk:ns:201005"><payloads count="1"><payload id="x">
    ${payload(VERIFY_ROOT, 'SMSP-0000', validIdentifier('<value value="true"/>'))}
  </payload></payloads></DistributionEnvelope></Body></Envelope>`;

/** Every element of the payload under a prefix, none by default. */
function prefixedPayload(reply: string): string {
  const start = reply.indexOf(`<${VERIFY_ROOT}`);
  const end = reply.indexOf('</itk:payload>');
  const prefixed = reply
    .slice(start, end)
    .replaceAll(/<(\/?)(\w)/g, '<$1hl7:$2')
    .replace('xmlns=', 'xmlns:hl7=');
  return reply.slice(0, start) + prefixed + reply.slice(end);
}

function read(request: TraceRequest, body: Uint8Array) {
  return readHttpReply({ status: 200, body }, request, { messageId: MESSAGE_ID, now: NOW });
}

async function tracerOf(listener: Handler): Promise<Tracer> {
  const endpoint = await httpServer(listener);
  const tracer = createSmspTracer(someSettings({ endpoint }), {
    clock: () => NOW,
    newId: countingIds(),
  });
  tracers.push(tracer);
  return tracer;
}
