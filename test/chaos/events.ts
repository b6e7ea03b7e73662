/** What can be done to a run, and how long each lasts. */

/** What does the harm: our own hand, or the provider by its script. */
export const PROVIDER_KINDS = [
  'provider-busy',
  'provider-reset',
  'provider-hang',
  'provider-truncate',
  'provider-outage',
] as const;

/** With one process and no Redis. */
const LOCAL_KINDS = [
  'kill-coordinator',
  'two-resumes',
  'term-coordinator',
  'stop-coordinator',
  'disk-full',
  'second-resume',
  ...PROVIDER_KINDS,
] as const;

const REDIS_KINDS = [
  'kill-worker',
  'term-worker',
  'stop-worker',
  'start-worker',
  'kill-redis',
  'kill-all',
  'flush-redis',
] as const;

export type ProviderKind = (typeof PROVIDER_KINDS)[number];
export type EventKind = (typeof LOCAL_KINDS)[number] | (typeof REDIS_KINDS)[number];

export const EVENT_KINDS: readonly EventKind[] = [...LOCAL_KINDS, ...REDIS_KINDS];

export type QueueKind = 'embedded' | 'redis';

/** Something that is going to be done. */
export interface ChaosEvent {
  readonly kind: EventKind;
  /** Seconds since the provider was there. */
  readonly atSecond: number;
  /** Until whatever was harmed is well or there again, in milliseconds. */
  readonly lastsMs: number;
  /** Chooses one of several processes. */
  readonly which: number;
}

/** Something that was done. */
export interface PlayedEvent {
  readonly kind: EventKind;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** When whatever was harmed was well or there again. */
  readonly until: number;
  /** Requests that may be asked again because of it: as many as can have been in flight. */
  readonly bound: number;
  /** Where the queue was lost: the message ids that the ledger had by then. */
  readonly onRecord?: ReadonlySet<string>;
  /** Whether workers were left that could take over at once. */
  readonly isSurvived: boolean;
}

interface KindTraits {
  /** How often it comes, beside the others. */
  readonly weight: number;
  /** Shortest and longest, in milliseconds. */
  readonly lastsMs: readonly [number, number];
}

export const TRAITS: Readonly<Record<EventKind, KindTraits>> = {
  'kill-coordinator': { weight: 5, lastsMs: [0, 5000] },
  'two-resumes': { weight: 2, lastsMs: [0, 3000] },
  'term-coordinator': { weight: 2, lastsMs: [0, 3000] },
  'stop-coordinator': { weight: 2, lastsMs: [1000, 14_000] },
  'disk-full': { weight: 2, lastsMs: [3000, 10_000] },
  'second-resume': { weight: 1, lastsMs: [0, 0] },
  'provider-busy': { weight: 1, lastsMs: [1000, 4000] },
  'provider-reset': { weight: 1, lastsMs: [300, 1500] },
  'provider-hang': { weight: 1, lastsMs: [200, 1000] },
  'provider-truncate': { weight: 1, lastsMs: [300, 1500] },
  'provider-outage': { weight: 1, lastsMs: [1000, 15_000] },
  'kill-worker': { weight: 6, lastsMs: [500, 10_000] },
  'term-worker': { weight: 2, lastsMs: [500, 10_000] },
  'stop-worker': { weight: 2, lastsMs: [1000, 14_000] },
  'start-worker': { weight: 1, lastsMs: [0, 0] },
  'kill-redis': { weight: 4, lastsMs: [0, 20_000] },
  'kill-all': { weight: 2, lastsMs: [0, 20_000] },
  'flush-redis': { weight: 2, lastsMs: [0, 0] },
};

export function kindsFor(queue: QueueKind): readonly EventKind[] {
  return queue === 'redis' ? EVENT_KINDS : LOCAL_KINDS;
}

export function isProviderKind(kind: EventKind): kind is ProviderKind {
  return (PROVIDER_KINDS as readonly string[]).includes(kind);
}
