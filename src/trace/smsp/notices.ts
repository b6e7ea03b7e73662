/** What a run is warned of about the connection with the provider, each once: certificates that end, clocks that differ. */
import { endNotice } from './certificate-words.ts';
import { clientCertificate } from './client-certificate.ts';
import { aheadWords, CLOCK_WARN_SECONDS, clockAheadSeconds } from './server-clock.ts';
import type { SecureEvents } from './soap-client.ts';

export type NoticeKind = 'provider.certificate-ends' | 'provider.clock-differs';

/** `reason` names nobody: not the holder of a certificate, either. */
export type OnNotice = (kind: NoticeKind, reason: string) => void;

export interface Notices extends Required<SecureEvents> {
  /** `date`: what the reply says of its time. */
  readonly onReply: (date: string | undefined, sentMs: number, repliedMs: number) => void;
}

export function createNotices(clock: () => Date, onNotice: OnNotice): Notices {
  let isServerSeen = false;
  let isClockSeen = false;
  const certificateEnds = (notice: string | undefined): void => {
    if (notice !== undefined) onNotice('provider.certificate-ends', notice);
  };
  return {
    onIdentity: (context) => {
      const own = clientCertificate(context);
      if (own !== undefined) certificateEnds(endNotice("the client's certificate", own, clock()));
    },
    onSecure: (socket) => {
      const theirs = isServerSeen ? undefined : socket.getPeerX509Certificate();
      if (theirs === undefined) return;
      isServerSeen = true;
      certificateEnds(endNotice("the provider's certificate", theirs, clock()));
    },
    onReply: (date, sentMs, repliedMs) => {
      const ahead = isClockSeen ? undefined : clockAheadSeconds(date, sentMs, repliedMs);
      if (ahead === undefined) return;
      isClockSeen = true;
      if (Math.abs(ahead) <= CLOCK_WARN_SECONDS) return;
      onNotice('provider.clock-differs', `this machine's clock is ${aheadWords(ahead)}`);
    },
  };
}
