/** Many drawn files, one after the other. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drawFile } from './draw-file.ts';
import { judgeFile } from './judge-file.ts';
import { createRandom } from './random.ts';

export interface FuzzFigures {
  readonly seed: number;
  readonly inputs: number;
  readonly refused: number;
  readonly rows: number;
  readonly seconds: number;
  readonly slowestMs: number;
  readonly peakRssBytes: number;
  /** `index: what went wrong`. */
  readonly faults: readonly string[];
}

/** Inputs `from` to below `to` of a seed. */
export async function fuzzFiles(seed: number, from: number, to: number): Promise<FuzzFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  const startedAt = performance.now();
  const counts = { refused: 0, rows: 0, slowestMs: 0, peakRssBytes: 0 };
  const faults: string[] = [];
  try {
    for (let index = from; index < to; index += 1) {
      const judged = await judgeFile(join(folder, 'people'), drawFile(createRandom(seed, index)));
      counts.refused += judged.isRefused ? 1 : 0;
      counts.rows += judged.rows;
      counts.slowestMs = Math.max(counts.slowestMs, Math.round(judged.ms));
      if (judged.fault !== undefined) faults.push(`${index}: ${judged.fault}`);
      if (index % 1000 === 0) {
        counts.peakRssBytes = Math.max(counts.peakRssBytes, process.memoryUsage.rss());
      }
    }
  } finally {
    await rm(folder, { recursive: true });
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return { seed, inputs: to - from, ...counts, seconds, faults };
}
