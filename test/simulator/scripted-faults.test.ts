import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { makeCertificates } from '../../src/simulator/certificates.ts';
import { createFaultChooser } from '../../src/simulator/choose-faults.ts';
import type { JournalEntry } from '../../src/simulator/journal.ts';
import { parseFaults, readFaults } from '../../src/simulator/scripted-faults.ts';
import { SimulatorFileError } from '../../src/simulator/simulator-error.ts';
import { type Simulator, startSimulator } from '../../src/simulator/soap-server.ts';
import {
  asking,
  faulted,
  type Got,
  look,
  NOON,
  PEOPLE,
  post,
  ROWAN,
  said,
} from './request-texts.ts';

let simulator: Simulator | undefined;
let entries: JournalEntry[] = [];
let clock = NOON;
afterEach(async () => {
  await simulator?.close();
  simulator = undefined;
});

async function start(yaml: string, options: object = {}): Promise<string> {
  entries = [];
  clock = NOON;
  simulator = await startSimulator({
    population: PEOPLE,
    now: () => clock,
    faults: parseFaults(yaml),
    journal: (entry) => void entries.push(entry),
    ...options,
  });
  return simulator.url;
}

const VERIFY = asking('verifyNHSNumber', { dob: '19670423', nhsNumber: '9990123454' });
const SEARCH = asking('getNHSNumber', {
  dob: '19810917',
  gender: '1',
  family: 'Quilltest',
  localId: 'ROW-7',
});
const DETAILS = asking('getPatientDetailsBySearch', {
  dob: '19810917',
  gender: '1',
  family: 'Quilltest',
  localId: 'ROW-7',
});
const verify = (url: string) => post(url, VERIFY, 'verifyNHSNumber');
const search = (url: string) => post(url, SEARCH, 'getNHSNumber');
const rule = (deed: string, when = '{}') => `rules: [{ when: ${when}, do: ${deed} }]`;

/** The statuses, or the error, of so many requests one after another. */
async function several(url: string, count: number, ask = verify): Promise<(number | string)[]> {
  const seen: (number | string)[] = [];
  for (let number = 0; number < count; number += 1) {
    seen.push(
      await ask(url).then(
        ({ status }) => status,
        () => 'error',
      ),
    );
  }
  return seen;
}

describe('deeds', () => {
  test('slow: every wait that holds is added', async () => {
    const url = await start('rules: [{ do: { slow: { ms: 60 } } }, { do: { slow: { ms: 60 } } }]');
    const started = performance.now();
    expect(said((await verify(url)).body).code).toBe('SMSP-0000');
    expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  });

  test('busy', async () => {
    const got = await verify(await start(rule('{ busy: { retry_after: 2 } }')));
    expect(got.status).toBe(503);
    expect(got.headers['retry-after']).toBe('2');
    expect(entries).toMatchObject([
      { httpStatus: 503, code: 'HTTP-503', operation: 'verifyNHSNumber' },
    ]);
  });

  test('busy without Retry-After', async () => {
    const got = await verify(await start(rule('busy')));
    expect(got.status).toBe(503);
    expect(got.headers['retry-after']).toBeUndefined();
  });

  test.each([202, 204, 302, 401, 403, 404, 429, 502, 504])('status %i', async (code) => {
    const got = await verify(await start(rule(`{ status: { code: ${code} } }`)));
    expect(got.status).toBe(code);
    expect(entries).toMatchObject([{ httpStatus: code, code: `HTTP-${code}` }]);
  });

  test('reset', async () => {
    await expect(verify(await start(rule('reset')))).rejects.toThrow(/ECONNRESET/);
    expect(entries).toMatchObject([{ httpStatus: 0, code: 'reset' }]);
  });

  test('reset over TLS', async () => {
    const { ca, server, client } = makeCertificates();
    const url = await start(rule('reset'), { tls: { ...server, clientCa: ca } });
    const options = { ca, cert: client.certificate, key: client.key };
    await expect(post(url, VERIFY, 'verifyNHSNumber', options)).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    expect(entries).toMatchObject([{ httpStatus: 0, code: 'reset' }]);
  });

  test('hang: no answer, until the client gives up or the server closes', async () => {
    const url = await start(rule('hang'));
    const waiting = verify(url).catch(() => 'ended');
    const first = await Promise.race([
      waiting,
      new Promise((resolve) => setTimeout(() => resolve('waiting'), 250)),
    ]);
    expect(first).toBe('waiting');
    expect(entries).toMatchObject([{ httpStatus: 0, code: 'hang' }]);
    await simulator?.close();
    expect(await waiting).toBe('ended');
  });

  test('truncate: whole to HTTP, but not to XML', async () => {
    const got = await verify(await start(rule('truncate')));
    expect(got.status).toBe(200);
    expect(got.body).toContain('<soap:Envelope');
    expect(() => look(got.body)).toThrow();
    expect(entries).toMatchObject([{ httpStatus: 200, code: 'truncate' }]);
  });

  test('truncate and drop the connection', async () => {
    await expect(verify(await start(rule('{ truncate: { dropped: true } }')))).rejects.toThrow(
      /aborted|hang up/,
    );
  });

  test('garbage', async () => {
    const got = await verify(await start(rule('garbage')));
    expect(got.status).toBe(200);
    expect(() => look(got.body)).toThrow();
    expect(entries).toMatchObject([{ httpStatus: 200, code: 'garbage' }]);
  });

  test.each([
    ['1000', 500, 'soap:Client'],
    ['2100', 500, 'soap:Server'],
    ['2200', 200, 'soap:Server'],
    ['3000', 200, 'soap:Client'],
  ])('itk_fault %s at status %i', async (code, status, faultCode) => {
    const got = await verify(
      await start(rule(`{ itk_fault: { code: ${code}, at_status: ${status} } }`)),
    );
    expect(got.status).toBe(status);
    expect(faulted(got.body)).toMatchObject({ errorCode: code, faultCode });
    expect(entries).toMatchObject([{ httpStatus: status, code: `ITK-${code}` }]);
  });

  test.each([
    'SMSP-0001',
    'SMSP-0002',
    'SMSP-0004',
    'SMSP-0005',
    'SMSP-9999',
    'DEMOG-0001',
    'DEMOG-0007',
    'DEMOG-0017',
    'DEMOG-0022',
    'DEMOG-0040',
    'DEMOG-0042',
    'DEMOG-9999',
    'DEMOG-1234',
  ])('response_code %s, with no result', async (code) => {
    const url = await start(rule(`{ response_code: ${code} }`));
    for (const got of [await verify(url), await search(url)]) {
      expect(got.status).toBe(200);
      const answer = said(got.body);
      expect(answer.code).toBe(code);
      expect(answer.names).toEqual([answer.root, 'id', 'code', 'value']);
    }
    expect(entries.map((entry) => entry.code)).toEqual([code, code]);
  });

  test('response_code SMSP-0003 comes with what is in the store', async () => {
    const answer = said((await search(await start(rule('{ response_code: SMSP-0003 }')))).body);
    expect(answer).toMatchObject({ code: 'SMSP-0003', nhsNumber: '9992001143', localId: 'ROW-7' });
  });

  test.each([
    ['SMSP-0000', 'false'],
    ['SMSP-0000', ''],
    ['DEMOG-0040', 'true'],
  ])('response_code %s with validity "%s"', async (code, valid) => {
    const url = await start(rule(`{ response_code: { code: ${code}, valid: "${valid}" } }`));
    expect(said((await verify(url)).body)).toMatchObject({
      code,
      validity: valid,
      nhsNumber: '9990123454',
    });
  });

  test('wrong_person: success for somebody else', async () => {
    const url = await start(rule('wrong_person'));
    const verified = said((await verify(url)).body);
    expect(verified).toMatchObject({
      code: 'SMSP-0000',
      validity: 'true',
      nhsNumber: '9992001143',
    });
    const found = said((await search(url)).body);
    expect(found).toMatchObject({
      code: 'SMSP-0000',
      nhsNumber: ROWAN.nhsNumber,
      localId: 'ROW-7',
    });
    const details = said((await post(url, DETAILS, 'getPatientDetailsBySearch')).body);
    expect(details).toMatchObject({ code: 'SMSP-0000', nhsNumber: ROWAN.nhsNumber });
    expect(details.named('family')[0]?.text).toBe('Testbourne');
  });

  test('wrong_person: somebody else’s local identifier', async () => {
    const url = await start(rule('{ wrong_person: local_identifier }'));
    const found = said((await search(url)).body);
    expect(found).toMatchObject({
      code: 'SMSP-0000',
      nhsNumber: '9992001143',
      localId: 'OTHER-ROW-7',
    });
    expect(said((await verify(url)).body)).toMatchObject({
      validity: 'true',
      nhsNumber: '9990123454',
    });
  });

  test('wrong_relates_to', async () => {
    const { body } = await verify(await start(rule('wrong_relates_to')));
    const relatesTo = look(body).find(({ name }) => name.endsWith('}RelatesTo'))?.text;
    expect(relatesTo).toMatch(/^[0-9A-F-]{36}$/);
    expect(relatesTo).not.toBe('5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21');
  });

  test('outage: connections are destroyed, and let in again afterwards', async () => {
    const url = await start(rule('outage', '{ from_second: 1, to_second: 2 }'));
    expect(await several(url, 1)).toEqual([200]);
    clock += 1000;
    expect(await several(url, 2)).toEqual(['error', 'error']);
    clock += 1000;
    expect(await several(url, 1)).toEqual([200]);
    expect(entries).toHaveLength(2);
  });

  test('outage for some requests', async () => {
    const url = await start(rule('outage', '{ operation: getNHSNumber }'));
    expect(await several(url, 1, search)).toEqual(['error']);
    expect(await several(url, 1)).toEqual([200]);
    expect(entries.map(({ code }) => code)).toEqual(['outage', 'SMSP-0000']);
  });

  test('a request that is no message gets its fault, whatever answer is scripted', async () => {
    const url = await start(rule('{ response_code: SMSP-0004 }'));
    const got: Got = await post(url, 'no', 'getNHSNumber');
    expect(faulted(got.body).errorCode).toBe('1000');
  });
});

describe('conditions', () => {
  test.each([
    ['{ requests: 2 }', [200, 503, 200, 200, 200]],
    ['{ requests: 2-3 }', [200, 503, 503, 200, 200]],
    ['{ requests: "4-9" }', [200, 200, 200, 503, 503]],
    ['{ every: 2 }', [200, 503, 200, 503, 200]],
    ['{ requests: { every: 2 } }', [200, 503, 200, 503, 200]],
    ['{ requests: 1-4, every: 3 }', [200, 200, 503, 200, 200]],
    ['{ times: 2 }', [503, 503, 200, 200, 200]],
    ['{ operation: verifyNHSNumber }', [503, 503, 503, 503, 503]],
    ['{ operation: getNHSNumber }', [200, 200, 200, 200, 200]],
    ['{ nhs_number: "9990123454", times: 1 }', [503, 200, 200, 200, 200]],
    ['{ nhs_number: 9990123454, times: 1 }', [503, 200, 200, 200, 200]],
    ['{ nhs_number: "9990000018" }', [200, 200, 200, 200, 200]],
    ['{ share: 0 }', [200, 200, 200, 200, 200]],
    ['{ share: 1 }', [503, 503, 503, 503, 503]],
  ])('%s', async (when, expected) => {
    expect(await several(await start(rule('busy', when)), 5)).toEqual(expected);
  });

  test('family_name, in any case', async () => {
    const url = await start(rule('busy', '{ family_name: quillTEST }'));
    expect(await several(url, 1, search)).toEqual([503]);
    expect(await several(url, 1)).toEqual([200]);
  });

  test('seconds: the first is meant, the last is not', async () => {
    const url = await start(rule('busy', '{ from_second: 10, to_second: 20 }'));
    const seen: (string | number)[] = [];
    for (const second of [9.9, 10, 19.9, 20]) {
      clock = NOON + second * 1000;
      seen.push(...(await several(url, 1)));
    }
    expect(seen).toEqual([200, 503, 503, 200]);
  });

  test('of two rules that hold the first is played', async () => {
    const url = await start(
      'rules: [{ when: { requests: 1 }, do: busy }, { do: { status: { code: 502 } } }]',
    );
    expect(await several(url, 2)).toEqual([503, 502]);
  });

  test('a share is about that share, always the same for one seed', () => {
    const hits = (seed: number) => {
      const faults = parseFaults(`{ seed: ${seed}, rules: [{ when: { share: 0.1 }, do: busy }] }`);
      const chooser = createFaultChooser(faults);
      return Array.from({ length: 10_000 }, (_, place) => place + 1).filter((requestNumber) => {
        const occasion = { requestNumber, second: 0, operation: undefined, query: undefined };
        return chooser.choose(occasion).deed !== undefined;
      });
    };
    expect(hits(1).length).toBeGreaterThan(900);
    expect(hits(1).length).toBeLessThan(1100);
    expect(hits(1)).toEqual(hits(1));
    expect(hits(1)).not.toEqual(hits(2));
  });
});

describe('a file of faults', () => {
  test('the example of the documentation', () => {
    const example = `
      seed: 7
      rules:
        - when: { requests: 10-20 }
          do: { busy: { retry_after: 2 } }
        - when: { from_second: 30, to_second: 45 }
          do: outage
        - when: { share: 0.02, operation: getNHSNumber }
          do: { slow: { ms: 4000 } }
        - when: { nhs_number: "9990000018", times: 2 }
          do: { itk_fault: { code: 2100, at_status: 500 } }`;
    expect(parseFaults(example)).toEqual({
      seed: 7,
      rules: [
        { when: { requests: { from: 10, to: 20 } }, do: { kind: 'busy', retry_after: 2 } },
        { when: { from_second: 30, to_second: 45 }, do: { kind: 'outage' } },
        { when: { share: 0.02, operation: 'getNHSNumber' }, do: { kind: 'slow', ms: 4000 } },
        {
          when: { nhs_number: '9990000018', times: 2 },
          do: { kind: 'itk_fault', code: '2100', at_status: 500 },
        },
      ],
    });
  });

  test('JSON is read too', () => {
    expect(parseFaults('{"rules":[{"do":"reset"}]}')).toEqual({
      seed: 1,
      rules: [{ when: {}, do: { kind: 'reset' } }],
    });
  });

  test('all its faults are told at once, with lines and keys', () => {
    const text = [
      'rules:',
      '  - when: { requests: 20-10, shar: 1 }',
      '    do: explode',
      '  - when: { share: 2 }',
      '    do:',
      '      slow: { ms: soon, s: 1 }',
      '  - when: {}',
      'sed: 1',
    ].join('\n');
    let faults: readonly string[] = [];
    try {
      parseFaults(text, 'faults.yaml');
    } catch (error) {
      expect(error).toBeInstanceOf(SimulatorFileError);
      expect(String(error)).toContain('faults.yaml: line');
      faults = error instanceof SimulatorFileError ? error.faults : [];
    }
    expect(faults.join('\n')).toMatch(/line 2, rules\.0\.when\.requests: /);
    expect(faults.join('\n')).toMatch(/line 2, rules\.0\.when: .*shar/);
    expect(faults.join('\n')).toMatch(/line 3, rules\.0\.do: must be one of slow, busy, /);
    expect(faults.join('\n')).toMatch(/line 4, rules\.1\.when\.share: /);
    expect(faults.join('\n')).toMatch(/line 6, rules\.1\.do\.slow\.ms: /);
    expect(faults.join('\n')).toMatch(/line 6, rules\.1\.do\.slow: .*"s"/);
    expect(faults.join('\n')).toMatch(/line 7, rules\.2\.do: /);
    expect(faults.join('\n')).toMatch(/line 1, the file: .*sed/);
  });

  test.each([
    'rules: [',
    'rules: 1',
    '[]',
    '',
    'rules: [{ do: { busy: {}, reset: {} } }]',
    'rules: [{ do: { reset: { ms: 1 } } }]',
    'rules: [{ when: { requests: 0 }, do: reset }]',
    'rules: [{ when: { requests: often }, do: reset }]',
  ])('refuses %s', (text) => expect(() => parseFaults(text)).toThrow(SimulatorFileError));

  test('is read from disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'faults-'));
    const path = join(folder, 'faults.yaml');
    await writeFile(path, 'rules: [{ do: hang }]');
    expect((await readFaults(path)).rules).toEqual([{ when: {}, do: { kind: 'hang' } }]);
    await writeFile(path, 'rules: 1');
    await expect(readFaults(path)).rejects.toThrow(`${path}: line 1, rules: `);
    await rm(folder, { recursive: true });
    await expect(readFaults(path)).rejects.toThrow(/cannot be read \(ENOENT\)/);
  });
});
