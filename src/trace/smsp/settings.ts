import { ConfigError } from '../../errors.ts';
import { NHS_NUMBER_OID } from './identifiers.ts';

/** Everything that differs between one Spine Mini Service Provider and another. */
export interface SmspSettings {
  /** One address for all five operations. `https:`, or `http:` to this machine only. */
  readonly endpoint: URL;
  /** Mutual TLS. The client's certificate comes as PFX, or as PEM certificate and key. */
  readonly tls?: SmspTlsSettings;
  /** Agreed with the provider; names this system, not a person (WS-Security UsernameToken). */
  readonly username: string;
  /** `wsa:From`; left out when absent. */
  readonly fromAddress?: string;
  /** Who asks, for the provider's audit (MSCA-AUD-04). An ASID needs its type. */
  readonly auditIdentity: { readonly uri: string; readonly type?: string };
  /** `urn:nhs-uk:addressing:ods:ORG:SUFFIX`; left out when absent. */
  readonly senderAddress?: string;
  /** OID under which our row keys travel: usually 2.16.840.1.113883.2.1.3.2.4.18.24. */
  readonly localIdentifierRoot: string;
  /** From the call of `ask` to the last byte of the reply. */
  readonly timeoutMs: number;
  /** A longer reply is refused while it is read. */
  readonly maxBodyBytes: number;
  /** How long after its creation a message may be accepted (`wsu:Expires`). */
  readonly messageTtlSeconds: number;
  /** Connections open at the same time; further requests wait, which counts against `timeoutMs`. */
  readonly maxConnections: number;
}

export interface SmspTlsSettings {
  readonly pfx?: Buffer;
  readonly passphrase?: string;
  readonly certificate?: string;
  readonly key?: string;
  /** PEM. Replaces the public roots: the NHS endpoint CA is private. */
  readonly ca?: string;
  /** The name expected in the server's certificate, where the endpoint is an address or an alias. */
  readonly serverName?: string;
}

/** Throws ConfigError with every fault at once. Nothing in it is a secret. */
export function checkSettings(settings: SmspSettings): void {
  const faults = [...endpointFaults(settings.endpoint), ...tlsFaults(settings.tls ?? {})];
  if (settings.username.trim() === '') faults.push('username is empty');
  if (settings.auditIdentity.uri.trim() === '') {
    faults.push('auditIdentity.uri is empty: every message must say who asks (MSCA-AUD-04)');
  }
  const root = settings.localIdentifierRoot;
  if (!OID.test(root)) faults.push('localIdentifierRoot is not an OID such as 2.16.840.1');
  if (root === NHS_NUMBER_OID) faults.push('localIdentifierRoot is the OID of the NHS number');
  for (const name of LIMITS) {
    if (!Number.isInteger(settings[name]) || settings[name] < 1) {
      faults.push(`${name} is not a whole number above 0`);
    }
  }
  if (faults.length > 0) throw new ConfigError(`SMSP settings: ${faults.join('; ')}`);
}

const OID = /^[0-2](?:\.(?:0|[1-9]\d*))+$/;
const LIMITS = ['timeoutMs', 'maxBodyBytes', 'messageTtlSeconds', 'maxConnections'] as const;

function endpointFaults({ protocol, hostname, username, password, hash }: URL): string[] {
  const faults: string[] = [];
  if (protocol !== 'https:' && protocol !== 'http:')
    faults.push('endpoint is not an https address');
  if (protocol === 'http:' && !LOOPBACK.test(hostname)) {
    faults.push('endpoint is http to another machine: use https');
  }
  if (username !== '' || password !== '') faults.push('endpoint holds a user name or a password');
  if (hash !== '') faults.push('endpoint holds a fragment (#…)');
  return faults;
}

/** RFC 6890: 127.0.0.0/8 and ::1. The URL class has brought every spelling into this form. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

function tlsFaults({ pfx, certificate, key, ca, serverName }: SmspTlsSettings): string[] {
  const faults: string[] = [];
  if (pfx !== undefined && certificate !== undefined) {
    faults.push('both a PFX and a PEM certificate are given: give one');
  }
  if ((certificate === undefined) !== (key === undefined)) {
    faults.push('a PEM certificate and its key must be given together');
  }
  if (ca !== undefined && !ca.includes('-----BEGIN CERTIFICATE-----')) {
    faults.push('the CA bundle holds no PEM certificate');
  }
  if (serverName === '') faults.push('serverName is empty');
  return faults;
}
