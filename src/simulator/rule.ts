/** The shape of one envelope rule, and what the rules are told besides the message. */
import type { Fault } from './fault.ts';
import type { ReceivedMessage } from './read-request.ts';

export interface RuleSettings {
  readonly isStrict: boolean;
  /** The SOAPAction header without its quotes; absent when it was not sent. */
  readonly soapAction: string | undefined;
  /** Usernames that may ask; absent: any. */
  readonly authorisedUsernames?: readonly string[] | undefined;
  /** URIs of audit identities that may ask; absent: any. */
  readonly authorisedAuditIdentities?: readonly string[] | undefined;
  /** What wsa:To must be; absent: anything. */
  readonly expectedTo?: string | undefined;
  /** The current time in milliseconds. */
  readonly nowMs: number;
}

/** Gives the fault, or `undefined` when the message keeps the rule. */
export type Rule = (message: ReceivedMessage, settings: RuleSettings) => Fault | undefined;
