import type { ServerOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ConfigError } from '../../../src/errors.ts';
import type { SmspTlsSettings } from '../../../src/trace/smsp/settings.ts';
import { createSoapClient, type HttpReply } from '../../../src/trace/smsp/soap-client.ts';
import { authority, type Certificate, pfxOf, signed } from './support/certificates.ts';
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

describe('certificates that cannot be read', () => {
  it.each<[string, () => SmspTlsSettings]>([
    ['a wrong passphrase', () => ({ pfx: pfxOf(client, ca, 'right'), passphrase: 'wrong' })],
    ['a PFX that is none', () => ({ pfx: Buffer.from('x'), passphrase: 'right' })],
    ['a key of another certificate', () => ({ certificate: client.certificate, key: server.key })],
    ['a certificate that is none', () => ({ certificate: 'x', key: client.key })],
    ['a key that is none', () => ({ certificate: client.certificate, key: 'x' })],
  ])('%s', (_, tls) => {
    const settings = someSettings({ tls: tls() });
    expect(() => createSoapClient(settings)).toThrow(ConfigError);
    expect(() => createSoapClient(settings)).not.toThrow(/wrong"|right"|BEGIN/);
  });
});

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
