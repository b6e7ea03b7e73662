/** Errors of the connection, by what they make us do. By code: messages change between versions. */
import { FatalError, RetryableError } from '../../errors.ts';

/**
 * Our error for one that undici, TLS or the system raised; the error itself when it has no code of
 * theirs, for then it is a bug of ours. A refused certificate or handshake stops the run: every row
 * would meet it.
 */
export function transportError(error: unknown): unknown {
  // No cause: the error of the HTTP parser holds the bytes of the reply.
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return new RetryableError('unreadable-reply', 'the reply is not HTTP');
  }
  const code = codeOf(error);
  if (code === undefined) return error;
  const mend = tlsMend(code);
  if (mend !== undefined) {
    return new FatalError('tls', `no trusted connection (${code}): ${mend}`, { cause: error });
  }
  if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') {
    return new RetryableError('reply-too-large', 'the reply is longer than maxBodyBytes', {
      maxRetries: 1,
    });
  }
  // undici's own, for a protocol switched to that nobody asked for. We assert nothing.
  if (code === 'ERR_ASSERTION') {
    return new RetryableError('unreadable-reply', 'the reply is not HTTP as it was asked for');
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new RetryableError('unreadable-reply', 'the headers of the reply are too long');
  }
  const kind = connectionKind(code, error);
  return kind === undefined
    ? error
    : new RetryableError(kind, `no reply (${code})`, { cause: error });
}

const KINDS: ReadonlyMap<string, 'timeout' | 'unreachable' | 'reset'> = new Map([
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['ETIMEDOUT', 'timeout'],
  ['ECONNREFUSED', 'unreachable'],
  ['ENOTFOUND', 'unreachable'],
  ['EAI_AGAIN', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_INFO', 'reset'],
  ['UND_ERR_ABORTED', 'reset'],
  ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'reset'],
  ['ERR_SSL_UNEXPECTED_EOF_WHILE_READING', 'reset'],
  ['ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC', 'reset'],
  ['ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC', 'reset'],
]);

function tlsMend(code: string): string | undefined {
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'the server’s certificate is for another name; check the endpoint, or set the server name that it carries';
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return 'the server’s certificate is out of its period; check this machine’s clock, else tell the provider';
  }
  if (UNTRUSTED.has(code)) {
    return 'the server’s certificate is not from a CA that we trust; set the CA bundle of the provider';
  }
  if (UNFIT.has(code)) {
    return 'the server’s certificate is not fit for use; tell the provider';
  }
  if (KINDS.has(code)) return undefined;
  if (code.includes('_ALERT_')) {
    return 'the provider refused the handshake; check that our client certificate is given, current and registered with them';
  }
  if (/^(?:ERR_SSL_|ERR_TLS_|ERR_OSSL_|EPROTO$)/.test(code)) {
    return 'no common TLS (1.2 or later); check that the endpoint’s port speaks https';
  }
  return undefined;
}

/** Broken dates, and whatever Node has no name for: a weak key or digest, an unknown critical extension. */
const UNFIT = new Set([
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'UNSPECIFIED',
]);

/** Results of verifying a certificate chain, as Node reports them (OpenSSL's X509_V_ERR_ names). */
const UNTRUSTED = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_SIGNATURE_FAILURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'HOSTNAME_MISMATCH',
]);

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** What stopped the exchange; `undefined` for a misuse of undici, which is a bug of ours. */
function connectionKind(code: string, error: unknown): string | undefined {
  // Any other error of a system call (no file handle left, forbidden by a firewall …) has `syscall`.
  const isSystemError = error instanceof Error && 'syscall' in error;
  return KINDS.get(code) ?? (isSystemError ? 'unreachable' : undefined);
}
