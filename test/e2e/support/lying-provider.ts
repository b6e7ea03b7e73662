/** A provider that stands before the simulator, and now and then changes what it says on the way. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { createRandom } from '../../../src/synth/random.ts';

export interface Lie {
  readonly name: string;
  /** What it says instead of `reply`; undefined when there is nothing in it to lie about. */
  tell(reply: string, others: Others): string | undefined;
}

export interface Others {
  /** The reply to the question before, of the same operation. */
  readonly before: string | undefined;
  /** A number of somebody else who was asked about. */
  readonly number: string | undefined;
}

export interface LyingProvider {
  readonly url: string;
  /** How often each lie was told. */
  readonly told: ReadonlyMap<string, number>;
  stop(): Promise<void>;
}

const NUMBER = /\b999\d{7}\b/;

export async function startLyingProvider(
  truthful: string,
  lies: readonly Lie[],
  { share, seed }: { readonly share: number; readonly seed: string },
): Promise<LyingProvider> {
  const random = createRandom(seed);
  const told = new Map<string, number>();
  const before = new Map<string, string>();
  const numbers: string[] = [];
  const times = ({ name }: Lie): number => told.get(name) ?? 0;
  const changed = (operation: string, reply: string): string => {
    const own = NUMBER.exec(reply)?.[0];
    const others = {
      before: before.get(operation),
      number: numbers.findLast((number) => number !== own),
    };
    before.set(operation, reply);
    if (own !== undefined) numbers.push(own);
    if (random.next() >= share) return reply;
    for (const lie of lies.toSorted((a, b) => times(a) - times(b))) {
      const said = lie.tell(reply, others);
      if (said === undefined || said === reply) continue;
      told.set(lie.name, times(lie) + 1);
      return said;
    }
    return reply;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, type, reply } = await ask(truthful, request);
    response.writeHead(status, { 'content-type': type });
    response.end(changed(String(request.headers['soapaction']), reply));
  };
  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    told,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function ask(truthful: string, request: IncomingMessage) {
  const { soapaction = '', 'content-type': type = '' } = request.headers;
  const answer = await fetch(truthful, {
    method: 'POST',
    headers: { soapaction: String(soapaction), 'content-type': type },
    body: await textOf(request),
  });
  return {
    status: answer.status,
    type: answer.headers.get('content-type') ?? '',
    reply: await answer.text(),
  };
}

function replaceNumber(how: (reply: string, own: string, other: string) => string): Lie['tell'] {
  return (reply, { number }) => {
    const own = NUMBER.exec(reply)?.[0];
    return own === undefined || number === undefined ? undefined : how(reply, own, number);
  };
}

function replaceAll(pattern: RegExp, by: string): Lie['tell'] {
  return (reply) => reply.replaceAll(pattern, by);
}

const RELATES_TO = /<(\w+:)?RelatesTo[\s\S]*?<\/(\w+:)?RelatesTo>/g;
const LOCAL_ID = /<id\b[^>]*2\.16\.840\.1\.113883\.2\.1\.3\.2\.4\.18\.24[^>]*\/>/g;

/** What belongs to another question, without anything that says to which. */
function naked(reply: string): string {
  return reply.replaceAll(RELATES_TO, '').replaceAll(LOCAL_ID, '');
}

/**
 * Each of them contradicts itself, the question or what is said elsewhere. That a person has another's number, said
 * in good form where nothing else tells of it, nobody could know (docs/security-provider.md).
 */
export const LIES: readonly Lie[] = [
  { name: 'the reply before', tell: (_reply, { before }) => before },
  {
    name: 'the reply before, and nothing that says whose',
    tell: (_reply, { before }) => before && naked(before),
  },
  {
    name: 'a second number',
    tell: replaceNumber((reply, own, other) =>
      reply.replace(new RegExp(`<id [^>]*"${own}"[^>]*/>`), (id) => id.replace(own, other) + id),
    ),
  },
  {
    name: 'a number that is none',
    tell: replaceNumber((reply, own) =>
      reply.replaceAll(own, own.slice(0, 9) + ((Number(own[9]) + 1) % 10)),
    ),
  },
  { name: 'success', tell: replaceAll(/(DEMOG|SMSP)-(?!0000)\d{4}/g, 'SMSP-0000') },
  { name: 'another day of birth', tell: replaceAll(/(<birthTime value=")\d{8}/g, '$119010101') },
  {
    name: 'no person',
    tell: replaceAll(/<(\w+:)?patientPerson[\s\S]*<\/(\w+:)?patientPerson>/g, ''),
  },
  { name: 'half of it', tell: (reply) => reply.slice(0, reply.length / 2) },
  { name: 'it twice', tell: (reply) => reply + reply.replace(/<\?xml.*?\?>/, '') },
];
