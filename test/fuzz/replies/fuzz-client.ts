/** Many drawn replies through the whole client: real sockets, short time-outs. */
import type { TraceReply } from '../../../src/domain/trace.ts';
import { createSmspTracer } from '../../../src/trace/smsp/smsp-tracer.ts';
import type { Tracer } from '../../../src/trace/tracer.ts';
import { MESSAGE_ID, NOW, someSettings } from '../../trace/smsp/support/values.ts';
import { createRandom } from '../random.ts';
import { type DrawnReply, drawReply } from './draw-reply.ts';
import { type Framed, framed } from './frame-reply.ts';
import type { ReplyFigures } from './fuzz-parser.ts';
import { believedFault, refusedFault } from './judge-reply.ts';
import { startReplyServer, trackingId } from './reply-server.ts';
import { readResponse } from './strict-http.ts';

const TIMEOUT_MS = 500;
/** A machine with other work is late itself; a hang would be for ever. */
const HANG_MS = TIMEOUT_MS + 5_000;
const IN_FLIGHT = 8;

/** Inputs `from` to below `to` of a seed. */
export async function fuzzClient(seed: number, from: number, to: number): Promise<ReplyFigures> {
  const startedAt = performance.now();
  const counts = { believed: 0, refused: 0, slowestMs: 0, peakRssBytes: 0 };
  const faults: string[] = [];
  const server = await startReplyServer((index) => framedOf(seed, index));
  const ask = createAsk(server.endpoint);
  let next = from;
  const work = async (): Promise<void> => {
    while (next < to) {
      const index = next;
      next += 1;
      const drawn = drawReply(createRandom(seed, index));
      const asked = await ask(drawn, index);
      counts[asked.reply === undefined ? 'refused' : 'believed'] += 1;
      counts.slowestMs = Math.max(counts.slowestMs, Math.round(asked.ms));
      if (index % 500 === 0) {
        counts.peakRssBytes = Math.max(counts.peakRssBytes, process.memoryUsage.rss());
      }
      const fault = faultOf(drawn, framedOf(seed, index), asked);
      if (fault !== undefined) faults.push(`${index}: ${fault}`);
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  await server.close();
  await ask.close();
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { seed, inputs: to - from, ...counts, seconds, faults };
}

function framedOf(seed: number, index: number): Framed {
  const { bytes } = drawReply(createRandom(seed, index));
  return framed(createRandom(seed + 1, index), bytes);
}

interface Asked {
  readonly reply?: TraceReply;
  readonly error?: unknown;
  readonly ms: number;
}

function createAsk(endpoint: URL) {
  let id = '';
  const settings = someSettings({
    endpoint,
    timeoutMs: TIMEOUT_MS,
    maxConnections: IN_FLIGHT,
    maxBodyBytes: 1024 * 1024,
  });
  const tracer: Tracer = createSmspTracer(settings, { clock: () => NOW, newId: () => id });
  const ask = async ({ request }: DrawnReply, index: number): Promise<Asked> => {
    const startedAt = performance.now();
    const signal = AbortSignal.timeout(HANG_MS);
    id = trackingId(index); // read by `ask` before it first waits
    try {
      const reply = await tracer.ask(request, { messageId: MESSAGE_ID, signal });
      return { reply, ms: performance.now() - startedAt };
    } catch (error) {
      return { error, ms: performance.now() - startedAt };
    }
  };
  return Object.assign(ask, { close: tracer.close });
}

function faultOf(drawn: DrawnReply, { pieces, ending }: Framed, asked: Asked): string | undefined {
  if (asked.ms >= HANG_MS) return `hung for ${asked.ms} ms`;
  if (asked.reply === undefined) return refusedFault({ ...drawn, isDamaged: true }, asked.error);
  const response = readResponse(Buffer.concat(pieces), ending !== 'keep');
  if (response?.status !== 200) return `believed ${asked.reply.answer.kind} of no HTTP response`;
  const type = response.headers.get('content-type');
  if (type !== undefined && !/^[a-z]+\/(?:\S+\+)?xml *(?:;[^,]*)?$/i.test(type))
    return `believed what is said to be ${type}`;
  const coding = response.headers.get('content-encoding') ?? 'identity';
  if (coding !== 'identity') return `believed what is said to be in ${coding}`;
  return believedFault({ ...drawn, bytes: response.body }, asked.reply);
}
