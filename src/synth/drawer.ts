import type { PoolName } from './damage.ts';
import type { PeopleIndex } from './people-index.ts';
import { type Random, shuffledPositions } from './random.ts';

/** Gives positions of people, each once before any comes again. */
export interface Drawer {
  /** A position; from the pool when one is named. `undefined` when all in the pool have been drawn. */
  readonly draw: (pool?: PoolName) => number | undefined;
}

/** A drawer over the people of an index, who must not be none. */
export function createDrawer(index: PeopleIndex, random: Random): Drawer {
  const order = shuffledPositions(random, index.people.length);
  const isDrawn = new Uint8Array(order.length);
  let cursor = 0;
  const drawNext = (): number => {
    while (cursor < order.length && isDrawn[order[cursor] ?? 0] === 1) cursor += 1;
    if (cursor === order.length) {
      isDrawn.fill(0);
      cursor = 0;
    }
    return order[cursor] ?? 0;
  };
  const drawFrom = (pool: readonly number[]): number | undefined => {
    const start = random.below(Math.max(1, pool.length));
    for (let step = 0; step < Math.min(pool.length, 200); step += 1) {
      const position = pool[(start + step) % pool.length];
      if (position !== undefined && isDrawn[position] === 0) return position;
    }
    return undefined;
  };
  return {
    draw: (pool) => {
      const position = pool === undefined ? drawNext() : drawFrom(index.pools[pool]);
      if (position !== undefined) isDrawn[position] = 1;
      return position;
    },
  };
}
