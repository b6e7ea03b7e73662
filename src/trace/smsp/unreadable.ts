import { RetryableError } from '../../errors.ts';

/**
 * A reply that is whole, but not of this interface. Asking once more is enough: the same request
 * gives the same reply (a stated property of the service). `what` must not quote the reply.
 */
export function unreadableReply(what: string): RetryableError {
  return new RetryableError('unreadable-reply', `the reply cannot be used: ${what}`, {
    maxRetries: 1,
  });
}
