/** Many drawn replies through the reading of replies, one after the other. */
import { setImmediate } from 'node:timers/promises';
import type { TraceReply } from '../../../src/domain/trace.ts';
import { readHttpReply } from '../../../src/trace/smsp/smsp-tracer.ts';
import { MESSAGE_ID, NOW } from '../../trace/smsp/support/values.ts';
import { createRandom } from '../random.ts';
import { type DrawnReply, drawReply } from './draw-reply.ts';
import { believedFault, refusedFault } from './judge-reply.ts';

export interface ReplyFigures {
  readonly seed: number;
  readonly inputs: number;
  /** Answers given; each was held against the strict reader. */
  readonly believed: number;
  readonly refused: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly peakRssBytes: number;
  /** `index: what went wrong`. */
  readonly faults: readonly string[];
}

const MAX_MS = 2_000;

/** Inputs `from` to below `to` of a seed. */
export async function fuzzParser(seed: number, from: number, to: number): Promise<ReplyFigures> {
  const startedAt = performance.now();
  const counts = { believed: 0, refused: 0, slowestMs: 0, peakRssBytes: 0 };
  const faults: string[] = [];
  for (let index = from; index < to; index += 1) {
    const drawn = drawReply(createRandom(seed, index));
    const read = readTimed(drawn);
    counts[read.reply === undefined ? 'refused' : 'believed'] += 1;
    counts.slowestMs = Math.max(counts.slowestMs, Math.round(read.ms));
    if (index % 500 === 0) {
      // A turn of the loop, in which libxml2's garbage can be collected.
      await setImmediate();
      counts.peakRssBytes = Math.max(counts.peakRssBytes, process.memoryUsage.rss());
    }
    const fault =
      read.reply === undefined ? refusedFault(drawn, read.error) : believedFault(drawn, read.reply);
    if (fault !== undefined) faults.push(`${index}: ${fault}`);
    if (read.ms > MAX_MS) faults.push(`${index}: took ${read.ms} ms`);
  }
  const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
  return { seed, inputs: to - from, ...counts, seconds, faults };
}

interface Read {
  readonly reply?: TraceReply;
  readonly error?: unknown;
  readonly ms: number;
}

function readTimed({ request, bytes }: DrawnReply): Read {
  const startedAt = performance.now();
  try {
    const reply = readHttpReply({ status: 200, body: bytes }, request, {
      messageId: MESSAGE_ID,
      now: NOW,
    });
    return { reply, ms: performance.now() - startedAt };
  } catch (error) {
    return { error, ms: performance.now() - startedAt };
  }
}
