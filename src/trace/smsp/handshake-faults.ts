/** Why TLS with the provider did not come about, in words that say what to mend. By code: messages change. */
import type { X509Certificate } from 'node:crypto';
import type { Check, Say } from '../../domain/check-up.ts';
import { issuerOf, utcMinute } from './certificate-words.ts';

/** The handshake ended without a connection. */
export function handshakeFault(say: Say, code: string, timeoutMs: number): Check {
  const refused = refusalOfClient(code);
  if (refused !== undefined) return say.fault(refused.what, refused.mend);
  if (code === 'ETIMEDOUT') {
    return say.fault(
      `the port is open, but no TLS handshake came within ${timeoutMs / 1000} s`,
      'check that the port speaks https; else a firewall or proxy between holds it up: ask the network team',
    );
  }
  if (NO_TLS.has(code)) {
    return say.fault(
      'what answers there does not speak TLS: a plain HTTP server, or an HTTP proxy',
      "check the port in NHS_TRACE_ENDPOINT or --endpoint: it must be the provider's own https port; the program goes through no proxy",
    );
  }
  if (TOO_OLD.has(code)) {
    return say.fault(
      `there is no version or cipher of TLS that both sides accept (${code})`,
      'the provider must offer TLS 1.2 or later, with a current cipher: tell them',
    );
  }
  if (code === 'ECONNRESET') {
    return say.fault(
      'the connection was closed during the TLS handshake, without a word',
      'the provider, or a firewall between, does not let this machine in: ask both whether its address is allowed',
    );
  }
  return say.fault(`the TLS handshake failed (${code})`, 'tell the provider');
}

export interface Refusal {
  readonly what: string;
  readonly mend: string;
}

const REGISTERED = 'ask the provider which certificate is registered for this system';

/** What the provider's alert says of the client's certificate; undefined when it is about something else. */
export function refusalOfClient(code: string): Refusal | undefined {
  const alert = /_ALERT_(\w+)$/.exec(code)?.[1];
  return alert === undefined ? undefined : ALERTS.get(alert);
}

const ALERTS: ReadonlyMap<string, Refusal> = new Map([
  [
    'CERTIFICATE_REQUIRED',
    {
      what: "the provider asks for a client's certificate, and was given none",
      mend: 'set NHS_TRACE_TLS_PFX, or NHS_TRACE_TLS_CERT with NHS_TRACE_TLS_KEY',
    },
  ],
  [
    'UNKNOWN_CA',
    {
      what: "the provider does not know the authority that issued the client's certificate",
      mend: `give the intermediates with it (see chain above); else ${REGISTERED}`,
    },
  ],
  [
    'CERTIFICATE_EXPIRED',
    {
      what: "the provider says that the client's certificate has ended",
      mend: 'ask for a new certificate; if it has not ended, the provider must set its clock',
    },
  ],
  [
    'CERTIFICATE_REVOKED',
    {
      what: "the provider says that the client's certificate was revoked",
      mend: 'ask for a new certificate',
    },
  ],
  [
    'UNSUPPORTED_CERTIFICATE',
    {
      what: "the provider does not take this kind of client's certificate",
      mend: 'give one that is made for TLS clients (clientAuth)',
    },
  ],
  ...['BAD_CERTIFICATE', 'CERTIFICATE_UNKNOWN', 'ACCESS_DENIED', 'DECRYPT_ERROR'].map(
    (alert): [string, Refusal] => [
      alert,
      { what: "the provider refuses the client's certificate", mend: REGISTERED },
    ],
  ),
  [
    'HANDSHAKE_FAILURE',
    {
      what: "the provider refuses the handshake: for want of a client's certificate that it accepts, or of a common cipher",
      mend: `check that the client's certificate is given (see certificate above); else ${REGISTERED}`,
    },
  ],
]);

const NO_TLS = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_HTTP_REQUEST',
  'ERR_SSL_RECORD_LAYER_FAILURE',
  'EPROTO',
]);

const TOO_OLD = new Set([
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_NO_PROTOCOLS_AVAILABLE',
  'ERR_SSL_DH_KEY_TOO_SMALL',
  'ERR_SSL_NO_SHARED_CIPHER',
]);

/** The server came through the handshake, but is not to be believed. */
export function verificationFault(
  say: Say,
  code: string,
  chain: readonly X509Certificate[],
  hostname: string,
): Check {
  const [own] = chain;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return say.fault(
      `its certificate is not for ${hostname}, but for ${namesOf(own)}`,
      'give the name that the certificate has, in NHS_TRACE_ENDPOINT or --endpoint; if that is wrong, tell the provider',
    );
  }
  if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
    return say.fault(
      periodWords(code, chain),
      "check this machine's clock; if that is right, tell the provider",
    );
  }
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT') {
    return say.fault(
      'its certificate is signed by itself, and is not one that is trusted',
      `the provider must use one of an authority. ${LOOKS_IN}`,
    );
  }
  if (own !== undefined && UNKNOWN_CA.has(code)) {
    return say.fault(
      `its certificate comes from "${issuerOf(own)}", which leads to no authority that is trusted`,
      `put the certificate of that authority, as you had it from the provider, into the file that NHS_TRACE_TLS_CA names. ${LOOKS_IN}`,
    );
  }
  return say.fault(`its certificate is not fit for use (${code})`, 'tell the provider');
}

const LOOKS_IN = 'A proxy that looks into TLS may stand between: ask the network team';

/** The certificate that is out of its period may be one above the server's own, and then not be among those sent. */
function periodWords(code: string, chain: readonly X509Certificate[]): string {
  const nowMs = Date.now();
  if (code === 'CERT_HAS_EXPIRED') {
    const late = chain.find(({ validToDate }) => validToDate.getTime() < nowMs);
    return `its certificate, or one above it, has ended${late ? `: ${utcMinute(late.validToDate)}` : ''}`;
  }
  const early = chain.find(({ validFromDate }) => validFromDate.getTime() > nowMs);
  return `its certificate, or one above it, is not valid yet${early ? `: ${utcMinute(early.validFromDate)}` : ''}`;
}

const LONGEST_LIST = 120;

function namesOf(own: X509Certificate | undefined): string {
  const names = own?.subjectAltName ?? 'no name at all';
  return names.replaceAll(/(?:DNS|IP Address):/g, '').slice(0, LONGEST_LIST);
}

const UNKNOWN_CA = new Set([
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'CERT_UNTRUSTED',
]);
