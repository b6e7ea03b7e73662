/** Tells one question from another without keeping it. */
import { createHmac, createSecretKey, randomBytes } from 'node:crypto';
import type { Query } from './query.ts';

const CHARACTERS = 16;

/**
 * The same digest for the same question about the same subject: the local identifier is part of it.
 * The key is thrown away with the process, so that nobody can find out who it was about.
 */
export function createQuestionDigest(): (query: Query) => string {
  const key = createSecretKey(randomBytes(32));
  return (query) =>
    createHmac('sha256', key)
      .update(JSON.stringify(query))
      .digest('base64url')
      .slice(0, CHARACTERS);
}
