/** A rejection of a message as a whole: a SOAP fault with the ITK toolkit error. */

/** Local parts of the SOAP 1.1 fault codes. */
export type FaultCode = 'VersionMismatch' | 'MustUnderstand' | 'Client' | 'Server';

export interface Fault {
  readonly faultCode: FaultCode;
  /** `1000` invalid message, `2100` failed but may be retried, `2200` failed, `3000` access denied. */
  readonly errorCode: string;
  /** ErrorDiagnosticText: says which rule was broken, without repeating anything of the message. */
  readonly diagnostic: string;
}

/** An invalid message: code 1000, the sender's fault. */
export function invalid(diagnostic: string, faultCode: FaultCode = 'Client'): Fault {
  return { faultCode, errorCode: '1000', diagnostic };
}

/** An unknown or missing user: code 3000. */
export function accessDenied(diagnostic: string): Fault {
  return { faultCode: 'Client', errorCode: '3000', diagnostic };
}

const MEANINGS: Readonly<Record<string, string>> = {
  '1000': 'Message not acceptable',
  '2100': 'Processing error, may be retried',
  '2200': 'Processing error',
  '3000': 'Access denied',
};

/** The ErrorText that goes with a code. */
export function errorText(errorCode: string): string {
  return MEANINGS[errorCode] ?? 'Unknown error';
}
