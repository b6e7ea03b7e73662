import { describe, expect, it } from 'vitest';
import type { Asked, PendingSubject, Progress } from '../../src/domain/record.ts';
import type { TraceReply, TraceRequest } from '../../src/domain/trace.ts';
import {
  BusyError,
  FatalError,
  RetryableError,
  TooLateError,
  UnansweredError,
  UnsendableError,
} from '../../src/errors.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { nextQuestion } from '../../src/match/next-question.ts';
import { type TraceDependencies, traceSubject } from '../../src/trace/trace-subject.ts';
import {
  aCheck,
  aNumber,
  aRequest,
  aSearch,
  aStoredSubject,
  details,
  searched,
} from '../support/people.ts';
import { aPolicy } from '../support/rules.ts';

const REPLY: TraceReply = { answer: { kind: 'no-match' }, code: 'DEMOG-0001' };
const SUBJECT = aStoredSubject(7);
const TIMEOUT = new RetryableError('timeout', 'no answer in time');

type Scripted = TraceReply | Error | ((signal: AbortSignal) => Promise<TraceReply>);

/** One question for each of the steps, whatever is answered. */
function steps(...names: readonly string[]): TraceDependencies['next'] {
  return (_subject, asked) => {
    const step = names[asked.length];
    return step === undefined ? undefined : { step, question: aSearch() };
  };
}

interface Told {
  readonly subject?: PendingSubject;
  readonly halt?: AbortSignal;
  readonly abort?: AbortSignal;
}

/** A tracer that follows a script, and everything that happened, in order. */
function aWorld(script: readonly Scripted[], changes: Partial<TraceDependencies> = {}) {
  const events: string[] = [];
  const sleeps: number[] = [];
  const holds: number[] = [];
  const asked: string[] = [];
  const audited: string[] = [];
  const sent: TraceRequest[] = [];
  let nowMs = 1000;
  let ids = 0;
  const clock: Clock = {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    machineMs: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
    },
  };
  const dependencies: TraceDependencies = {
    tracer: {
      ask: async (request, { messageId, signal, leave }) => {
        leave?.();
        events.push('ask');
        asked.push(messageId);
        sent.push(request);
        const next = script[asked.length - 1];
        nowMs += 12.34;
        if (next === undefined) throw new Error('more was asked than the script holds');
        if (next instanceof Error) throw next;
        return typeof next === 'function' ? next(signal) : next;
      },
      close: async () => {},
    },
    next: steps('names'),
    queueId: 'run-1',
    attempts: 3,
    pace: {
      turn: async (signal) => {
        signal.throwIfAborted();
        events.push('turn');
        return { leave: () => undefined };
      },
      hold: async (ms) => {
        holds.push(ms);
      },
    },
    audit: {
      add: async ({ event }) => {
        audited.push(event);
      },
    },
    clock,
    newId: () => {
      ids += 1;
      return `ID-${ids}`;
    },
    random: () => 0,
    ...changes,
  };
  const saved: Progress[] = [];
  const never = new AbortController().signal;
  const trace = ({ subject = SUBJECT, halt = never, abort = never }: Told = {}) =>
    traceSubject(subject, dependencies, {
      halt,
      abort,
      save: async (progress) => {
        events.push('save');
        saved.push(structuredClone(progress) as Progress);
      },
    });
  return { trace, events, sleeps, holds, asked, sent, saved, audited };
}

describe('an answer', () => {
  it('is given with its step, its question and its one request', async () => {
    const world = aWorld([REPLY]);

    expect(await world.trace()).toEqual({
      kind: 'answered',
      asked: [
        {
          step: 'names',
          question: aSearch(),
          answer: { kind: 'no-match' },
          code: 'DEMOG-0001',
          messageId: 'ID-1',
        },
      ],
      requests: [
        {
          messageId: 'ID-1',
          operation: 'getPatientDetailsBySearch',
          attempt: 1,
          sentAt: 1000,
          durationMs: 12.3,
          code: 'DEMOG-0001',
        },
      ],
    });
    expect(world.events).toEqual(['turn', 'ask']);
  });

  it('is asked for under the key of this run for this person', async () => {
    const world = aWorld([REPLY]);

    await world.trace({ subject: aStoredSubject(12) });

    expect(world.sent).toEqual([{ ...aSearch(), localIdentifier: 'run-1-12' }]);
  });
});

describe('question by question', () => {
  const other: TraceReply = { answer: { kind: 'multiple-matches' }, code: 'DEMOG-0007' };

  it('the answers so far decide what is asked next', async () => {
    const seen: (readonly Asked[])[] = [];
    const next = steps('first', 'second', 'third');
    const world = aWorld([REPLY, other, REPLY], {
      next: (subject, asked) => {
        seen.push([...asked]);
        return next(subject, asked);
      },
    });

    const result = await world.trace();

    expect(seen.map((asked) => asked.map(({ step, code }) => `${step} ${code}`))).toEqual([
      [],
      ['first DEMOG-0001'],
      ['first DEMOG-0001', 'second DEMOG-0007'],
      ['first DEMOG-0001', 'second DEMOG-0007', 'third DEMOG-0001'],
    ]);
    expect(result).toMatchObject({ kind: 'answered' });
    expect(result.asked).toEqual(seen.at(-1));
  });

  it('every one has its own turn, message id and attempts', async () => {
    const world = aWorld([TIMEOUT, REPLY, TIMEOUT, TIMEOUT, REPLY], {
      next: steps('first', 'second'),
    });

    const result = await world.trace();

    expect(result.kind).toBe('answered');
    expect(result.requests.map(({ messageId, attempt }) => [messageId, attempt])).toEqual([
      ['ID-1', 1],
      ['ID-2', 2],
      ['ID-3', 1],
      ['ID-4', 2],
      ['ID-5', 3],
    ]);
    expect(result.asked.map(({ messageId }) => messageId)).toEqual(['ID-2', 'ID-5']);
    const asking = world.events.filter((event) => event !== 'save');
    expect(asking).toEqual(Array.from({ length: 5 }, () => ['turn', 'ask']).flat());
  });

  it('one without an answer ends it, and keeps what was answered before', async () => {
    const world = aWorld([other, TIMEOUT, TIMEOUT, TIMEOUT], { next: steps('first', 'second') });

    const result = await world.trace();

    expect(result).toMatchObject({
      kind: 'unanswered',
      code: 'timeout',
      asked: [{ step: 'first', code: 'DEMOG-0007', messageId: 'ID-1' }],
    });
    expect(result.requests).toHaveLength(4);
  });

  it('a refusal ends it, and keeps what was answered before', async () => {
    const world = aWorld([other, new FatalError('SMSP-0005', 'check auditIdentity')], {
      next: steps('first', 'second'),
    });

    expect(await world.trace()).toMatchObject({
      kind: 'refused',
      asked: [{ step: 'first' }],
      requests: [{ code: 'DEMOG-0007' }, { code: 'SMSP-0005' }],
    });
  });

  it('what was answered is saved before the next leaves, and what ends it is not', async () => {
    const world = aWorld([other, TIMEOUT, REPLY, REPLY], {
      next: steps('first', 'second', 'third'),
    });

    const result = await world.trace();

    expect(world.events).toEqual([
      'turn',
      'ask',
      'save',
      'turn',
      'ask',
      'turn',
      'ask',
      'save',
      'turn',
      'ask',
    ]);
    expect(world.saved).toEqual([
      { asked: result.asked.slice(0, 1), requests: result.requests.slice(0, 1) },
      { asked: result.asked.slice(0, 2), requests: result.requests.slice(0, 3) },
    ]);
  });

  it('goes on from where it was left, with all that was asked and sent before', async () => {
    const before = searched({ kind: 'multiple-matches' });
    const sent = aRequest({ messageId: before.messageId });
    const lost = aRequest({ messageId: 'LOST', code: 'aborted' });
    const world = aWorld([TIMEOUT, REPLY], { next: steps('first', 'second') });
    const progress = { asked: [before], requests: [sent, lost] };

    const result = await world.trace({ subject: { ...SUBJECT, progress } });

    expect(world.asked).toHaveLength(2);
    expect(result).toMatchObject({
      kind: 'answered',
      asked: [before, { step: 'second', messageId: 'ID-2' }],
      requests: [sent, lost, { messageId: 'ID-1', attempt: 2 }, { messageId: 'ID-2', attempt: 3 }],
    });
    expect(progress).toEqual({ asked: [before], requests: [sent, lost] });
  });

  it('whose answers were enough already asks nothing', async () => {
    const progress = { asked: [searched({ kind: 'no-match' })], requests: [aRequest()] };
    const world = aWorld([], { next: steps('first') });

    expect(await world.trace({ subject: { ...SUBJECT, progress } })).toEqual({
      kind: 'answered',
      ...progress,
    });
  });

  it('being told to halt ends it between two, and says how far it came', async () => {
    const stop = new AbortController();
    const world = aWorld(
      [
        async () => {
          stop.abort();
          return other;
        },
        REPLY,
      ],
      { next: steps('first', 'second') },
    );

    expect(await world.trace({ halt: stop.signal })).toMatchObject({
      kind: 'unfinished',
      asked: [{ step: 'first' }],
      requests: [{ messageId: 'ID-1' }],
    });
    expect(world.asked).toHaveLength(1);
  });

  it('nothing to ask is an answer without a request', async () => {
    const world = aWorld([], { next: () => undefined });

    expect(await world.trace()).toEqual({ kind: 'answered', asked: [], requests: [] });
    expect(world.events).toEqual([]);
  });

  it('a policy asks: a bare number is followed by its details', async () => {
    const policy = aPolicy({
      steps: [
        {
          step: 'number',
          ask: 'getNHSNumber',
          after: ['begin'],
          send: {
            family_name: 'as-given',
            given_name: 'as-given',
            birth_date: 'as-given',
            gender: 'as-given',
          },
        },
      ],
    });
    const bare: TraceReply = { answer: { kind: 'found', nhsNumber: aNumber() }, code: 'SMSP-0000' };
    const shown: TraceReply = {
      answer: { kind: 'found', nhsNumber: aNumber(), details: details() },
      code: 'SMSP-0000',
    };
    const world = aWorld([bare, shown], {
      next: (subject, asked) => nextQuestion(subject, asked, policy),
    });

    const result = await world.trace();

    expect(result.asked.map(({ step }) => step)).toEqual(['number', 'details']);
    expect(world.sent).toEqual([
      { ...aSearch({ operation: 'getNHSNumber' }), localIdentifier: 'run-1-7' },
      { ...aCheck(), localIdentifier: 'run-1-7' },
    ]);
  });
});

describe('no answer', () => {
  it('is tried again, each attempt with a new message id, a new turn, and recorded', async () => {
    const world = aWorld([TIMEOUT, new RetryableError('reset', 'reset'), REPLY]);

    const result = await world.trace();

    expect(result.kind).toBe('answered');
    expect(result.requests.map(({ messageId, code }) => [messageId, code])).toEqual([
      ['ID-1', 'timeout'],
      ['ID-2', 'reset'],
      ['ID-3', 'DEMOG-0001'],
    ]);
    expect(world.asked).toEqual(['ID-1', 'ID-2', 'ID-3']);
    expect(world.events).toEqual(['turn', 'ask', 'turn', 'ask', 'turn', 'ask']);
  });

  it('is given up after as many attempts as the job allows', async () => {
    const world = aWorld([TIMEOUT, TIMEOUT, TIMEOUT]);

    expect(await world.trace()).toMatchObject({ kind: 'unanswered', code: 'timeout' });
    expect(world.asked).toHaveLength(3);
  });

  it('is given up after one attempt when the job allows one', async () => {
    const world = aWorld([TIMEOUT], { attempts: 1 });

    expect(await world.trace()).toMatchObject({ kind: 'unanswered' });
    expect(world.sleeps).toEqual([]);
  });

  it.each([
    [0, 1],
    [1, 2],
    [2, 3],
    [9, 3],
  ])('that is worth %d repetitions is asked %d times', async (maxRetries, times) => {
    const error = new RetryableError('SMSP-9999', 'the provider failed', { maxRetries });
    const world = aWorld([error, error, error]);

    expect(await world.trace()).toMatchObject({ kind: 'unanswered', code: 'SMSP-9999' });
    expect(world.asked).toHaveLength(times);
  });

  it('that will not come today is not asked for again', async () => {
    const world = aWorld([new UnansweredError('SMSP-0001', 'invalid')]);

    expect(await world.trace()).toMatchObject({
      kind: 'unanswered',
      code: 'SMSP-0001',
      requests: [{ messageId: 'ID-1', code: 'SMSP-0001' }],
    });
  });

  it('because the question cannot be sent as it is counts no request', async () => {
    const world = aWorld([new UnsendableError('wildcard', 'a value holds a wildcard')]);

    expect(await world.trace()).toEqual({
      kind: 'unanswered',
      code: 'wildcard',
      asked: [],
      requests: [],
    });
    expect(world.sleeps).toEqual([]);
    expect(world.holds).toEqual([]);
  });

  it('because the provider refuses us holds everybody back until the run has noticed', async () => {
    const world = aWorld([new FatalError('HTTP-403', 'access denied')]);

    await world.trace();

    expect(world.holds).toHaveLength(1);
    expect(world.holds[0]).toBeGreaterThanOrEqual(250);
  });

  it('because the provider refuses us says why, and stops at once', async () => {
    const world = aWorld([TIMEOUT, new FatalError('SMSP-0005', 'check auditIdentity')]);

    expect(await world.trace()).toMatchObject({
      kind: 'refused',
      code: 'SMSP-0005',
      reason: 'check auditIdentity',
      requests: [{ code: 'timeout' }, { code: 'SMSP-0005' }],
    });
  });

  it('by our own mistake is thrown on', async () => {
    await expect(aWorld([new TypeError('a defect')]).trace()).rejects.toThrow('a defect');
  });

  it.each([
    [0, [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]],
    [0.999_999, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]],
  ])('is waited for longer each time, up to a limit: chance %d', async (chance, delays) => {
    const script = Array<Error>(9).fill(TIMEOUT);
    const world = aWorld(script, { attempts: 9, random: () => chance });

    await world.trace();

    expect(world.sleeps).toEqual(delays);
  });
});

describe('a place that went by before the request could leave', () => {
  it('costs nothing: another is waited for, and nothing is on record', async () => {
    const world = aWorld([new TooLateError(), new TooLateError(), REPLY]);

    const result = await world.trace();

    expect(result).toMatchObject({
      kind: 'answered',
      requests: [{ messageId: 'ID-1', attempt: 1 }],
    });
    expect(result.requests).toHaveLength(1);
    expect(world.events).toEqual(Array.from({ length: 3 }, () => ['turn', 'ask']).flat());
    expect([world.holds, world.sleeps]).toEqual([[], []]);
  });

  it('is asked about when the request is about to be written; only then it counts as sent', async () => {
    let nowMs = 1000;
    const left: number[] = [];
    const world = aWorld([], {
      clock: {
        now: () => new Date(nowMs),
        preciseMs: () => nowMs,
        machineMs: () => nowMs,
        sleep: async () => {},
      },
      pace: {
        turn: async () => ({ leave: () => void left.push(nowMs) }),
        hold: async () => {},
      },
      tracer: {
        ask: async (_request, { leave }) => {
          nowMs += 30;
          leave?.();
          nowMs += 5;
          return REPLY;
        },
        close: async () => {},
      },
    });

    const { requests } = await world.trace();

    expect(left).toEqual([1030]);
    expect(requests).toMatchObject([{ sentAt: 1030, durationMs: 5 }]);
  });
});

describe('a busy provider', () => {
  it('costs no attempt, however often it says so, and holds everybody back', async () => {
    const busy = Array<Error>(20).fill(new BusyError('HTTP-503', 1234));
    const world = aWorld([...busy, TIMEOUT, TIMEOUT, REPLY]);

    const result = await world.trace();

    expect(result.kind).toBe('answered');
    expect(result.requests).toHaveLength(23);
    expect(world.holds).toEqual(Array<number>(20).fill(1234));
    expect(world.sleeps).toHaveLength(2);
  });

  it('that does not say how long is left alone longer each time', async () => {
    const world = aWorld([...Array<Error>(8).fill(new BusyError('SMSP-0004')), REPLY]);

    await world.trace();

    expect(world.holds).toEqual([250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
    expect(world.asked).toHaveLength(9);
  });
});

describe('being told to halt', () => {
  it('before the first request: nothing is sent', async () => {
    const world = aWorld([REPLY]);

    expect(await world.trace({ halt: AbortSignal.abort() })).toEqual({
      kind: 'unfinished',
      asked: [],
      requests: [],
    });
    expect(world.asked).toEqual([]);
  });

  it('while a request is open: its answer is waited for, and counts', async () => {
    const stop = new AbortController();
    const world = aWorld([
      async (signal) => {
        stop.abort();
        expect(signal.aborted).toBe(false);
        return REPLY;
      },
    ]);

    expect(await world.trace({ halt: stop.signal })).toMatchObject({ kind: 'answered' });
  });

  it.each([
    ['it waits to try again', TIMEOUT, 'timeout'],
    ['the provider is busy', new BusyError('HTTP-503'), 'HTTP-503'],
  ])('while %s: nothing more is sent, and what was is told', async (_when, error, code) => {
    const stop = new AbortController();
    const world = aWorld([error, REPLY], {
      random: () => {
        stop.abort();
        return 0;
      },
    });

    expect(await world.trace({ halt: stop.signal })).toMatchObject({
      kind: 'unfinished',
      requests: [{ messageId: 'ID-1', code }],
    });
    expect(world.asked).toHaveLength(1);
  });
});

describe('being told to abort', () => {
  it('while a request is open: it is recorded as aborted, whatever the tracer throws', async () => {
    const stop = new AbortController();
    const world = aWorld([
      async () => {
        stop.abort();
        throw new RetryableError('reset', 'the connection was closed');
      },
    ]);

    expect(await world.trace({ abort: stop.signal })).toMatchObject({
      kind: 'unfinished',
      asked: [],
      requests: [{ messageId: 'ID-1', attempt: 1, code: 'aborted' }],
    });
    expect(world.asked).toHaveLength(1);
  });

  it('while the answer comes in: the answer counts', async () => {
    const stop = new AbortController();
    const world = aWorld([
      async () => {
        stop.abort();
        return REPLY;
      },
    ]);

    expect(await world.trace({ abort: stop.signal })).toMatchObject({ kind: 'answered' });
  });
});
