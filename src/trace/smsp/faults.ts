/** SOAP faults (SOAP 1.1, section 4.4) with the ITK error information in their detail. */
import { BusyError, FatalError, RetryableError, UnansweredError } from '../../errors.ts';
import type { XmlElement } from '../../lib/xml-read.ts';
import { ITK, SOAP } from './identifiers.ts';
import { childrenOf, collapse, descendants } from './reply-tree.ts';
import { publicCode } from './response-codes.ts';

export interface SoapFault {
  /** The local part of the fault code, before any dot. */
  readonly origin: 'Client' | 'Server' | 'MustUnderstand' | 'VersionMismatch' | 'unknown';
  /** The toolkit error code, fit for a log: `1000`. Absent when a gateway made the fault. */
  readonly itkCode?: string;
  /** The provider's id of this error, to be quoted to them. */
  readonly errorId?: string;
}

/**
 * The fault in a SOAP body, or `undefined`. Found by element, not by action or status. The texts of
 * a fault are not kept: providers put parts of the request into them.
 */
export function readFault(body: XmlElement): SoapFault | undefined {
  const fault = childrenOf(body, SOAP, 'Fault')[0];
  if (fault === undefined) return undefined;
  const info = descendants(fault, ITK, 'ToolkitErrorInfo')[0];
  const itkCode = childText(info, 'ErrorCode');
  const errorId = childText(info, 'ErrorID');
  return {
    origin: faultOrigin(childText(fault, 'faultcode')),
    ...(itkCode === '' ? {} : { itkCode: publicCode(itkCode) }),
    ...(UUID.test(errorId) ? { errorId } : {}),
  };
}

const UUID = /^[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}$/i;

/** By local name alone: `faultcode` is in no namespace, but some put it into SOAP's. */
function childText(parent: XmlElement | undefined, name: string): string {
  return collapse(parent?.children.find((child) => child.name === name)?.text ?? '');
}

function faultOrigin(faultcode: string): SoapFault['origin'] {
  const local = faultcode.replace(/^.*:/, '').replace(/\..*$/, '');
  return ORIGINS.find((origin) => origin === local) ?? 'unknown';
}

const ORIGINS = ['Client', 'Server', 'MustUnderstand', 'VersionMismatch'] as const;

/**
 * What a fault makes us do. A toolkit code that we know decides; then an HTTP status that has a
 * meaning of its own, as `statusFailure`; then the fault code. A provider that is busy stays busy
 * when its fault only says "try again" (2100).
 */
export function faultError(fault: SoapFault, statusFailure: Error | undefined): Error {
  const known = fault.itkCode === undefined ? undefined : itkError(fault.itkCode, quoted(fault));
  const isBusy = statusFailure instanceof BusyError && fault.itkCode === '2100';
  return (isBusy ? undefined : known) ?? statusFailure ?? originError(fault);
}

function itkError(itkCode: string, details: string): Error | undefined {
  const code = `ITK-${itkCode}`;
  switch (itkCode) {
    case '1000':
      return new UnansweredError(code, `the provider found our message invalid (${details})`);
    case '2100':
      return new RetryableError(code, `the provider could not process our message (${details})`);
    case '2200':
      return new UnansweredError(code, `the provider cannot process our message (${details})`);
    case '3000':
      return new FatalError(code, `access denied (${details}): check username and auditIdentity`);
    default:
      return undefined;
  }
}

function originError(fault: SoapFault): Error {
  const code = fault.itkCode === undefined ? `fault-${fault.origin}` : `ITK-${fault.itkCode}`;
  const message = `the provider answered with a fault (${quoted(fault)})`;
  if (fault.origin === 'Server') return new RetryableError(code, message, { maxRetries: 1 });
  return new UnansweredError(code, message);
}

function quoted({ origin, itkCode, errorId }: SoapFault): string {
  return [
    `fault code ${origin}`,
    itkCode && `toolkit error ${itkCode}`,
    errorId && `error id ${errorId}`,
  ]
    .filter(Boolean)
    .join(', ');
}
