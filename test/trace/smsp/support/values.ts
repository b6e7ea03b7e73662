/** A request and settings that tests change one part of. The people are invented. */
import { type BirthDate, parseBirthDate } from '../../../../src/domain/birth-date.ts';
import { type NhsNumber, parseNhsNumber } from '../../../../src/domain/nhs-number.ts';
import { type Postcode, parsePostcode } from '../../../../src/domain/postcode.ts';
import type { TraceRequest } from '../../../../src/domain/trace.ts';
import type { SmspSettings } from '../../../../src/trace/smsp/settings.ts';

export const MESSAGE_ID = '5E0C3A77-12D4-4B0A-9C55-7A1F0B3E6D21';
export const ROW = 'Q7-000417';
export const NUMBER = nhsNumber('9990123454');
export const OTHER_NUMBER = nhsNumber('9990341702');
export const NOW = new Date('2025-03-04T09:15:00.789Z');

function nhsNumber(text: string): NhsNumber {
  return parsed(parseNhsNumber(text));
}

export function birthDate(text: string): BirthDate {
  return parsed(parseBirthDate(text));
}

function postcode(text: string): Postcode {
  return parsed(parsePostcode(text));
}

/** Holds everything that any operation can take. */
export function aRequest(changes: Partial<TraceRequest> = {}): TraceRequest {
  return {
    operation: 'verifyNHSNumber',
    birthDate: birthDate('19670423'),
    nhsNumber: NUMBER,
    familyName: 'Testbourne',
    givenName: 'Rowan',
    gender: '2',
    postcode: postcode('LS1 4AP'),
    localIdentifier: ROW,
    ...changes,
  };
}

/** The request without the part named. */
export function without<K extends keyof TraceRequest>(
  request: TraceRequest,
  ...keys: K[]
): TraceRequest {
  const copy: Record<string, unknown> = { ...request };
  for (const key of keys) delete copy[key];
  return copy as unknown as TraceRequest;
}

export function someSettings(changes: Partial<SmspSettings> = {}): SmspSettings {
  return {
    endpoint: new URL('https://smsp.example.invalid/smsp/pds'),
    username: 'ZZ9-batch-client',
    fromAddress: 'https://batch.example.invalid/smsp-client',
    auditIdentity: { uri: '200000000999', type: '1.2.826.0.1285.0.2.0.107' },
    senderAddress: 'urn:nhs-uk:addressing:ods:ZZ9:batch',
    localIdentifierRoot: '2.16.840.1.113883.2.1.3.2.4.18.24',
    timeoutMs: 5_000,
    maxBodyBytes: 100_000,
    messageTtlSeconds: 600,
    maxConnections: 4,
    ...changes,
  };
}

/** Upper-case UUIDs that count up. */
export function countingIds(): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `A0B1C2D3-E4F5-4061-8273-${count.toString(16).toUpperCase().padStart(12, '0')}`;
  };
}

function parsed<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test value is not valid');
  return value;
}
