import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { TooLateError } from '../../../src/errors.ts';
import type { SmspSettings } from '../../../src/trace/smsp/settings.ts';
import { createSoapClient, type SoapClient } from '../../../src/trace/smsp/soap-client.ts';
import { until } from '../../support/cli.ts';
import { outcomeOfAsync, shown } from './support/outcome.ts';
import { bodyOf, closeServers, httpServer, tcpServer, unusedPort } from './support/servers.ts';
import { someSettings } from './support/values.ts';

const MESSAGE = { action: 'urn:nhs-itk:services:201005:getNHSNumber-v1-0', xml: '<a>Zoë 𠮷</a>' };
const NEVER = new AbortController().signal;

let clients: SoapClient[] = [];

afterEach(async () => {
  await closeServers();
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
});

describe('what is sent', () => {
  it('is one POST with exact headers and bytes', async () => {
    // Prepare
    const requests: unknown[] = [];
    const endpoint = await httpServer(async (request, response) => {
      const { method, url, headers, rawHeaders, httpVersion } = request;
      const names = rawHeaders.filter((_, index) => index % 2 === 0);
      requests.push({ method, url, headers, names, httpVersion, body: await bodyOf(request) });
      response.end();
    });

    // Act
    await post(new URL('?tenant=1', endpoint));

    // Assess
    const body = Buffer.from(MESSAGE.xml, 'utf8');
    expect(requests).toEqual([
      {
        method: 'POST',
        url: '/smsp/pds?tenant=1',
        httpVersion: '1.1',
        names: expect.arrayContaining(['SOAPAction']),
        headers: {
          host: endpoint.host,
          connection: 'keep-alive',
          'content-type': 'text/xml; charset=utf-8',
          'content-length': String(body.length),
          soapaction: `"${MESSAGE.action}"`,
        },
        body,
      },
    ]);
    expect(body.length).not.toBe(MESSAGE.xml.length);
  });

  it('goes over connections that are kept, and no more than allowed', async () => {
    // Prepare
    const ports = new Set<number | undefined>();
    let most = 0;
    let current = 0;
    const endpoint = await httpServer(async (request, response) => {
      ports.add(request.socket.remotePort);
      current += 1;
      most = Math.max(most, current);
      await delay(20);
      current -= 1;
      response.end('x');
    });
    const client = clientOf({ endpoint, maxConnections: 3 });

    // Act
    await Promise.all(Array.from({ length: 12 }, () => client.post(MESSAGE, NEVER)));

    // Assess
    expect(most).toBe(3);
    expect(ports.size).toBe(3);
  });
});

describe('what is given back', () => {
  it.each([200, 202, 302, 403, 404, 500, 503])(
    'is the status with the body: %i',
    async (status) => {
      let count = 0;
      const endpoint = await httpServer((_, response) => {
        count += 1;
        const headers = { location: '/elsewhere', 'retry-after': '120' };
        response.writeHead(status, headers).end('<x/>');
      });

      const reply = await post(endpoint);

      expect(reply).toEqual({
        status,
        retryAfter: '120',
        date: expect.stringMatching(/ GMT$/),
        body: new Uint8Array(Buffer.from('<x/>')),
      });
      expect(count).toBe(1); // a redirect is not followed, and nothing is sent twice
    },
  );

  it('is the whole of a reply that comes byte by byte', async () => {
    const endpoint = await httpServer(async (_, response) => {
      for (const byte of Buffer.from('<x>Zoë</x>')) {
        response.write(Buffer.of(byte));
        await delay(1);
      }
      response.end();
    });

    const { body } = await post(endpoint);

    expect(Buffer.from(body).toString()).toBe('<x>Zoë</x>');
  });
});

describe('no reply', () => {
  const hang = (): void => undefined;

  it.each<[string, (response: ServerResponse) => unknown, readonly unknown[]]>([
    ['slow headers', hang, ['RetryableError', 'timeout', undefined]],
    [
      'silence in the body',
      (response) => response.writeHead(200).write('<x>'),
      ['RetryableError', 'timeout', undefined],
    ],
    ['a slow drip', drip, ['RetryableError', 'timeout', undefined]],
    [
      'a reset in the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('<x>');
        setTimeout(() => response.socket?.resetAndDestroy(), 20);
      },
      ['RetryableError', 'reset', undefined],
    ],
    [
      'a close in the body',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('<x>');
        setTimeout(() => response.socket?.end(), 20);
      },
      ['RetryableError', 'reset', undefined],
    ],
    [
      'a close in a chunked body',
      (response) => {
        response.writeHead(200).write('<x>');
        setTimeout(() => response.socket?.end(), 20);
      },
      ['RetryableError', 'reset', undefined],
    ],
    [
      'a reset before the headers',
      (response) => response.socket?.resetAndDestroy(),
      ['RetryableError', 'reset', undefined],
    ],
    [
      'too long a body',
      (response) => response.end('x'.repeat(10_001)),
      ['RetryableError', 'reply-too-large', 1],
    ],
    ['a body without end', flood, ['RetryableError', 'reply-too-large', 1]],
    [
      'too long headers',
      (response) => response.writeHead(200, { x: 'x'.repeat(40_000) }).end(),
      ['RetryableError', 'unreadable-reply', undefined],
    ],
  ])('because of %s', async (_, answer, outcome) => {
    const endpoint = await httpServer((request, response) => {
      response.on('error', () => undefined);
      request.resume();
      answer(response);
    });

    const start = performance.now();
    const result = await outcomeOfAsync(() =>
      post(endpoint, { timeoutMs: 300, maxBodyBytes: 10_000 }),
    );

    expect(result).toEqual(outcome);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('because it is not HTTP; the error does not hold it', async () => {
    const endpoint = await tcpServer((socket) => socket.end('SSH-2.0 9990123454\r\n\r\n'));

    const error = await post(endpoint).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'RetryableError', code: 'unreadable-reply' });
    expect(shown(error)).not.toContain('9990123454');
  });

  it.each(['127.0.0.1', 'localhost'])('because nobody listens: %s', async (host) => {
    const endpoint = new URL(`http://${host}:${await unusedPort()}/`);
    expect(await outcomeOfAsync(() => post(endpoint))).toEqual([
      'RetryableError',
      'unreachable',
      undefined,
    ]);
  });

  it('because the host has no address', async () => {
    const endpoint = new URL('https://smsp.example.invalid/');
    expect(await outcomeOfAsync(() => post(endpoint))).toEqual([
      'RetryableError',
      'unreachable',
      undefined,
    ]);
  });

  it('because it waited for a connection too long', async () => {
    const endpoint = await httpServer(() => undefined);
    const client = clientOf({ endpoint, timeoutMs: 300, maxConnections: 1 });

    const results = await Promise.all(
      [1, 2, 3].map(() => outcomeOfAsync(() => client.post(MESSAGE, NEVER))),
    );

    expect(results).toEqual(Array(3).fill(['RetryableError', 'timeout', undefined]));
  });
});

describe('an abort', () => {
  it.each<[string, (response: ServerResponse) => unknown]>([
    ['before the headers', () => undefined],
    ['in the body', (response) => response.writeHead(200).write('<x>')],
  ])('%s gives its reason at once', async (_, answer) => {
    // Prepare
    const controller = new AbortController();
    const reason = new Error('stop');
    const endpoint = await httpServer((_request, response) => {
      answer(response);
      setTimeout(() => controller.abort(reason), 50);
    });

    // Act
    const start = performance.now();
    const error = await clientOf({ endpoint })
      .post(MESSAGE, controller.signal)
      .catch((thrown: unknown) => thrown);

    // Assess
    expect(error).toBe(reason);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('that came before sends nothing', async () => {
    let count = 0;
    const endpoint = await httpServer((_, response) => {
      count += 1;
      response.end();
    });
    const reason = new Error('stop');

    await expect(clientOf({ endpoint }).post(MESSAGE, AbortSignal.abort(reason))).rejects.toBe(
      reason,
    );
    expect(count).toBe(0);
  });

  it('leaves no listener behind', async () => {
    const endpoint = await httpServer((_, response) => response.end());
    const { signal } = new AbortController();
    let listeners = 0;
    const add = signal.addEventListener.bind(signal);
    const remove = signal.removeEventListener.bind(signal);
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners += 1;
      add(...args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners -= 1;
      remove(...args);
    };

    await clientOf({ endpoint }).post(MESSAGE, signal);

    expect(listeners).toBe(0);
  });
});

describe('the last word before a message is written', () => {
  it('is asked for when the connection is open', async () => {
    const events: string[] = [];
    const endpoint = await httpServer((_, response) => {
      events.push('received');
      response.end('x');
    });

    await clientOf({ endpoint }).post(MESSAGE, NEVER, () => events.push('leave'));

    expect(events).toEqual(['leave', 'received']);
  });

  it('may be no: nothing is sent, and the connection serves the next', async () => {
    const ports: (number | undefined)[] = [];
    let connections = 0;
    const endpoint = await httpServer(({ socket }, response) => {
      ports.push(socket.remotePort);
      response.end('x');
    });
    const client = clientOf({ endpoint });
    const tooLate = new TooLateError();
    const refuse = (): void => {
      connections += 1;
      throw tooLate;
    };

    await expect(client.post(MESSAGE, NEVER, refuse)).rejects.toBe(tooLate);
    await expect(client.post(MESSAGE, NEVER, refuse)).rejects.toBe(tooLate);
    await client.post(MESSAGE, NEVER);
    // undici has a connection rest for a moment.
    await delay(20);
    await client.post(MESSAGE, NEVER);

    expect(connections).toBe(2);
    expect(ports).toHaveLength(2);
    expect(new Set(ports).size).toBe(1);
  });

  it('need not wait for a handshake, even where every connection ends with its reply', async () => {
    const opened: Socket[] = [];
    const ports: (number | undefined)[] = [];
    const endpoint = await tcpServer((socket) => {
      opened.push(socket);
      socket.once('data', () => {
        ports.push(socket.remotePort);
        socket.end('HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx');
      });
    });
    const client = clientOf({ endpoint });

    await client.post(MESSAGE, NEVER);
    await until(() => opened.length === 2);
    const second = opened[1]?.remotePort;
    await client.post(MESSAGE, NEVER);

    expect(ports).toEqual([opened[0]?.remotePort, second]);
    await until(() => opened.length === 3);
  });

  it('opens nothing beside connections that are kept', async () => {
    const ports = new Set<number | undefined>();
    let connections = 0;
    const endpoint = await httpServer(({ socket }, response) => {
      if (!ports.has(socket.remotePort)) connections += 1;
      ports.add(socket.remotePort);
      response.end('x');
    });
    const client = clientOf({ endpoint });

    for (let time = 0; time < 5; time += 1) {
      await client.post(MESSAGE, NEVER);
      await delay(20);
    }

    expect(connections).toBe(1);
  });
});

describe('close', () => {
  it('can be called twice, and waits for what is open', async () => {
    const endpoint = await httpServer(async (_, response) => {
      await delay(50);
      response.end('x');
    });
    const client = clientOf({ endpoint });
    const open = client.post(MESSAGE, NEVER);

    await Promise.all([client.close(), client.close()]);

    expect((await open).status).toBe(200);
    await client.close();
    await expect(client.post(MESSAGE, NEVER)).rejects.toThrow();
  });
});

function clientOf(changes: Partial<SmspSettings>): SoapClient {
  const client = createSoapClient(someSettings(changes));
  clients.push(client);
  return client;
}

function post(endpoint: URL, changes: Partial<SmspSettings> = {}) {
  return clientOf({ endpoint, ...changes }).post(MESSAGE, NEVER);
}

async function drip(response: ServerResponse): Promise<void> {
  response.writeHead(200);
  while (!response.destroyed) {
    response.write('x');
    await delay(50);
  }
}

async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200);
  while (!response.destroyed) {
    response.write('x'.repeat(1_000));
    await delay(1);
  }
}
