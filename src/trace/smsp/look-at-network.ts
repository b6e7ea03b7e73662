/** For `doctor`: whether the provider's name is known and its port can be reached. Nothing is sent. */
import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Check, checksOf } from '../../domain/check-up.ts';

const say = checksOf('network');

/** Ends with a fault where it went no further. */
export async function lookAtNetwork(endpoint: URL, timeoutMs: number): Promise<readonly Check[]> {
  const { host, port } = placeOf(endpoint);
  const name = isIP(host) === 0 ? await lookUp(host, timeoutMs) : [];
  if (name.some(({ state }) => state === 'fault')) return name;
  return [...name, await reach(host, port, timeoutMs)];
}

/** Where to connect to. */
export function placeOf({ hostname, port, protocol }: URL): {
  readonly host: string;
  readonly port: number;
} {
  const usual = protocol === 'https:' ? 443 : 80;
  return { host: hostname.replace(/^\[(.*)\]$/, '$1'), port: Number(port) || usual };
}

async function lookUp(host: string, timeoutMs: number): Promise<readonly Check[]> {
  const waiting = new AbortController();
  const tooLong = delay(timeoutMs, undefined, { signal: waiting.signal }).then(() => {
    throw Object.assign(new Error('no answer'), { code: 'EAI_AGAIN' });
  });
  try {
    const found = await Promise.race([lookup(host, { all: true }), tooLong]);
    const addresses = found.map(({ address }) => address).join(', ');
    return [say.ok(`the name ${host} is known: ${addresses}`)];
  } catch (error) {
    return [
      codeOf(error) === 'EAI_AGAIN'
        ? say.fault(
            `the name ${host} cannot be looked up: no name server answers`,
            "check this machine's network and DNS settings (HSCN names may need the HSCN resolvers)",
          )
        : say.fault(
            `the name ${host} is not known here`,
            'check the spelling in NHS_TRACE_ENDPOINT or --endpoint, and which name servers this machine asks',
          ),
    ];
  } finally {
    waiting.abort();
    tooLong.catch(() => undefined);
  }
}

function reach(host: string, port: number, timeoutMs: number): Promise<Check> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (check: Check): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(check);
    };
    const timer = setTimeout(() => end(noAnswer(port, timeoutMs)), timeoutMs);
    socket.once('connect', () => end(say.ok(`port ${port} accepts connections`)));
    socket.once('error', (error) => end(unreachable(codeOf(error), port, timeoutMs)));
  });
}

function unreachable(code: string, port: number, timeoutMs: number): Check {
  if (code === 'ETIMEDOUT') return noAnswer(port, timeoutMs);
  if (code === 'ECONNREFUSED') {
    return say.fault(
      `port ${port} refuses connections: nothing listens there`,
      'check the port in NHS_TRACE_ENDPOINT or --endpoint; if it is right, ask the provider whether the service is up',
    );
  }
  return say.fault(
    `there is no way to it from this machine (${code})`,
    "check this machine's network: routes, firewall, HSCN connection",
  );
}

function noAnswer(port: number, timeoutMs: number): Check {
  return say.fault(
    `port ${port} does not answer within ${timeoutMs / 1000} s`,
    'ask for the firewall to be opened from this machine to it; the program goes through no proxy',
  );
}

export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
