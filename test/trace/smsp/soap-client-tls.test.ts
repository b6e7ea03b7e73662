import { execFile } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import type { SmspTlsSettings } from '../../../src/trace/smsp/settings.ts';
import { createSoapClient, type HttpReply } from '../../../src/trace/smsp/soap-client.ts';
import {
  authority,
  type Certificate,
  intermediate,
  pfxOf,
  signed,
} from './support/certificates.ts';
import { outcomeOfAsync } from './support/outcome.ts';
import { closeServers, type Handler, httpServer, httpsServer } from './support/servers.ts';
import { someSettings } from './support/values.ts';

const MESSAGE = { action: 'urn:x', xml: '<a/>' };
const NEVER = new AbortController().signal;
const TLS = ['FatalError', 'tls'];

let ca: Certificate;
let otherCa: Certificate;
let server: Certificate;
let client: Certificate;
let mutual: ServerOptions;

beforeAll(() => {
  ca = authority('Test Root');
  otherCa = authority('Other Root');
  server = signed({ name: 'smsp', hosts: ['localhost', 'smsp.test.invalid'] }, ca);
  client = signed({ name: 'batch client' }, ca);
  mutual = { ...ofServer(server), ca: ca.certificate, requestCert: true, rejectUnauthorized: true };
});

afterEach(closeServers);

describe('mutual TLS', () => {
  it('with PEM certificate and key', async () => {
    const endpoint = await httpsServer(mutual, sayWho);
    expect(await say(endpoint, { ...pem(client), ca: ca.certificate })).toBe(
      'batch client TLSv1.3',
    );
  });

  it('with a PEM key under a passphrase', async () => {
    const endpoint = await httpsServer(mutual, sayWho);
    const passphrase = 'open sesame';
    const key = createPrivateKey(client.key).export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase,
    });
    const { certificate } = client;
    const tls = { certificate, key: String(key), passphrase, ca: ca.certificate };
    expect(await say(endpoint, tls)).toBe('batch client TLSv1.3');
    expect(() =>
      createSoapClient(someSettings({ endpoint, tls: { ...tls, passphrase: 'x' } })),
    ).toThrow(ConfigError);
  });

  it('with PFX', async () => {
    const endpoint = await httpsServer(mutual, sayWho);
    const pfx = pfxOf(client, ca, 'open sesame');
    const tls = { pfx, passphrase: 'open sesame', ca: ca.certificate };
    expect(await say(endpoint, tls)).toBe('batch client TLSv1.3');
  });

  it('with TLS 1.2', async () => {
    const endpoint = await httpsServer({ ...mutual, maxVersion: 'TLSv1.2' }, sayWho);
    expect(await say(endpoint, { ...pem(client), ca: ca.certificate })).toBe(
      'batch client TLSv1.2',
    );
  });

  it('continues a session on the next connection', async () => {
    const endpoint = await httpsServer(mutual, (request, response) => {
      response.setHeader('connection', 'close');
      response.end(String(resumed(request.socket)));
    });
    const soap = createSoapClient(
      someSettings({ endpoint, tls: { ...pem(client), ca: ca.certificate }, maxConnections: 1 }),
    );

    const first = await soap.post(MESSAGE, NEVER);
    const second = await soap.post(MESSAGE, NEVER);
    await soap.close();

    expect([first, second].map(text)).toEqual(['false', 'true']);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'without a client certificate is refused: %s',
    async (version) => {
      const endpoint = await httpsServer({ ...mutual, maxVersion: version }, sayWho);
      expect(await outcome(endpoint, { ca: ca.certificate })).toEqual(TLS);
    },
  );
});

describe('the server', () => {
  it.each<[string, () => [ServerOptions, string, SmspTlsSettings], RegExp]>([
    [
      'of a CA that is not ours',
      () => [mutual, 'localhost', { ...pem(client), ca: otherCa.certificate }],
      /not from a CA/,
    ],
    [
      'of a private CA, with no CA given',
      () => [mutual, 'localhost', pem(client)],
      /not from a CA/,
    ],
    [
      'that signed itself',
      () => [ofServer(authority('localhost')), 'localhost', { ca: ca.certificate }],
      /not from a CA/,
    ],
    [
      'with another name',
      () => [
        ofServer(signed({ name: 'x', hosts: ['x.test'] }, ca)),
        'localhost',
        { ca: ca.certificate },
      ],
      /for another name/,
    ],
    [
      'with another address',
      () => [ofServer(server), '127.0.0.1', { ca: ca.certificate }],
      /for another name/,
    ],
    [
      'without the name expected',
      () => [ofServer(server), 'localhost', { ca: ca.certificate, serverName: 'x.test' }],
      /for another name/,
    ],
    [
      'with an expired certificate',
      () => {
        const notAfter = new Date(Date.now() - 86_400_000);
        const expired = signed({ name: 'smsp', hosts: ['localhost'], notAfter }, ca);
        return [ofServer(expired), 'localhost', { ca: ca.certificate }];
      },
      /out of its period/,
    ],
    [
      'with a certificate that has a critical rule which nobody knows',
      () => {
        const odd = signed({ name: 'smsp', hosts: ['localhost'], hasUnknownRule: true }, ca);
        return [ofServer(odd), 'localhost', { ca: ca.certificate }];
      },
      /not fit/,
    ],
    [
      'with TLS 1.1 only',
      () => [
        {
          ...ofServer(server),
          minVersion: 'TLSv1',
          maxVersion: 'TLSv1.1',
          ciphers: 'DEFAULT@SECLEVEL=0',
        },
        'localhost',
        { ca: ca.certificate },
      ],
      /handshake|no common TLS/,
    ],
  ])('%s is refused', async (_, prepare, mend) => {
    // Prepare
    const [options, host, tls] = prepare();
    let count = 0;
    const endpoint = await httpsServer(
      options,
      (request, response) => {
        count += 1;
        sayWho(request, response);
      },
      host,
    );

    // Act
    const error = await post(endpoint, tls).catch((thrown: unknown) => thrown);

    // Assess
    expect(error).toMatchObject({
      name: 'FatalError',
      code: 'tls',
      message: expect.stringMatching(mend),
    });
    expect(count).toBe(0);
  });

  it('is refused even when Node is told not to verify', async () => {
    const endpoint = await httpsServer(mutual, sayWho);
    const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    try {
      const tls = { ...pem(client), ca: otherCa.certificate };
      expect(await outcome(endpoint, tls)).toEqual(TLS);
    } finally {
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
    }
  });

  it('with a name or address of its own is accepted under it', async () => {
    const byAddress = signed({ name: 'x', addresses: ['127.0.0.1'] }, ca);
    const tls = { ca: ca.certificate };

    expect(await say(await httpsServer(ofServer(server), sayWho), tls)).toContain('TLS');
    expect(await say(await httpsServer(ofServer(byAddress), sayWho, '127.0.0.1'), tls)).toContain(
      'TLS',
    );
    expect(
      await say(await httpsServer(ofServer(server), sayWho, '127.0.0.1'), {
        ...tls,
        serverName: 'smsp.test.invalid',
      }),
    ).toContain('TLS');
  });

  it('that speaks plain http is refused', async () => {
    const { port } = await httpServer(sayWho);
    const endpoint = new URL(`https://localhost:${port}/`);
    expect(await outcome(endpoint, { ca: ca.certificate })).toEqual(TLS);
  });
});

describe('the PFX', () => {
  const passphrase = 'open sesame';

  it.each<[string, () => string | undefined]>([
    ['another CA', () => ca.certificate],
    ['no CA', () => undefined],
  ])('brings no trust: its own authority is none, with %s given', async (_, given) => {
    const ours = signed({ name: 'batch client' }, otherCa);
    const theirs = signed({ name: 'smsp', hosts: ['localhost'] }, otherCa);
    const endpoint = await httpsServer(ofServer(theirs), sayWho);
    const authorities = given();
    const tls = {
      pfx: pfxOf(ours, otherCa, passphrase),
      passphrase,
      ...(authorities === undefined ? {} : { ca: authorities }),
    };
    expect(await outcome(endpoint, tls)).toEqual(TLS);
  });

  it('is no way round a name: a server with the right authority and another name is refused', async () => {
    const theirs = signed({ name: 'smsp', hosts: ['elsewhere.test'] }, ca);
    const endpoint = await httpsServer(ofServer(theirs), sayWho);
    const tls = { pfx: pfxOf(client, ca, passphrase), passphrase, ca: ca.certificate };
    expect(await outcome(endpoint, tls)).toEqual(TLS);
  });

  it('goes with a server whose chain has a link between, which it sends or the bundle holds', async () => {
    const between = intermediate('Test Issuing', ca);
    const theirs = signed({ name: 'smsp', hosts: ['localhost'] }, between);
    const pfx = { pfx: pfxOf(client, ca, passphrase), passphrase };
    const whole = { cert: theirs.certificate + between.certificate, key: theirs.key };
    const bundle = between.certificate + ca.certificate;

    expect(await say(await httpsServer(whole, sayWho), { ...pfx, ca: ca.certificate })).toContain(
      'TLSv1.3',
    );
    expect(
      await say(await httpsServer(ofServer(theirs), sayWho), { ...pfx, ca: bundle }),
    ).toContain('TLSv1.3');
  });

  it('is not led astray by a certificate that signs without being an authority', async () => {
    const leaf = signed({ name: 'leaf', hosts: ['leaf.test'] }, ca);
    const theirs = signed({ name: 'smsp', hosts: ['localhost'] }, leaf);
    const chain = { cert: theirs.certificate + leaf.certificate, key: theirs.key };
    const tls = { pfx: pfxOf(client, ca, passphrase), passphrase, ca: ca.certificate };
    expect(await outcome(await httpsServer(chain, sayWho), tls)).toEqual(TLS);
  });

  it('is used beside a bundle of several authorities, the right one last', async () => {
    const endpoint = await httpsServer(mutual, sayWho);
    const bundle = `# bundle\n${otherCa.certificate}\n${ca.certificate}`;
    const tls = { pfx: pfxOf(client, ca, passphrase), passphrase, ca: bundle };
    expect(await say(endpoint, tls)).toBe('batch client TLSv1.3');
  });
});

describe('the environment of the process', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trust-'));
    await writeFile(join(folder, 'ca.pem'), ca.certificate);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each<[string, (file: string) => Record<string, string>]>([
    ['nothing', () => ({})],
    ['NODE_TLS_REJECT_UNAUTHORIZED', () => ({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })],
    ['NODE_EXTRA_CA_CERTS', (file) => ({ NODE_EXTRA_CA_CERTS: file })],
    [
      'SSL_CERT_FILE with --use-openssl-ca',
      (file) => ({ SSL_CERT_FILE: file, NODE_OPTIONS: '--use-openssl-ca' }),
    ],
    [
      'SSL_CERT_FILE with --use-system-ca',
      (file) => ({ SSL_CERT_FILE: file, NODE_OPTIONS: '--use-system-ca' }),
    ],
    ['NODE_USE_SYSTEM_CA', (file) => ({ SSL_CERT_FILE: file, NODE_USE_SYSTEM_CA: '1' })],
  ])('adds nobody to those we trust: %s', async (_, environment) => {
    const endpoint = await httpsServer(ofServer(server), sayWho);
    const env = environment(join(folder, 'ca.pem'));
    expect(await inProcess(env, endpoint)).toBe('FatalError tls');
    expect(await inProcess(env, endpoint, otherCa.certificate)).toBe('FatalError tls');
    expect(await inProcess(env, endpoint, ca.certificate)).toBe('believed');
  });

  it('does not bring TLS 1.1 back', async () => {
    const options = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' };
    const endpoint = await httpsServer({ ...ofServer(server), ...(options as object) }, sayWho);
    const NODE_OPTIONS = '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0';
    expect(await inProcess({ NODE_OPTIONS }, endpoint, ca.certificate)).toBe('FatalError tls');
  });

  it('leads to no proxy', async () => {
    let count = 0;
    const elsewhere = await httpServer((_, response) => {
      count += 1;
      response.end();
    });
    const endpoint = await httpsServer(ofServer(server), sayWho);
    const env = {
      NODE_USE_ENV_PROXY: '1',
      HTTPS_PROXY: elsewhere.origin,
      https_proxy: elsewhere.origin,
    };
    expect(await inProcess(env, endpoint, ca.certificate)).toBe('believed');
    expect(count).toBe(0);
  });

  it('does not raise the limit of a reply’s headers', async () => {
    const endpoint = await httpServer((_, response) => {
      response.writeHead(200, { x: 'x'.repeat(40_000) }).end();
    });
    const NODE_OPTIONS = '--max-http-header-size=1000000';
    expect(await inProcess({ NODE_OPTIONS }, endpoint)).toBe('RetryableError unreadable-reply');
  });
});

describe('certificates that cannot be read', () => {
  it.each<[string, () => SmspTlsSettings]>([
    ['a wrong passphrase', () => ({ pfx: pfxOf(client, ca, 'right'), passphrase: 'wrong' })],
    ['a PFX that is none', () => ({ pfx: Buffer.from('x'), passphrase: 'right' })],
    ['a key of another certificate', () => ({ certificate: client.certificate, key: server.key })],
    [
      'a CA bundle with a broken certificate',
      () => ({
        pfx: pfxOf(client, ca, 'right'),
        passphrase: 'right',
        ca: `${ca.certificate}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----`,
      }),
    ],
    ['a certificate that is none', () => ({ certificate: 'x', key: client.key })],
    ['a key that is none', () => ({ certificate: client.certificate, key: 'x' })],
  ])('%s', (_, tls) => {
    const settings = someSettings({ tls: tls() });
    expect(() => createSoapClient(settings)).toThrow(ConfigError);
    expect(() => createSoapClient(settings)).not.toThrow(/wrong"|right"|BEGIN/);
  });
});

const CHILD = fileURLToPath(new URL('support/post-child.ts', import.meta.url));

async function inProcess(
  environment: Record<string, string>,
  endpoint: URL,
  ...authorities: readonly string[]
): Promise<string> {
  const env = { ...process.env, ...environment };
  const args = [CHILD, endpoint.href, ...authorities];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, timeout: 30_000 });
  return stdout;
}

const sayWho: Handler = ({ socket }, response) => {
  const tls = socket as TLSSocket;
  response.end(`${tls.getPeerCertificate().subject?.CN} ${tls.getProtocol()}`);
};

function resumed(socket: unknown): boolean {
  return (socket as TLSSocket).isSessionReused();
}

function ofServer({ certificate, key }: Certificate): ServerOptions {
  return { cert: certificate, key };
}

function pem({ certificate, key }: Certificate): SmspTlsSettings {
  return { certificate, key };
}

async function post(endpoint: URL, tls: SmspTlsSettings): Promise<HttpReply> {
  const soap = createSoapClient(someSettings({ endpoint, tls }));
  try {
    return await soap.post(MESSAGE, NEVER);
  } finally {
    await soap.close();
  }
}

function outcome(endpoint: URL, tls: SmspTlsSettings) {
  return outcomeOfAsync(() => post(endpoint, tls));
}

async function say(endpoint: URL, tls: SmspTlsSettings): Promise<string> {
  return text(await post(endpoint, tls));
}

function text({ body }: HttpReply): string {
  return Buffer.from(body).toString();
}
