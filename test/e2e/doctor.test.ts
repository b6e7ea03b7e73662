/** `doctor` against real servers: each fault is named, with what to mend; nobody is asked about, and no secret is shown. */
import { createPrivateKey } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { runCli, type Variables } from '../support/cli.ts';
import { redisTest, startRedis } from '../support/redis-server.ts';
import { aFolder, aPopulation } from '../support/runs.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';
import { authority, type Certificate, pfxOf, signed } from '../trace/smsp/support/certificates.ts';
import {
  closeServers,
  type Handler,
  httpServer,
  httpsServer,
  unusedPort,
} from '../trace/smsp/support/servers.ts';

const DAY_MS = 86_400_000;
const PASSPHRASE = 'open-sesame-31415';
const folder = aFolder();
/** What the servers were asked. */
let asked: IncomingMessage[] = [];

let ca: Certificate;
let otherCa: Certificate;
let server: Certificate;
let client: Certificate;
/** Trusts the authority, and shows the client's certificate. */
let good: Variables;
let mutual: ServerOptions;

beforeAll(() => {
  ca = authority('Test Root');
  otherCa = authority('Other Root');
  server = signed({ name: 'smsp', hosts: ['localhost'], notAfter: inDays(31) }, ca);
  client = signed({ name: 'batch client', notAfter: inDays(31) }, ca);
  mutual = { ...ofServer(server), ca: ca.certificate, requestCert: true };
  good = { NHS_TRACE_TLS_CA: aFile('ca.pem', ca.certificate), ...identity(client) };
});
afterEach(async () => {
  for (const { method, headers } of asked)
    expect([method, headers['content-length'], headers['soapaction']]).toEqual([
      ...['HEAD', undefined, undefined],
    ]);
  asked = [];
  await closeServers();
});
afterAll(closeServers);

test('all is well with the simulator, by PEM and by PFX, and it is asked about nobody', async () => {
  const population = await aPopulation(folder, 50);
  const simulator = await startSimulatorProcess({ folder, population, isTls: true });
  for (const variables of [simulator.pem, simulator.pfx]) {
    const { code, checks, stdout } = await doctor(simulator.url, variables);
    expect([code, checks.filter(({ state }) => state === 'fault')]).toEqual([0, []]);
    expect(stdout).toContain("accepts the client's certificate, and refuses a client without one");
    expect(stdout).toContain('TLS 1.3');
  }
  await simulator.stop();
  expect(simulator.journal().filter(({ httpStatus }) => httpStatus !== 405)).toEqual([]);
});

describe("the client's certificate", () => {
  for (const [what, days, state, words] of [
    ['has ended', -1, 'fault', 'it has ended'],
    ['ends within 30 days', 29, 'warning', 'in 28 days'],
    ['ends later', 32, 'ok', 'in 31 days'],
  ] as const)
    test(what, async () => {
      const own = signed({ name: 'batch client', notAfter: inDays(days) }, ca);
      const { found, code } = await doctor(await aServer(), { ...good, ...identity(own) });
      expect(found('certificate', words)).toMatchObject({ state });
      expect(code).toBe(state === 'fault' ? 2 : 0);
    });

  test('with the wrong passphrase, of PFX and of PEM', async () => {
    const pfx = join(folder, 'client.pfx');
    writeFileSync(pfx, pfxOf(client, ca, 'another'), { mode: 0o600 });
    const sealed = createPrivateKey(client.key).export({
      ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'another' },
    });
    const { NHS_TRACE_TLS_CA } = good;
    for (const variables of [
      { NHS_TRACE_TLS_PFX: pfx },
      { ...identity(client), NHS_TRACE_TLS_KEY: aFile('sealed.pem', String(sealed)) },
    ]) {
      const secret = { NHS_TRACE_TLS_PASSPHRASE: PASSPHRASE };
      const all = { ...variables, ...secret, NHS_TRACE_TLS_CA: String(NHS_TRACE_TLS_CA) };
      const { found, code } = await doctor(await aServer(), all);
      expect(code).toBe(2);
      expect(found('certificate', 'the passphrase is not the one')).toMatchObject({
        ...{ state: 'fault', mend: expect.stringContaining('NHS_TRACE_TLS_PASSPHRASE_FILE') },
      });
    }
  });

  test('with the key of another', async () => {
    const other = { NHS_TRACE_TLS_KEY: aFile('other-key.pem', server.key) };
    const { found, code } = await doctor(await aServer(), { ...good, ...other });
    expect(code).toBe(2);
    expect(found('certificate', 'is the key of another certificate')?.state).toBe('fault');
  });

  for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const)
    test(`is missing where the server wants one (${maxVersion})`, async () => {
      const endpoint = await aServer({ ...mutual, rejectUnauthorized: true, maxVersion });
      const { checks, code } = await doctor(endpoint, only('NHS_TRACE_TLS_CA'));
      expect(code).toBe(2);
      expect(checks.find(({ state }) => state === 'fault')?.what).toContain("client's certificate");
    });
});

describe('the server', () => {
  const cases: readonly [string, () => Promise<URL>, area: string, words: string, mend: string][] =
    [
      [
        'has a certificate for another name',
        () => aServer(ofServer(signed({ name: 'x', hosts: ['elsewhere.invalid'] }, ca))),
        ...['server', 'is not for localhost, but for elsewhere.invalid', 'give the name'],
      ] as const,
      [
        'comes from an authority that is not trusted',
        () => aServer(ofServer(signed({ name: 'x', hosts: ['localhost'] }, otherCa))),
        ...['server', 'comes from "Other Root"', 'NHS_TRACE_TLS_CA'],
      ] as const,
      [
        'has a certificate that has ended',
        () =>
          aServer(ofServer(signed({ name: 'x', hosts: ['localhost'], notAfter: inDays(-1) }, ca))),
        ...['server', 'has ended', 'clock'],
      ] as const,
      [
        'speaks nothing later than TLS 1.1',
        () =>
          aServer({
            ...{ ...ofServer(server), minVersion: 'TLSv1', maxVersion: 'TLSv1.1' },
            ciphers: 'DEFAULT@SECLEVEL=0',
          }),
        ...['TLS', 'no version or cipher', 'TLS 1.2 or later'],
      ] as const,
      [
        'redirects',
        () =>
          aServer(mutual, (_request, response) => response.writeHead(302, { location: '/' }).end()),
        ...['HTTP', 'redirects to another address', 'ask for the address'],
      ] as const,
      [
        'has another time',
        () =>
          aServer(mutual, (_request, response) =>
            response.setHeader('Date', new Date(Date.now() - DAY_MS).toUTCString()).end(),
          ),
        ...['clock', "this machine's clock is", 'NTP'],
      ] as const,
      [
        'speaks plain HTTP behind an https address',
        async () =>
          new URL(String(await httpServer(noted(() => undefined))).replace('http', 'https')),
        ...['TLS', 'does not speak TLS', 'https port'],
      ] as const,
      [
        'is not there',
        async () => new URL(`https://localhost:${await unusedPort()}/smsp`),
        ...['network', '', ''],
      ] as const,
      [
        'has a name that nobody knows',
        async () => new URL('https://smsp.invalid/smsp'),
        ...['network', 'smsp.invalid', ''],
      ] as const,
    ];
  for (const [what, start, area, words, mend] of cases)
    test(what, async () => {
      const { checks, code } = await doctor(await start(), good);
      expect(code).toBe(2);
      const faults = checks.filter(({ state }) => state === 'fault');
      expect(faults).toEqual([
        {
          ...{ state: 'fault', area, what: expect.stringContaining(words) },
          mend: expect.stringContaining(mend),
        },
      ]);
    });

  test('over plain http elsewhere is refused before it is looked for', async () => {
    const { checks, code } = await doctor(new URL('http://smsp.invalid/smsp'), good);
    expect(code).toBe(2);
    const faults = checks.filter(({ state }) => state === 'fault');
    expect(faults.map(({ area }) => area)).toEqual(['endpoint']);
  });
});

describe('a run warns by itself, once,', () => {
  for (const [days, offMs, notices] of [
    [29, DAY_MS, ['provider.certificate-ends', 'provider.clock-differs']],
    [32, 0, []],
  ] as const)
    test(`${days} days before the end of a certificate, with a clock ${offMs} ms off`, async () => {
      const own = signed({ name: 'batch client', notAfter: inDays(days) }, ca);
      const endpoint = await httpsServer({ ...mutual, rejectUnauthorized: true }, (_, response) =>
        response
          .setHeader('Date', new Date(Date.now() - offMs).toUTCString())
          .writeHead(401)
          .end(),
      );
      const people = aFile(
        'people.csv',
        'nhs_number,family_name,given_name,birth_date,gender\n,Quill,Ada,1950-01-31,2\n,Quill,Bea,1960-01-31,2\n',
      );
      const out = join(folder, `run-${days}`);
      const args = ['run', people, '--out', out, '--endpoint', String(endpoint)];
      const { code, stderr } = await runCli(args, { ...good, ...identity(own) });
      expect(code).toBe(5);
      const said = stderr.match(/provider\.[a-z-]+/g) ?? [];
      expect(said.toSorted()).toEqual(notices);
    });
});

describe('what lies on this machine', () => {
  test('a misspelt variable, a secret that everybody may read, runs that cannot be kept', async () => {
    const open = identity(client);
    chmodSync(String(open['NHS_TRACE_TLS_KEY']), 0o644);
    const variables = { ...good, ...open, NHS_TRACE_TSL_CA: 'x' };
    const inFile = join(aFile('a-file', ''), 'runs');
    const { found, code } = await doctor(await aServer(), variables, ['--runs', inFile]);
    expect(code).toBe(2);
    expect(found('environment', 'NHS_TRACE_TSL_CA is not a variable')?.state).toBe('warning');
    expect(found('secrets', 'everybody on this machine may read')?.mend).toContain('chmod 600');
    expect(found('runs', 'no run can be kept')?.state).toBe('fault');
  });

  redisTest('Redis that throws keys away, wants another password, or is not there', async () => {
    const redis = await startRedis([
      ...['--requirepass', PASSPHRASE, '--maxmemory-policy', 'allkeys-lru'],
    ]);
    const endpoint = await aServer();
    const key = { NHS_TRACE_KEY: Buffer.alloc(32, 7).toString('base64') };
    const queue = (password: string): Promise<Seen> =>
      doctor(endpoint, {
        ...{ ...good, ...key },
        NHS_TRACE_QUEUE_URL: redis.url.replace('//', `//:${password}@`),
      });
    const lossy = await queue(PASSPHRASE);
    expect(lossy.checks.filter(({ area }) => area === 'queue')).toContainEqual(
      expect.objectContaining({
        state: 'fault',
        what: expect.stringContaining('maxmemory-policy noeviction'),
      }),
    );
    const stranger = await queue('wrong-password-2718');
    expect(stranger.stdout).not.toContain('2718');
    expect(stranger.code).toBe(2);
    await redis.stop();
    const gone = await queue(PASSPHRASE);
    for (const seen of [stranger, gone])
      expect(seen.checks.some((one) => one.area === 'queue' && one.state === 'fault')).toBe(true);
  });
});

interface Check {
  readonly state: string;
  readonly area: string;
  readonly what: string;
  readonly mend?: string;
}

interface Seen {
  readonly code: number | null;
  readonly stdout: string;
  readonly checks: readonly Check[];
  found(area: string, words: string): Check | undefined;
}

/** As JSON; no secret may stand in it, or in what it says besides. */
async function doctor(
  endpoint: URL | string,
  variables: Variables,
  more: readonly string[] = ['--runs', folder],
): Promise<Seen> {
  const args = ['doctor', '--json', '--endpoint', String(endpoint), ...more];
  const { code, stdout, stderr } = await runCli(args, variables);
  for (const secret of [PASSPHRASE, variables['NHS_TRACE_KEY'] ?? PASSPHRASE, 'PRIVATE KEY-----'])
    expect(stdout + stderr).not.toContain(secret);
  const { checks } = JSON.parse(stdout) as { readonly checks: readonly Check[] };
  const found = (area: string, words: string): Check | undefined =>
    checks.find((one) => one.area === area && one.what.includes(words));
  return { code, stdout, checks, found };
}

function aServer(options = mutual, handle: Handler = (_request, response) => response.end()) {
  return httpsServer({ rejectUnauthorized: false, ...options }, noted(handle));
}

function noted(handle: Handler): Handler {
  return (request, response) => {
    asked.push(request);
    return handle(request, response);
  };
}

const ofServer = ({ certificate, key }: Certificate): ServerOptions => ({ cert: certificate, key });

function identity({ certificate, key }: Certificate): Variables {
  files += 1;
  return {
    NHS_TRACE_TLS_CERT: aFile(`client-${files}.pem`, certificate),
    NHS_TRACE_TLS_KEY: aFile(`client-${files}-key.pem`, key),
  };
}

let files = 0;

function aFile(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const only = (name: string): Variables => ({ [name]: String(good[name]) });

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
