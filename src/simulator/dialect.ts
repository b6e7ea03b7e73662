/** How a provider writes its replies, where the interface leaves it a choice. */
import { GENERIC_RESPONSE_CODE_OID, PDS_RESPONSE_CODE_OID } from './wire-names.ts';

export interface Dialect {
  /** Prefix of the SOAP namespace. */
  readonly soap: string;
  /** Prefix of the ITK namespace. */
  readonly itk: string;
  /** Prefix of the HL7 namespace with its colon; empty when it is the default namespace. */
  readonly hl7: string;
  readonly contentType: string;
  readonly isUpperCase: boolean;
  /** `action` writes the action with `Response` added; `profile` writes the profile instead. */
  readonly replyAction: 'action' | 'profile';
  /** Whether wsa:RelatesTo carries the message id of the request. */
  readonly isRelated: boolean;
  /** Whether the local identifier stands before the NHS number. */
  readonly isLocalFirst: boolean;
  readonly codeSystem: string;
  /** The codeSystem of an ErrorCode is the default and may be left out. */
  readonly isErrorSystemWritten: boolean;
  /** Whether a faultcode is written as a qualified name: `soap:Client`, not `Client`. */
  readonly isFaultCodePrefixed: boolean;
}

const USUAL: Dialect = {
  soap: 'soap',
  itk: 'itk',
  hl7: '',
  contentType: 'text/xml',
  isUpperCase: true,
  replyAction: 'action',
  isRelated: false,
  isLocalFirst: false,
  codeSystem: PDS_RESPONSE_CODE_OID,
  isErrorSystemWritten: true,
  isFaultCodePrefixed: true,
};

/**
 * `default`: as the published examples. `prefixed`: other prefixes throughout, ids in the other
 * order, the generic code system, a bare faultcode. `mock`: as SMSPMock answers, with lower-case
 * UUIDs, application/soap+xml and the profile for an action; and with RelatesTo.
 */
export const DIALECTS = {
  default: USUAL,
  prefixed: {
    ...USUAL,
    soap: 'SOAP-ENV',
    itk: 'toolkit',
    hl7: 'hl7:',
    contentType: 'text/xml; charset=utf-8',
    isLocalFirst: true,
    codeSystem: GENERIC_RESPONSE_CODE_OID,
    isErrorSystemWritten: false,
    isFaultCodePrefixed: false,
  },
  mock: {
    ...USUAL,
    contentType: 'application/soap+xml',
    isUpperCase: false,
    replyAction: 'profile',
    isRelated: true,
    isFaultCodePrefixed: false,
  },
} as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof DIALECTS;
