/** The middle stages with the real embedded queue; the provider alone is played. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TraceResult } from '../../src/domain/record.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { Logger } from '../../src/lib/logger.ts';
import { type TracedRun, traceRun } from '../../src/pipeline/trace-run.ts';
import { openEmbeddedQueue } from '../../src/queue/embedded-queue.ts';
import type { TraceQueue, TraceSubject } from '../../src/queue/trace-queue.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import { anAuditLog } from '../support/audit-log.ts';
import {
  aLocalRow,
  aNumber,
  anAsked,
  answered,
  answeredAll,
  aRequest,
  aSearch,
  aSubject,
  aTracedRow,
  details,
  refused,
  unanswered,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

let folder = '';
let ledger: Ledger;
let queue: TraceQueue;
let logged: string[] = [];

const logger: Logger = {
  debug: () => {},
  info: (event, fields) => logged.push(`${event} ${fields?.code}`),
  warn: (event, fields) => logged.push(`${event} ${fields?.code}`),
  error: () => {},
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'trace-run-'));
  ledger = openLedger(join(folder, 'ledger.sqlite'));
  queue = openEmbeddedQueue({
    directory: join(folder, 'queue'),
    queueId: 'run-1',
    key: Buffer.alloc(32, 7),
    groupSize: 1,
    onError: () => {},
    onUnreadable: () => {},
  });
  logged = [];
});

afterEach(async () => {
  await queue.close();
  ledger.close();
  await rm(folder, { recursive: true });
});

function subjects(count: number): void {
  ledger.addRows(
    Array.from({ length: count }, (_, at) =>
      aTracedRow(at + 1, aSubject({ familyName: `Testby${at}` })),
    ),
  );
}

function run(
  trace: TraceSubject,
  { signal = new AbortController().signal, stopAfterUnanswered = 20, stopBelow = 0 } = {},
): Promise<TracedRun> {
  return traceRun({
    ledger,
    audit: anAuditLog(),
    asksAgain: true,
    tools: {
      queue,
      isShared: false,
      isQueueAway: () => false,
      workers: () => 1,
      startWorkers: () => [queue.startWorker(trace, 4)],
      pause: async () => undefined,
      close: async () => {},
    },
    clock: systemClock,
    logger,
    job: {
      ...someRules(),
      stop_after_unanswered: stopAfterUnanswered,
      stop_below_match_rate: stopBelow,
    },
    signal,
    onProgress: () => {},
  });
}

const said = (subjectId: number): TraceResult =>
  answered({ kind: 'no-match' }, [aRequest({ messageId: `M${subjectId}` })]);

describe('a run', () => {
  it('ends complete when everybody has an answer, each asked once', async () => {
    subjects(30);
    ledger.addRows([aLocalRow(31)]);
    const asked: number[] = [];

    const { end, peakQueueBytes } = await run(async ({ subjectId }) => {
      asked.push(subjectId);
      return said(subjectId);
    });

    expect(end).toEqual({ kind: 'complete' });
    expect(asked.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, at) => at + 1));
    expect(ledger.counts().unansweredRows).toBe(0);
    expect(ledger.requestFigures().sent).toBe(30);
    expect(peakQueueBytes).toBeGreaterThan(0);
  });

  it('ends at once when there is nobody to trace', async () => {
    ledger.addRows([aLocalRow(1)]);

    expect((await run(async () => said(1))).end).toEqual({ kind: 'complete' });
  });

  it('says how many rows got no answer, and asks for them again', async () => {
    subjects(5);
    const first = await run(async ({ subjectId }) =>
      subjectId % 2 === 0 ? unanswered('timeout') : said(subjectId),
    );

    const asked: number[] = [];
    const second = await run(async ({ subjectId }) => {
      asked.push(subjectId);
      return said(subjectId);
    });

    expect(first.end).toEqual({ kind: 'unanswered', rows: 2 });
    expect(logged).toEqual(['trace.unanswered timeout', 'trace.unanswered timeout']);
    expect(asked.toSorted()).toEqual([2, 4]);
    expect(second.end).toEqual({ kind: 'complete' });
  });

  it('stops itself when the provider refuses us', async () => {
    subjects(2000);

    const { end } = await run(async () => refused());

    expect(end).toEqual({ kind: 'halted', reason: 'check auditIdentity (SMSP-0005)' });
    expect(ledger.counts().unansweredRows).toBe(2000);
  });

  it('stops itself after so many people in a row without an answer', async () => {
    subjects(300);
    let asked = 0;

    const { end } = await run(
      async () => {
        asked += 1;
        await systemClock.sleep(5);
        return unanswered('timeout');
      },
      { stopAfterUnanswered: 3 },
    );

    expect(end).toMatchObject({ kind: 'halted', reason: expect.stringContaining('in a row') });
    expect(asked).toBeLessThan(300);
  });

  it('stops when it is told to, and goes on where it stopped', async () => {
    subjects(40);
    const stop = new AbortController();
    const asked: number[] = [];
    const trace: TraceSubject = async ({ subjectId }) => {
      asked.push(subjectId);
      if (asked.length === 10) stop.abort();
      await systemClock.sleep(5);
      return said(subjectId);
    };

    const first = await run(trace, { signal: stop.signal });
    const answeredFirst = 40 - ledger.counts().unansweredRows;
    const second = await run(trace);

    expect(first.end).toEqual({ kind: 'stopped' });
    expect(answeredFirst).toBeGreaterThan(0);
    expect(answeredFirst).toBeLessThan(40);
    expect(second.end).toEqual({ kind: 'complete' });
    expect([...ledger.results()]).toHaveLength(40);
    expect(asked).toHaveLength(40);
  });
});

describe('a file that is not what the job takes it for', () => {
  const shown = (subjectId: number, step: string): TraceResult => {
    const found = { kind: 'found', nhsNumber: aNumber(), details: details() } as const;
    const result = answeredAll(anAsked(step, aSearch({ familyName: `Testby${subjectId}` }), found));
    return { ...result, requests: [aRequest({ messageId: `M${subjectId}` })] };
  };

  it('stops the run when far fewer are matched than the job expects', async () => {
    subjects(2000);

    const { end } = await run(async ({ subjectId }) => said(subjectId), { stopBelow: 0.5 });

    expect(end).toEqual({
      kind: 'halted',
      reason: expect.stringMatching(/^only 0 of the first \d+ rows were matched/),
    });
    expect(ledger.counts().unansweredRows).toBeGreaterThan(0);
  });

  it('is said once: whoever resumes has looked', async () => {
    subjects(150);
    await run(async ({ subjectId }) => said(subjectId), { stopBelow: 0.5 });

    const { end } = await run(async ({ subjectId }) => said(subjectId), { stopBelow: 0.5 });

    expect(end).toEqual({ kind: 'complete' });
    expect([...ledger.results()]).toHaveLength(150);
  });

  it('stops the run before anything is sent when too few rows can be used', async () => {
    ledger.addRows(Array.from({ length: 120 }, (_, at) => aLocalRow(at + 1)));
    ledger.addRows([aTracedRow(121)]);
    const asked: number[] = [];
    const trace: TraceSubject = async ({ subjectId }) => {
      asked.push(subjectId);
      return said(subjectId);
    };

    const first = await run(trace, { stopBelow: 0.5 });
    const askedFirst = [...asked];
    const second = await run(trace, { stopBelow: 0.5 });

    expect(first.end).toEqual({
      kind: 'halted',
      reason: expect.stringContaining('120 of 121 rows are exceptions already'),
    });
    expect(askedFirst).toEqual([]);
    expect(second.end).toEqual({ kind: 'complete' });
    expect(asked).toEqual([1]);
  });

  it('stops the run when people are found only by an exchange, whatever is expected', async () => {
    const number = aNumber();
    ledger.addRows(
      Array.from({ length: 60 }, (_, at) =>
        aTracedRow(at + 1, aSubject({ nhsNumber: number, otherGivenNames: `Alex${at}` })),
      ),
    );

    const { end } = await run(async ({ subjectId }) => shown(subjectId, 'names-exchanged'));

    expect(end).toEqual({
      kind: 'halted',
      reason: expect.stringContaining('family name and given name exchanged'),
    });
  });

  it('is not what a provider makes of it that gives no answer', async () => {
    subjects(120);

    const { end } = await run(
      async ({ subjectId }) => (subjectId % 3 === 0 ? said(subjectId) : unanswered('timeout', [])),
      { stopBelow: 0.3, stopAfterUnanswered: 1000 },
    );

    expect(end).toEqual({ kind: 'unanswered', rows: 80 });
  });
});
