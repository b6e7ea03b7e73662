import { describe, expect, it } from 'vitest';
import type { TraceReply } from '../../src/domain/trace.ts';
import { BusyError, FatalError, RetryableError, UnansweredError } from '../../src/errors.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createInFlight } from '../../src/trace/in-flight.ts';
import { type TraceDependencies, traceSubject } from '../../src/trace/trace-subject.ts';
import { aNumber, aStoredSubject, details } from '../support/people.ts';

const REPLY: TraceReply = { answer: { kind: 'no-match' }, code: 'DEMOG-0001' };
const SUBJECT = aStoredSubject(7);
const TIMEOUT = new RetryableError('timeout', 'no answer in time');

type Scripted = TraceReply | Error | ((signal: AbortSignal) => Promise<TraceReply>);

/** A tracer that follows a script, and everything that happened, in order. */
function aWorld(script: readonly Scripted[], changes: Partial<TraceDependencies> = {}) {
  const events: string[] = [];
  const sleeps: number[] = [];
  const holds: number[] = [];
  const asked: string[] = [];
  let nowMs = 1000;
  let ids = 0;
  const clock: Clock = {
    now: () => new Date(nowMs),
    preciseMs: () => nowMs,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      sleeps.push(ms);
      nowMs += ms;
    },
  };
  const dependencies: TraceDependencies = {
    tracer: {
      ask: async (request, { messageId, signal }) => {
        events.push('ask');
        asked.push(messageId);
        expect(request.localIdentifier).toBe('run-1-7');
        const next = script[asked.length - 1];
        nowMs += 12.34;
        if (next === undefined) throw new Error('more was asked than the script holds');
        if (next instanceof Error) throw next;
        return typeof next === 'function' ? next(signal) : next;
      },
      close: async () => {},
    },
    policy: { suppliedNumber: 'getPatientDetails', noNumber: 'getPatientDetailsBySearch' },
    queueId: 'run-1',
    attempts: 3,
    pace: {
      turn: async (signal) => {
        signal.throwIfAborted();
        events.push('turn');
      },
      hold: async (ms) => {
        holds.push(ms);
      },
    },
    inFlight: createInFlight(1),
    clock,
    newId: () => {
      ids += 1;
      return `ID-${ids}`;
    },
    random: () => 0,
    ...changes,
  };
  const trace = (signal = new AbortController().signal, subject = SUBJECT) =>
    traceSubject(subject, dependencies, signal);
  return { trace, events, sleeps, holds, asked };
}

describe('an answer', () => {
  it('is given with its step and its one request', async () => {
    const world = aWorld([REPLY]);

    expect(await world.trace()).toEqual({
      kind: 'answered',
      step: 'all-details',
      answer: { kind: 'no-match' },
      code: 'DEMOG-0001',
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

  it('names the step of a supplied number', async () => {
    const result = await aWorld([REPLY]).trace(
      undefined,
      aStoredSubject(7, { nhsNumber: aNumber() }),
    );

    expect(result).toMatchObject({
      step: 'supplied-number',
      requests: [{ operation: 'getPatientDetails' }],
    });
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

describe('being told to stop', () => {
  const reason = new Error('stop');

  it('before the first request: nothing is sent', async () => {
    const world = aWorld([REPLY]);

    await expect(world.trace(AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(world.asked).toEqual([]);
  });

  it('while a request is open: the reason is thrown, whatever the tracer throws', async () => {
    const stop = new AbortController();
    const world = aWorld([
      async () => {
        stop.abort(reason);
        throw new RetryableError('reset', 'the connection was closed');
      },
    ]);

    await expect(world.trace(stop.signal)).rejects.toBe(reason);
    expect(world.asked).toHaveLength(1);
  });

  it('while the answer comes in: the answer counts', async () => {
    const stop = new AbortController();
    const world = aWorld([
      async () => {
        stop.abort(reason);
        return REPLY;
      },
    ]);

    expect(await world.trace(stop.signal)).toMatchObject({ kind: 'answered' });
  });

  it('while it waits to try again: nothing more is sent', async () => {
    const stop = new AbortController();
    const world = aWorld([TIMEOUT, REPLY], {
      random: () => {
        stop.abort(reason);
        return 0;
      },
    });

    await expect(world.trace(stop.signal)).rejects.toBe(reason);
    expect(world.asked).toHaveLength(1);
  });

  it('while the provider is busy: nothing more is sent', async () => {
    const stop = new AbortController();
    const world = aWorld([new BusyError('HTTP-503'), REPLY], {
      random: () => {
        stop.abort(reason);
        return 0;
      },
    });

    await expect(world.trace(stop.signal)).rejects.toBe(reason);
    expect(world.asked).toHaveLength(1);
  });
});

it('holds no connection while it waits to try again', async () => {
  const inFlight = createInFlight(1);
  let isFree = false;
  const world = aWorld([TIMEOUT, REPLY], {
    inFlight,
    random: () => {
      void inFlight(async () => {
        isFree = true;
      });
      return 0;
    },
  });

  await world.trace();

  expect(isFree).toBe(true);
  expect(world.asked).toHaveLength(2);
});

describe('an answer that names a number and shows nobody', () => {
  const NUMBER = aNumber();
  const OTHER = aNumber('9990341702');
  const SHOWN = details();
  const bare = (nhsNumber = NUMBER): TraceReply => ({
    answer: { kind: 'found', nhsNumber },
    code: 'SMSP-0000',
  });
  const shown = (nhsNumber = NUMBER): TraceReply => ({
    answer: { kind: 'found', nhsNumber, details: SHOWN },
    code: 'SMSP-0000',
  });

  it('is followed by a question for the details of that number', async () => {
    const result = await aWorld([bare(), shown()]).trace();

    expect(result).toMatchObject({
      kind: 'answered',
      step: 'details',
      code: 'SMSP-0000',
      answer: { kind: 'found', nhsNumber: NUMBER, details: SHOWN },
    });
    expect(result.requests.map(({ operation }) => operation)).toEqual([
      'getPatientDetailsBySearch',
      'getPatientDetailsByNHSNumber',
    ]);
    expect(result.requests.map(({ attempt }) => attempt)).toEqual([1, 1]);
  });

  it('keeps the code that told of a superseded number', async () => {
    const superseded: TraceReply = {
      answer: { kind: 'superseded', replacement: OTHER },
      code: 'DEMOG-0017',
    };

    expect(await aWorld([superseded, shown(OTHER)]).trace()).toMatchObject({
      code: 'DEMOG-0017',
      answer: { kind: 'superseded', replacement: OTHER, details: SHOWN },
    });
  });

  it.each([
    ['another number', shown(OTHER)],
    ['nobody', REPLY],
    ['no details again', bare()],
  ])('takes nothing from a second answer that shows %s', async (_name, second) => {
    const result = await aWorld([bare(), second]).trace();

    expect(result).toMatchObject({ answer: { kind: 'found', nhsNumber: NUMBER } });
    expect(result).not.toHaveProperty('answer.details');
  });

  it('is no answer while the second question has none', async () => {
    const result = await aWorld([bare(), TIMEOUT, TIMEOUT, TIMEOUT]).trace();

    expect(result).toMatchObject({ kind: 'unanswered', code: 'timeout' });
    expect(result.requests).toHaveLength(4);
  });
});
