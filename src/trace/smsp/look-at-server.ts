/** For `doctor`: the provider, from its name to its clock, as far as it can be reached. */
import { type Check, checksOf } from '../../domain/check-up.ts';
import { ConfigError } from '../../errors.ts';
import { refusalOfClient } from './handshake-faults.ts';
import { lookAtHandshake } from './look-at-handshake.ts';
import { askHead, type HeadReply } from './look-at-http.ts';
import { lookAtNetwork } from './look-at-network.ts';
import { aheadWords, CLOCK_WARN_SECONDS, clockAheadSeconds } from './server-clock.ts';
import type { SmspTlsSettings } from './settings.ts';
import { type Trust, trust } from './trust.ts';

export interface ServerLook {
  readonly endpoint: URL;
  readonly tls: SmspTlsSettings;
  /** For each step. */
  readonly timeoutMs: number;
  /** How long a message is valid. */
  readonly lifetimeSeconds: number;
  readonly now: () => Date;
}

const sayHttp = checksOf('HTTP');
const sayMutual = checksOf('mutual TLS');
const sayClock = checksOf('clock');
const NO_REPLY = "the provider's time is not known without its reply";

/** Three connections at most; each but the last only when the one before came to something. */
export async function lookAtServer(look: ServerLook): Promise<readonly Check[]> {
  const network = await lookAtNetwork(look.endpoint, look.timeoutMs);
  if (hasFault(network)) return [...network, ...unreached()];
  if (look.endpoint.protocol === 'http:') {
    const reply = await askHead({ ...look, trusted: undefined });
    return [...network, ...httpChecks(reply, look)];
  }
  const trusted = trustOf(look.tls);
  if (trusted === undefined) {
    return [
      ...network,
      checksOf('TLS').notLookedAt('the files named above must be mended first'),
      ...unreached(),
    ];
  }
  const handshake = await lookAtHandshake({ ...look, trusted });
  if (hasFault(handshake)) return [...network, ...handshake, ...unreached()];
  const reply = await askHead({ ...look, trusted });
  const mutual = await mutualChecks(reply, look);
  return [...network, ...handshake, ...mutual, ...httpChecks(reply, look)];
}

function trustOf(tls: SmspTlsSettings): Trust | undefined {
  try {
    return trust(tls);
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

function hasFault(checks: readonly Check[]): boolean {
  return checks.some(({ state }) => state === 'fault');
}

function unreached(): readonly Check[] {
  return [sayHttp.notLookedAt('see above'), sayClock.notLookedAt(NO_REPLY)];
}

/** Whether the provider wants our certificate, and takes it. In TLS 1.3 that shows only with the first reply. */
async function mutualChecks(reply: HeadReply, look: ServerLook): Promise<readonly Check[]> {
  const { pfx, certificate } = look.tls;
  const hasOwn = pfx !== undefined || certificate !== undefined;
  if ('failure' in reply) return [refusedOrSilent(reply.failure, hasOwn, look.timeoutMs)];
  if (!hasOwn) {
    return [
      sayMutual.ok('the provider speaks with a client that shows no certificate, as this one'),
    ];
  }
  const { ca } = look.tls;
  const tls = ca === undefined ? {} : { ca };
  const without = await askHead({ ...look, tls, trusted: trust(tls) });
  return [comparedWithout(reply.status, without)];
}

function comparedWithout(status: number, without: HeadReply): Check {
  const accepted =
    "the provider accepts the client's certificate, and refuses a client without one";
  if ('failure' in without) {
    return isTimeout(without.failure)
      ? sayMutual.notLookedAt('a client without a certificate had no reply in time')
      : sayMutual.ok(accepted);
  }
  if (isRefusal(status)) {
    return sayMutual.notLookedAt(`the provider says HTTP ${status}, with the certificate too`);
  }
  if (isRefusal(without.status)) return sayMutual.ok(accepted);
  return sayMutual.warning(
    "the provider speaks with clients that show no certificate as well, so nothing says that it looked at the client's",
    'ask the provider whether that is meant to be so',
  );
}

/** nginx says 400 where a certificate is wanted. */
function isRefusal(status: number): boolean {
  return status === 400 || status === 401 || status === 403;
}

function refusedOrSilent(code: string, hasOwn: boolean, timeoutMs: number): Check {
  const refusal = refusalOfClient(code);
  if (refusal !== undefined) return sayMutual.fault(refusal.what, refusal.mend);
  if (isTimeout(code)) {
    return sayMutual.notLookedAt(`no reply came within ${timeoutMs / 1000} s`);
  }
  return sayMutual.fault(
    `the provider closed the connection after the handshake (${code})`,
    hasOwn
      ? "most often that is how a client's certificate is refused: ask the provider which one is registered for this system"
      : 'most often that is how a client without a certificate is refused: set NHS_TRACE_TLS_PFX, or NHS_TRACE_TLS_CERT with NHS_TRACE_TLS_KEY',
  );
}

function isTimeout(code: string): boolean {
  return /^UND_ERR_(?:HEADERS|CONNECT|BODY)_TIMEOUT$|^ETIMEDOUT$/.test(code);
}

function httpChecks(reply: HeadReply, look: ServerLook): readonly Check[] {
  if ('failure' in reply) return [silent(reply.failure, look), sayClock.notLookedAt(NO_REPLY)];
  return [statusCheck(reply.status), clockCheck(reply, look)];
}

function silent(code: string, { endpoint, timeoutMs }: ServerLook): Check {
  if (isTimeout(code)) {
    return sayHttp.warning(
      `no reply to HEAD within ${timeoutMs / 1000} s`,
      'the service may be down, or not know HEAD: ask the provider',
    );
  }
  if (endpoint.protocol === 'https:' && !code.startsWith('HPE_')) {
    return sayHttp.notLookedAt('no reply came (see mutual TLS)');
  }
  return sayHttp.fault(
    `what answers there does not speak HTTP (${code})`,
    'check the port in NHS_TRACE_ENDPOINT or --endpoint',
  );
}

function statusCheck(status: number): Check {
  if (status >= 300 && status < 400) {
    return sayHttp.fault(
      `the provider redirects to another address (HTTP ${status}), which is never followed`,
      'ask for the address that answers, and give it in NHS_TRACE_ENDPOINT or --endpoint',
    );
  }
  if (status === 407) {
    return sayHttp.fault(
      'an HTTP proxy answers, and asks for credentials (HTTP 407)',
      "give the provider's own address; the program goes through no proxy",
    );
  }
  if (status === 401 || status === 403) {
    return sayHttp.warning(
      `the provider answers HEAD with HTTP ${status}: not allowed`,
      "it may refuse only HEAD; if a run is refused too, ask whether the client's certificate is registered for this address",
    );
  }
  const but =
    status === 404 || status === 410
      ? '; if it says so to a run too, the path of the endpoint is wrong'
      : '';
  return sayHttp.ok(`the provider answers HEAD with HTTP ${status}, and any answer will do${but}`);
}

/** A message that is older than its lifetime on arrival, or made in the future, is refused. */
function clockCheck(
  { date, sentMs, repliedMs }: Extract<HeadReply, { status: number }>,
  { lifetimeSeconds }: ServerLook,
): Check {
  const ahead = clockAheadSeconds(date, sentMs, repliedMs);
  if (ahead === undefined) return sayClock.notLookedAt('the reply has no Date header');
  const words = `this machine's clock is ${aheadWords(ahead)}`;
  const mend = 'let this machine keep time by NTP (timedatectl status shows whether it does)';
  if (Math.abs(ahead) > lifetimeSeconds / 2) {
    return sayClock.fault(
      `${words}, and messages are valid for ${lifetimeSeconds} s (message_lifetime_seconds)`,
      mend,
    );
  }
  if (Math.abs(ahead) > CLOCK_WARN_SECONDS) return sayClock.warning(words, mend);
  return sayClock.ok(`this machine's clock is within ${CLOCK_WARN_SECONDS} s of the provider's`);
}
