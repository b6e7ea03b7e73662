/** A decision in the codes of the national batch services, PDS MESH and DBS. Pure. docs/outputs.md */
import type { Decision, Exception } from '../domain/decision.ts';
import type { Outcome } from '../domain/exception.ts';

/** How the two services would have called this row. */
export interface BatchCodes {
  /** ERROR/SUCCESS_CODE of PDS MESH. */
  readonly mesh: '00' | '05' | '15' | '90' | '91' | '92' | '97' | '98';
  /** MATCHED_NHS_NO: the row's number, or what MESH puts in its place; empty when it puts nothing. */
  readonly matchedNumber: string;
  /** The DBS trace code; empty when DBS has none, because nobody was looked for. */
  readonly dbs: '' | '20' | '21' | '22' | '30' | '31' | '32' | '33' | '40';
}

/** What the codes depend on beside the decision. */
export interface BatchFacts {
  /** The provider was asked about the number that the row holds. */
  readonly isNumberChecked: boolean;
  /** Searches came to somebody, matched or not. */
  readonly isSomebodyFound: boolean;
  /** Address, practice and telephone are withheld, or must not be used. */
  readonly isRestricted: boolean;
}

/** In MATCHED_NHS_NO, never anybody's number. */
export const NO_MATCH = '0000000000';
export const MULTIPLE_MATCHES = '9999999999';

/**
 * Only a match gets a code under which a loader takes a number (00, 90, 92; 20, 30, 33, 40). What is
 * in doubt is "several", never "none": after "none" somebody may be registered a second time.
 */
export function batchCodes(decision: Decision, facts: BatchFacts): BatchCodes {
  if (decision.kind === 'exception') return codesOfException(decision, facts);
  const { outcome, nhsNumber } = decision;
  const whole = facts.isRestricted ? '92' : '00';
  return {
    mesh: outcome === 'superseded' ? '90' : whole,
    matchedNumber: nhsNumber,
    dbs: DBS_OF_OUTCOME[outcome],
  };
}

const DBS_OF_OUTCOME = {
  verified: '30',
  traced: '20',
  superseded: '40',
  corrected: '33',
} as const satisfies Record<Outcome, BatchCodes['dbs']>;

function codesOfException({ code, candidate }: Exception, facts: BatchFacts): BatchCodes {
  const isSomebody = candidate !== undefined || facts.isSomebodyFound;
  switch (code) {
    case 'unusable':
      return { mesh: '15', matchedNumber: '', dbs: '' };
    case 'failed':
      return { mesh: '05', matchedNumber: '', dbs: '' };
    case 'invalidated':
      return { mesh: '91', matchedNumber: '', dbs: isSomebody ? '32' : '31' };
    case 'not-verified':
      return isSomebody ? several(facts) : none(facts);
    case 'no-match':
      return none(facts);
    case 'multiple-matches':
    case 'possible-match':
    case 'duplicate':
      return several(facts);
  }
}

function none({ isNumberChecked }: BatchFacts): BatchCodes {
  return { mesh: '98', matchedNumber: NO_MATCH, dbs: isNumberChecked ? '31' : '21' };
}

function several({ isNumberChecked }: BatchFacts): BatchCodes {
  return { mesh: '97', matchedNumber: MULTIPLE_MATCHES, dbs: isNumberChecked ? '32' : '22' };
}
