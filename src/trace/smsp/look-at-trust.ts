/** For `doctor`: the authorities from which the provider's certificate may come. */
import { rootCertificates } from 'node:tls';
import { type Check, checksOf } from '../../domain/check-up.ts';
import { issuerOf, periodCheck } from './certificate-words.ts';
import type { SmspTlsSettings } from './settings.ts';
import { certificatesIn } from './trust.ts';

const say = checksOf('trust');
const MEND = 'ask the provider for the certificate of the authority that it uses now';

export function lookAtTrust({ ca }: SmspTlsSettings, now: Date): readonly Check[] {
  if (ca === undefined) {
    return [
      say.ok(
        `NHS_TRACE_TLS_CA is not set: the ${rootCertificates.length} public authorities that come with Node are trusted, and nobody else`,
      ),
    ];
  }
  const authorities = readAll(ca);
  if (authorities === undefined) {
    return [say.fault('NHS_TRACE_TLS_CA holds a certificate that cannot be read', MEND)];
  }
  if (authorities.length === 0) {
    return [
      say.fault(
        'NHS_TRACE_TLS_CA names a file that holds no certificate',
        'give a PEM file, which has a block that is called CERTIFICATE',
      ),
    ];
  }
  const periods = authorities
    .map((one) => periodCheck(say, `one of them, of "${issuerOf(one)}",`, one, now, MEND))
    .filter(({ state }) => state !== 'ok');
  const isUsable = periods.filter(({ state }) => state === 'fault').length < authorities.length;
  const count = `${authorities.length} ${authorities.length === 1 ? 'authority' : 'authorities'}`;
  return [
    say.ok(`NHS_TRACE_TLS_CA holds ${count}; nobody else is trusted`),
    // Old ones may stand beside the one that counts.
    ...periods.map((check) =>
      isUsable && check.state === 'fault' ? say.warning(check.what, check.mend) : check,
    ),
  ];
}

function readAll(pem: string) {
  try {
    return certificatesIn(pem);
  } catch {
    return undefined;
  }
}
