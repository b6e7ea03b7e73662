/** The corpus, and short runs of `npm run fuzz:replies`, always the same. */
import { describe, expect, it, test } from 'vitest';
import { RetryableError } from '../../../src/errors.ts';
import { readHttpReply } from '../../../src/trace/smsp/smsp-tracer.ts';
import { searchReply } from '../../trace/smsp/support/replies.ts';
import { aRequest, MESSAGE_ID, NOW, without } from '../../trace/smsp/support/values.ts';
import { CORPUS, EXCESSES } from './corpus.ts';
import { fuzzClient } from './fuzz-client.ts';
import { fuzzParser } from './fuzz-parser.ts';
import { readStrictly } from './strict-reader.ts';

const SEARCH = without(aRequest({ operation: 'getNHSNumber' }), 'nhsNumber');
const MOST_RSS_BYTES = 700 * 1024 * 1024;

describe('what looks like an answer and is none', () => {
  const read = (body: Uint8Array) =>
    readHttpReply({ status: 200, body }, SEARCH, { messageId: MESSAGE_ID, now: NOW });

  it.each(CORPUS)('%s', (_, reply) => {
    const body = Buffer.from(reply);
    expect(() => read(body)).toThrow(RetryableError);
    expect(readStrictly(body, SEARCH, MESSAGE_ID).kind).toBe('unacceptable');
  });

  it.each(EXCESSES)('%s', (_, reply) => {
    const startedAt = performance.now();
    expect(() => read(Buffer.from(reply))).toThrow(RetryableError);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('is beside one that is', () => {
    const body = Buffer.from(searchReply());
    expect(read(body).answer.kind).toBe('found');
    expect(readStrictly(body, SEARCH, MESSAGE_ID).kind).toBe('found');
  });
});

test.each([
  ['the reading of replies', fuzzParser, 3_000],
  ['the whole client', fuzzClient, 1_000],
])('%s believes nothing that the strict reader does not', async (_, fuzz, inputs) => {
  const figures = await fuzz(1948, 0, inputs);

  expect(figures.faults).toEqual([]);
  expect(figures.believed).toBeGreaterThan(inputs / 20);
  expect(figures.refused).toBeGreaterThan(inputs / 2);
  expect(figures.peakRssBytes).toBeLessThan(MOST_RSS_BYTES);
});
