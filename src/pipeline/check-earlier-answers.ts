/** Whom a run would not ask about, because an earlier run did: as far as that can be told without a run. */
import { dirname, join } from 'node:path';
import { reuseOf, type Settings } from '../config/settings.ts';
import type { Subject } from '../domain/record.ts';
import { ConfigError } from '../errors.ts';
import type { EarlierAnswersLacking } from '../report/check-summary.ts';
import type { AnswerStore } from '../run-store/answer-store.ts';
import { withCopyOfAnswers } from '../run-store/copy-of-answers.ts';
import { earlierAnswer } from './reuse-answers.ts';

export interface EarlierAnswers {
  /** `not-wanted`: the job has everybody asked about. */
  readonly state: 'not-wanted' | 'counted' | EarlierAnswersLacking;
  /** The store that was looked for. */
  readonly path?: string;
}

/** Counts a file; `isAnswered` is whether an earlier run's answer would do for somebody. */
type Count<T> = (isAnswered?: (subject: Subject) => boolean) => Promise<T>;

/**
 * Counts a file with the answers that a run in `runPath` at `nowMs` would find, or without any. Changes nothing
 * in the store. Throws whatever `count` throws.
 */
export async function countWithEarlierAnswers<T>(
  settings: Settings,
  runPath: string,
  nowMs: number,
  count: Count<T>,
): Promise<{ readonly earlier: EarlierAnswers; readonly counted: T }> {
  const without = async (earlier: EarlierAnswers) => ({ earlier, counted: await count() });
  const reuse = reuseOf(settings);
  if (reuse === undefined) return without({ state: 'not-wanted' });
  if (reuse === 'without-key') return without({ state: 'no-key' });
  const { endpoint, job } = settings;
  const path = reuse.path ?? join(dirname(runPath), 'answer-store.sqlite');
  if (endpoint === undefined) return without({ state: 'no-endpoint', path });
  const scope = { endpoint: endpoint.href, policy: job.policy };
  const found = await lookInto({ ...reuse, path, scope, nowMs }, async (store) =>
    count((subject) => earlierAnswer(subject, store, job.policy) !== undefined),
  );
  if (typeof found === 'string') return without({ state: found, path });
  return { earlier: { state: 'counted', path }, counted: found.value };
}

async function lookInto<T>(
  options: Parameters<typeof withCopyOfAnswers>[0],
  use: (store: AnswerStore) => Promise<T>,
): Promise<{ readonly value: T } | 'no-store' | 'unreadable'> {
  try {
    const value = await withCopyOfAnswers(options, use);
    return value === undefined ? 'no-store' : { value };
  } catch (error) {
    if (error instanceof ConfigError) return 'unreadable';
    throw error;
  }
}
