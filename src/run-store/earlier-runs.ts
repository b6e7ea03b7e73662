/** The summaries of runs that lie beside this one, as they stand on the disk. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunFolder } from './run-folder.ts';

/** Whatever stands in each summary.json that can be read; this run's own is left out. */
export function* summariesBeside(folder: RunFolder): Iterable<unknown> {
  const parent = dirname(folder.path);
  for (const entry of readdirSync(parent, { withFileTypes: true })) {
    const path = join(parent, entry.name);
    if (entry.isDirectory() && path !== folder.path) yield* readSummary(join(path, 'summary.json'));
  }
}

/** Hundreds of times the size of a summary. */
const MAX_SUMMARY_BYTES = 1_000_000;

/** A directory that is no run, or belongs to somebody else, has nothing to say. */
function* readSummary(path: string): Iterable<unknown> {
  let summary: unknown;
  try {
    const stat = lstatSync(path);
    // A pipe would be waited for, and a link may lead to what never ends.
    if (!stat.isFile() || stat.size > MAX_SUMMARY_BYTES) return;
    summary = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return;
  }
  yield summary;
}
