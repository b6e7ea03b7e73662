/**
 * The baseline: what a program does that asks once and believes the answer. A row with a number that
 * can be read is asked about with verifyNHSNumber, any other with getNHSNumber and all it has.
 */
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { Pool } from 'undici';
import type { Demographics } from '../../src/domain/demographics.ts';
import type { Answer, TraceRequest } from '../../src/domain/trace.ts';
import { UnsendableError } from '../../src/errors.ts';
import { normaliseRecord } from '../../src/normalise/normalise-record.ts';
import type { CohortLayout } from '../../src/synth/cohort-style.ts';
import { draftOfCells } from '../../src/synth/cohort-style.ts';
import type { JudgedRow } from '../../src/synth/judged-cohort.ts';
import type { SmspSettings } from '../../src/trace/smsp/settings.ts';
import { readHttpReply, requestMessage } from '../../src/trace/smsp/smsp-tracer.ts';
import type { RowResult } from './score-rows.ts';

export interface NaiveRun {
  readonly results: ReadonlyMap<number, RowResult>;
  readonly requests: number;
  readonly seconds: number;
}

const newId = (): string => randomUUID().toUpperCase();
const clock = (): Date => new Date();

/** `endpoint` is plain HTTP on this machine. `today` is YYYYMMDD. */
export async function runNaively(
  cohort: readonly JudgedRow[],
  layout: CohortLayout,
  options: { readonly endpoint: string; readonly concurrency: number; readonly today: string },
): Promise<NaiveRun> {
  const endpoint = new URL(options.endpoint);
  const settings = settingsFor(endpoint, options.concurrency);
  const pool = new Pool(endpoint.origin, { connections: options.concurrency });
  const limit = pLimit(options.concurrency);
  let requests = 0;
  const ask = async (request: TraceRequest): Promise<string> => {
    const messageId = newId();
    const { action, xml } = requestMessage(request, settings, { clock, newId, messageId });
    requests += 1;
    const reply = await pool.request({
      path: endpoint.pathname,
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` },
      body: xml,
    });
    const body = new Uint8Array(await reply.body.arrayBuffer());
    const sent = { messageId, now: clock() };
    return believed(readHttpReply({ status: reply.statusCode, body }, request, sent).answer);
  };
  const results = new Map<number, RowResult>();
  const askAbout = async (row: JudgedRow): Promise<void> => {
    const request = onlyRequest(demographicsOf(row, layout, options.today), row.truth.row);
    const nhsNumber = request === undefined ? '' : await ask(request).catch(unlessUnsendable);
    results.set(row.truth.row, { nhsNumber, code: nhsNumber === '' ? 'none' : '', candidates: [] });
  };
  const started = performance.now();
  try {
    await Promise.all(cohort.map((row) => limit(() => askAbout(row))));
  } finally {
    await pool.close();
  }
  return { results, requests, seconds: (performance.now() - started) / 1000 };
}

/** The cells as the program reads them, so that only the matching differs. */
function demographicsOf({ cells }: JudgedRow, layout: CohortLayout, today: string): Demographics {
  const draft = draftOfCells(cells, layout);
  const source = {
    nhs_number: draft.nhsNumber,
    family_name: draft.familyName,
    given_name: draft.givenName,
    birth_date: draft.birthDate,
    birth_date_is_estimated: draft.isEstimated,
    gender: draft.gender,
    postcode: draft.postcode,
  };
  const options = {
    dateOrder: 'dmy',
    acceptsExcelSerials: false,
    acceptsTestNumbers: true,
    today,
  } as const;
  return normaliseRecord(source, options).demographics;
}

function onlyRequest(
  { nhsNumber, familyName, givenName, birthDate, gender, postcode }: Demographics,
  row: number,
): TraceRequest | undefined {
  if (birthDate === undefined) return undefined;
  const names = {
    ...(familyName === undefined ? {} : { familyName }),
    ...(givenName === undefined ? {} : { givenName }),
  };
  const localIdentifier = `naive-${row}`;
  if (nhsNumber !== undefined) {
    return { operation: 'verifyNHSNumber', nhsNumber, birthDate, localIdentifier, ...names };
  }
  return {
    operation: 'getNHSNumber',
    birthDate,
    localIdentifier,
    ...names,
    ...(gender === undefined ? {} : { gender }),
    ...(postcode === undefined ? {} : { postcode }),
  };
}

/** The number of an answer; empty when it names none. */
function believed(answer: Answer): string {
  switch (answer.kind) {
    case 'found':
    case 'other-number':
      return answer.nhsNumber;
    case 'superseded':
      return answer.replacement ?? '';
    case 'no-match':
    case 'multiple-matches':
    case 'not-verified':
    case 'invalidated':
    case 'not-new-style':
      return '';
  }
}

function unlessUnsendable(error: unknown): string {
  if (error instanceof UnsendableError) return '';
  throw error;
}

function settingsFor(endpoint: URL, maxConnections: number): SmspSettings {
  return {
    endpoint,
    username: 'evaluate',
    auditIdentity: { uri: 'urn:nhs-uk:identity:evaluate' },
    localIdentifierRoot: '2.16.840.1.113883.2.1.3.2.4.18.24',
    timeoutMs: 30_000,
    maxBodyBytes: 1024 * 1024,
    messageTtlSeconds: 600,
    maxConnections,
  };
}
