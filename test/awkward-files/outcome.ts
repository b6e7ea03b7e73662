/** What came of a file, in a line. */
import { parseJob } from '../../src/config/load-job.ts';
import { FINDINGS } from '../../src/domain/finding.ts';
import type { IngestedRow } from '../../src/domain/record.ts';
import { InputError } from '../../src/errors.ts';
import { openInput } from '../../src/pipeline/ingest-run.ts';

export interface Outcome {
  /**
   * `3 rows: 2 trace, 1 ragged; mended: …; faults: …; noticed: …`, or `refused: ` and the exact message,
   * with FILE for the path.
   */
  readonly line: string;
  readonly rows: readonly IngestedRow[];
}

/** `job` holds the lines of a job file below its name. Throws what is no InputError. */
export async function outcomeOf(path: string, job = ''): Promise<Outcome> {
  const rows: IngestedRow[] = [];
  try {
    const file = await openInput(path, parseJob(`name: mine\n${job}`, 'job.yaml'), {
      acceptsTestNumbers: true,
      today: '20261122',
    });
    for await (const row of file.rows) rows.push(row);
    const noticed = file.notices().map(({ code, count }) => `${code} ${count}`);
    return { line: describe(rows, noticed), rows };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { line: `refused: ${error.message.replaceAll(path, 'FILE')}`, rows };
  }
}

function describe(rows: readonly IngestedRow[], noticed: readonly string[]): string {
  const fates = tally(
    rows.map(({ fate }) => (fate.kind === 'trace' ? 'trace' : fate.problem.kind)),
  );
  const found = (kind: 'mended' | 'fault'): string[] =>
    tally(
      rows.flatMap(({ findings }) =>
        findings
          .filter(({ code }) => FINDINGS[code].kind === kind)
          .map(({ field, code }) => `${field}/${code}`),
      ),
    );
  const parts = [
    `${rows.length} rows: ${fates.join(', ')}`,
    ...part('mended', found('mended')),
    ...part('faults', found('fault')),
    ...part('noticed', noticed),
  ];
  return parts.join('; ');
}

function part(name: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${name}: ${items.join(', ')}`];
}

function tally(items: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].map(([item, count]) => `${count} ${item}`);
}
