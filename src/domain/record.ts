/** A row of the input on its way through the run. */
import type { Demographics } from './demographics.ts';
import type { Field } from './field.ts';
import type { Finding } from './finding.ts';
import type { NhsNumber } from './nhs-number.ts';
import type { Question, TraceReply } from './trace.ts';

/** Why a row is not sent at all. */
export type RowProblem =
  /** The line holds more or fewer cells than the header. */
  | { readonly kind: 'ragged'; readonly cells: number; readonly expected: number }
  | { readonly kind: 'empty' }
  /** A cell holds parts of another row, after a line break or an open quotation mark. */
  | { readonly kind: 'run-together' }
  /** A total or a closing line of the report that the file was made by. */
  | { readonly kind: 'footer' }
  /** The header row once more, as in files that were put together. */
  | { readonly kind: 'header-again' }
  /** What stands in it is not enough to ask with, or may not be asked with. */
  | { readonly kind: 'not-enough'; readonly missing: readonly Field[] }
  /** A baby under six weeks without a name: trace again later. */
  | { readonly kind: 'postponed' }
  /** What stood in it was taken out of the run: `purge --nhs-number`. */
  | { readonly kind: 'deleted' };

/** A data row as it was read. */
export interface IngestedRow {
  /** 1-based data row of the input. */
  readonly row: number;
  /** The cells as they stood, one for each header. */
  readonly cells: readonly string[];
  readonly findings: readonly Finding[];
  readonly fate:
    | { readonly kind: 'trace'; readonly subject: Subject }
    | {
        readonly kind: 'local';
        readonly problem: RowProblem;
        /** The one that the row holds; other rows may come to it. */
        readonly nhsNumber?: NhsNumber;
      };
}

/** A row as the ledger gives it back, with what became of it. */
export interface AnsweredRow extends IngestedRow {
  /** Absent while a row that is to be traced has no answer, and always for the others. */
  readonly result?: TraceResult;
  /** When the answer was recorded, or when the row was read; ISO 8601, UTC. */
  readonly at: string;
}

/** A distinct person to trace: rows with the same demographics share one. */
export interface Subject {
  readonly demographics: Demographics;
  readonly route: 'verify' | 'search';
}

/** A subject in the ledger. */
export interface StoredSubject extends Subject {
  readonly subjectId: number;
}

/** A subject that is to be traced: from its first question, or from where it was left. */
export interface PendingSubject extends StoredSubject {
  readonly progress?: Progress;
}

/** One request that left for the provider, whether or not an answer came. */
export interface SentRequest {
  readonly messageId: string;
  readonly operation: string;
  /** 1 for the first time that a question was sent, 2 and more when no answer came before. */
  readonly attempt: number;
  /** When it left, in milliseconds since 1970, with a fraction. */
  readonly sentAt: number;
  readonly durationMs: number;
  /** The provider's code, or what went wrong instead of an answer: `timeout`, `HTTP-503`. */
  readonly code: string;
}

/** One step of a search, and what came back. */
export interface Asked extends TraceReply {
  /** Its name in the search policy; `details` for one that fetches what a bare number left out. */
  readonly step: string;
  readonly question: Question;
  /** Of the request that was answered. */
  readonly messageId: string;
}

/** How far the questions about a subject have come. */
export interface Progress {
  /** What was asked and answered, in order. */
  readonly asked: readonly Asked[];
  /** Every request that left, in order. */
  readonly requests: readonly SentRequest[];
}

/** What became of one subject. */
export type TraceResult = Progress &
  (
    | {
        readonly kind: 'answered';
        /** Present when an earlier run asked, and this one did not have to. */
        readonly isEarlier?: true;
      }
    /** A question without an answer, after every retry. */
    | { readonly kind: 'unanswered'; readonly code: string }
    /** The provider refuses us, not this person: the run must stop. */
    | { readonly kind: 'refused'; readonly code: string; readonly reason: string }
  );

/** A subject that is not at its end yet, because its worker goes on or was told to stop. */
export type Unfinished = Progress & { readonly kind: 'unfinished' };

/** What a worker says of a subject. */
export type Traced = TraceResult | Unfinished;

export const NO_PROGRESS: Progress = { asked: [], requests: [] };

/** What a worker lends to whoever traces a subject. */
export interface Hand {
  /** Aborted when nothing more may be sent; what is in flight may come to its end. */
  readonly halt: AbortSignal;
  /** Aborted, after `halt`, when what is in flight must end too. */
  readonly abort: AbortSignal;
  /** Keeps what was answered so far, durably, so that nobody asks it again. */
  save(progress: Progress): Promise<void>;
}
