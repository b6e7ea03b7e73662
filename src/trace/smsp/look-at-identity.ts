/** For `doctor`: the client's certificate, its key, and what is given with it. Nothing is sent. */
import type { X509Certificate } from 'node:crypto';
import { type Check, checksOf } from '../../domain/check-up.ts';
import { ConfigError } from '../../errors.ts';
import { issuerOf, periodCheck } from './certificate-words.ts';
import { certificatesShown } from './client-certificate.ts';
import { identityFault } from './identity-faults.ts';
import type { SmspTlsSettings } from './settings.ts';
import { isIssuedBy, trust } from './trust.ts';

const say = checksOf('certificate');
const sayChain = checksOf('chain');

/** `tls` without a certificate gives one line that says so. */
export async function lookAtIdentity(tls: SmspTlsSettings, now: Date): Promise<readonly Check[]> {
  if (tls.pfx === undefined && tls.certificate === undefined) {
    return [
      say.warning(
        'no certificate of the client is given, which providers ask for (mutual TLS)',
        'set NHS_TRACE_TLS_PFX, or NHS_TRACE_TLS_CERT with NHS_TRACE_TLS_KEY',
      ),
    ];
  }
  const shown = await readIdentity(tls);
  if ('what' in shown) return [say.fault(shown.what, shown.mend)];
  const [own, ...others] = shown;
  if (own === undefined) return [say.fault('no certificate was found', 'check the files')];
  return [
    say.ok(
      `read from ${tls.pfx === undefined ? 'PEM' : 'PFX'}; ${tls.passphrase === undefined ? '' : 'the passphrase opens it; '}the key belongs to it`,
    ),
    periodCheck(
      say,
      'it',
      own,
      now,
      'ask for a new one now: being given one, and registered with it, takes weeks',
    ),
    ...useChecks(own),
    ...chainChecks(own, others, now),
  ];
}

/** Without the authorities: whether those can be read is looked at apart. */
async function readIdentity({ ca: _, ...tls }: SmspTlsSettings) {
  try {
    return await certificatesShown(trust(tls).secureContext);
  } catch (error) {
    return identityFault(error instanceof ConfigError ? error.cause : error, tls);
  }
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USE = '2.5.29.37.0';

function useChecks({ ca, keyUsage, publicKey }: X509Certificate): readonly Check[] {
  const checks: Check[] = [];
  if (ca) {
    checks.push(
      say.fault(
        "it is an authority's certificate, not a client's",
        "give the endpoint's own certificate with its key; keep an authority's key elsewhere",
      ),
    );
  }
  // Node calls the extended key usage so; it is absent when any use is allowed.
  const uses: readonly string[] | undefined = keyUsage;
  const isForClients = uses?.some((use) => use === CLIENT_AUTH || use === ANY_USE) ?? true;
  checks.push(
    isForClients
      ? say.ok(`it may be used by a TLS client; its key is ${keyWords(publicKey)}`)
      : say.warning(
          `it is not made for TLS clients (extended key usage); its key is ${keyWords(publicKey)}`,
          'ask for one with clientAuth; most servers refuse another',
        ),
  );
  return checks;
}

function keyWords({
  asymmetricKeyType,
  asymmetricKeyDetails,
}: X509Certificate['publicKey']): string {
  const type = String(asymmetricKeyType).toUpperCase();
  const { modulusLength, namedCurve } = asymmetricKeyDetails ?? {};
  return modulusLength === undefined ? `${type} ${namedCurve ?? ''}` : `${type} ${modulusLength}`;
}

/** Follows the chain as far as it was given; the order does not matter. */
function chainChecks(
  own: X509Certificate,
  others: readonly X509Certificate[],
  now: Date,
): readonly Check[] {
  const issuedBy = `it was issued by "${issuerOf(own)}"`;
  if (isIssuedBySelf(own)) {
    return [sayChain.warning('it is signed by itself', 'ask whether the provider accepts that')];
  }
  if (others.length === 0) {
    return [
      sayChain.ok(`${issuedBy}, which the provider must know: no intermediate is given with it`),
    ];
  }
  const links = followChain(own, others);
  const last = links.at(-1);
  if (last === undefined) {
    return [
      sayChain.warning(
        `${issuedBy}, which is none of the certificates that are given with it`,
        'put the certificate of that authority behind your own (NHS_TRACE_TLS_CERT), or into the PFX',
      ),
    ];
  }
  return [
    sayChain.ok(
      `${count(links.length)} given with it ${links.length === 1 ? 'leads' : 'lead'} to "${issuerOf(last)}"`,
    ),
    ...strays(others.length - links.length),
    ...links
      .map((link) => periodCheck(sayChain, 'one that was given with it', link, now, RENEW_CHAIN))
      .filter(({ state }) => state !== 'ok'),
  ];
}

const RENEW_CHAIN = 'ask for a new certificate, with the authorities above it';

function followChain(
  own: X509Certificate,
  others: readonly X509Certificate[],
): readonly X509Certificate[] {
  const links: X509Certificate[] = [];
  for (;;) {
    const below = links.at(-1) ?? own;
    if (isIssuedBySelf(below)) return links;
    const next = others.find((one) => !isSame(one, below) && isIssuedBy(below, one));
    if (next === undefined || links.includes(next)) return links;
    links.push(next);
  }
}

function strays(unused: number): readonly Check[] {
  if (unused === 0) return [];
  return [
    sayChain.warning(
      `${count(unused)} given with it ${unused === 1 ? 'is' : 'are'} not of its chain`,
      'leave out what does not stand above your own certificate',
    ),
  ];
}

function isSame(one: X509Certificate, other: X509Certificate): boolean {
  return one.fingerprint256 === other.fingerprint256;
}

function isIssuedBySelf(certificate: X509Certificate): boolean {
  return certificate.checkIssued(certificate);
}

const count = (n: number): string => (n === 1 ? '1 certificate' : `${n} certificates`);
