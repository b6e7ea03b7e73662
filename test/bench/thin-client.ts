/**
 * The thinnest client that makes the same calls: undici, the same file read, the same envelope built, the
 * same reply parsed; no queue, no ledger, no pace,
 * no retries, no decisions. Prints one JSON line.
 *
 *   node test/bench/thin-client.ts INPUT ENDPOINT CONCURRENCY
 */
import { randomUUID } from 'node:crypto';
import { Pool } from 'undici';
import { readEnvironment } from '../../src/config/load-env.ts';
import { loadJob } from '../../src/config/load-job.ts';
import type { TraceRequest } from '../../src/domain/trace.ts';
import { nextQuestion } from '../../src/match/next-question.ts';
import { openInput } from '../../src/pipeline/ingest-run.ts';
import type { SmspSettings } from '../../src/trace/smsp/settings.ts';
import { readHttpReply, requestMessage } from '../../src/trace/smsp/smsp-tracer.ts';

const [input = '', endpointText = '', concurrencyText = '20'] = process.argv.slice(2);
const concurrency = Number(concurrencyText);
const endpoint = new URL(endpointText);
const job = loadJob('nightly-data-quality');
const { tls } = readEnvironment(process.env);
const newId = (): string => randomUUID().toUpperCase();
const clock = (): Date => new Date();

const settings: SmspSettings = {
  endpoint,
  username: 'bench',
  auditIdentity: { uri: job.provider.audit_identity.uri },
  localIdentifierRoot: job.provider.local_identifier_root,
  timeoutMs: 30_000,
  maxBodyBytes: 1024 * 1024,
  messageTtlSeconds: 600,
  maxConnections: concurrency,
};
const pool = new Pool(endpoint.origin, {
  connections: concurrency,
  connect: {
    ...(tls.certificate === undefined ? {} : { cert: tls.certificate }),
    ...(tls.key === undefined ? {} : { key: tls.key }),
    ...(tls.ca === undefined ? {} : { ca: tls.ca }),
  },
});
const ask = async (request: TraceRequest): Promise<string> => {
  const messageId = newId();
  const { action, xml } = requestMessage(request, settings, { clock, newId, messageId });
  const reply = await pool.request({
    path: endpoint.pathname,
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` },
    body: xml,
  });
  const body = new Uint8Array(await reply.body.arrayBuffer());
  return readHttpReply({ status: reply.statusCode, body }, request, {
    messageId,
    now: clock(),
  }).code;
};

/** Each person once, in the order of the file. */
async function* people(): AsyncGenerator<TraceRequest, void> {
  const file = await openInput(input, job, { acceptsTestNumbers: true, today: '20261122' });
  const seen = new Set<string>();
  for await (const { row, fate } of file.rows) {
    const key = JSON.stringify(fate.kind === 'trace' ? fate.subject : '');
    if (fate.kind !== 'trace' || seen.has(key)) continue;
    seen.add(key);
    const first = nextQuestion(fate.subject, [], job.policy);
    if (first !== undefined) yield { ...first.question, localIdentifier: `thin-${row}` };
  }
}

const started = performance.now();
let requests = 0;
const line = people();
const lane = async (): Promise<void> => {
  for (;;) {
    const { value: request } = await line.next();
    if (request === undefined) return;
    await ask(request);
    requests += 1;
  }
};
await Promise.all(Array.from({ length: concurrency }, lane));
const seconds = (performance.now() - started) / 1000;
await pool.close();
process.stdout.write(`${JSON.stringify({ requests, seconds })}\n`);
