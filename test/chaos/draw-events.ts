/** What happens in a run, and when: drawn from the seed before it begins. */
import { between, chance, pickWeighted, type Random, weightedBy } from '../../src/synth/random.ts';
import {
  type ChaosEvent,
  type EventKind,
  isProviderKind,
  kindsFor,
  type QueueKind,
  TRAITS,
} from './events.ts';

export interface DrawOptions {
  readonly queue: QueueKind;
  /** How many events. */
  readonly count: number;
  /** How long the run would last if nobody disturbed it, in seconds. */
  readonly workSeconds: number;
  /** Nothing lasts longer, in milliseconds. */
  readonly longestMs: number;
  /** Whether the machine can be told that its disk is full. */
  readonly canFillDisk: boolean;
}

/** So often a run is killed as soon as it begins: while it reads, or before. */
const EARLY_SHARE = 0.25;
/** So often a worker's death is left alone, to see how soon the others take over. */
const QUIET_SHARE = 0.4;
const QUIET_SECONDS = 17;

/** Events in the order of time, spread over the work that is left while nothing stands still. */
export function drawEvents(random: Random, options: DrawOptions): readonly ChaosEvent[] {
  const kinds = kindsFor(options.queue).filter(
    (kind) => options.canFillDisk || kind !== 'disk-full',
  );
  const weighted = weightedBy(kinds.map((kind) => [kind, TRAITS[kind].weight] as const));
  const meanGap = (options.workSeconds * 0.8) / options.count;
  let atSecond = chance(random, EARLY_SHARE)
    ? 0.3 + random.next() * 1.7
    : 2 + random.next() * meanGap;
  return Array.from({ length: options.count }, (_none, place) => {
    const isEarly = place === 0 && atSecond < 2;
    const kind: EventKind = isEarly ? 'kill-coordinator' : pickWeighted(random, weighted);
    const [shortest, longest] = TRAITS[kind].lastsMs;
    const event = {
      kind,
      atSecond,
      lastsMs: Math.min(between(random, shortest, longest), options.longestMs),
      which: random.below(1000),
    };
    atSecond += meanGap * (0.3 + 1.4 * random.next()) + restAfter(random, event, options.longestMs);
    return event;
  });
}

/** Seconds until the next may follow: sometimes none, so that one misfortune falls into another. */
function restAfter(random: Random, { kind, lastsMs }: ChaosEvent, longestMs: number): number {
  if (kind === 'kill-worker')
    return chance(random, QUIET_SHARE) ? Math.min(QUIET_SECONDS, longestMs / 1000) : 0;
  const standsStill = isProviderKind(kind) || lastsMs > 1000;
  return standsStill && chance(random, 0.7) ? lastsMs / 1000 : 0;
}
