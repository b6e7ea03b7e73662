/** What was done and what was seen, with times: the story of a run. */
import type { EventKind, PlayedEvent } from './events.ts';

export interface EventLog {
  /** Something was seen. */
  note(text: string): void;
  /** Something is done; call what comes back when that is over. */
  begin(
    kind: EventKind,
    effect: { readonly bound: number; readonly isSurvived?: boolean; readonly about?: string },
  ): () => void;
  /** Something was done whose times are known. */
  happened(event: PlayedEvent): void;
  /** The program did what it must not do. */
  problem(text: string): void;
  /** What was done so far; what still goes on ends now. */
  played(): readonly PlayedEvent[];
  problems(): readonly string[];
  /** The story, a line each. */
  lines(): readonly string[];
}

const now = (): number => performance.timeOrigin + performance.now();

/** `startedAt`: when the story begins, in milliseconds since 1970. */
export function createEventLog(startedAt: number): EventLog {
  const lines: string[] = [];
  const problems: string[] = [];
  const played: (Omit<PlayedEvent, 'until'> & { until?: number })[] = [];
  const note = (text: string): void => {
    lines.push(`${((now() - startedAt) / 1000).toFixed(3).padStart(8)}  ${text}`);
  };
  return {
    note,
    begin: (kind, { bound, isSurvived = false, about = '' }) => {
      note(`${kind} ${about}`.trimEnd());
      const event: (typeof played)[number] = { kind, at: now(), bound, isSurvived };
      played.push(event);
      return () => {
        event.until = now();
        note(`${kind} is over`);
      };
    },
    happened: (event) => {
      played.push(event);
      note(event.kind);
    },
    problem: (text) => {
      problems.push(text);
      note(`PROBLEM: ${text}`);
    },
    played: () => played.map((event) => ({ ...event, until: event.until ?? now() })),
    problems: () => problems,
    lines: () => lines,
  };
}
