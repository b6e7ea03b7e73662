/** Reads a drawn file as a run would, and says what is wrong with how that went. */
import { writeFile } from 'node:fs/promises';
import { parseJob } from '../../src/config/load-job.ts';
import type { IngestedRow } from '../../src/domain/record.ts';
import { InputError } from '../../src/errors.ts';
import type { IngestedFile } from '../../src/ingest/ingest-rows.ts';
import { openInput } from '../../src/pipeline/ingest-run.ts';
import type { DrawnFile } from './draw-file.ts';

const MAX_MS = 10_000;
const JOB = parseJob('name: fuzz', 'fuzz.yaml');
const OPTIONS = { acceptsTestNumbers: true, today: '20261122' };

export interface Judged {
  readonly isRefused: boolean;
  readonly rows: number;
  readonly ms: number;
  /** What went wrong; undefined when nothing did. */
  readonly fault: string | undefined;
}

export async function judgeFile(path: string, drawn: DrawnFile): Promise<Judged> {
  await writeFile(path, drawn.bytes);
  const startedAt = performance.now();
  const rows: IngestedRow[] = [];
  try {
    const file = await openInput(path, JOB, OPTIONS);
    for await (const row of file.rows) rows.push(row);
    const ms = performance.now() - startedAt;
    const fault = ms > MAX_MS ? `took ${ms} ms` : faultOf(drawn, file, rows);
    return { isRefused: false, rows: rows.length, ms, fault };
  } catch (error) {
    const ms = performance.now() - startedAt;
    const fault = refusalFault(error, drawn, ms);
    return { isRefused: true, rows: 0, ms, fault };
  }
}

/** Only the file may be to blame, and a file without damage is not. */
function refusalFault(error: unknown, { isDamaged }: DrawnFile, ms: number): string | undefined {
  if (!(error instanceof InputError))
    return `crashed: ${error instanceof Error ? error.stack : error}`;
  if (!isDamaged) return `refused a good file: ${error.message}`;
  return ms > MAX_MS ? `took ${ms} ms` : undefined;
}

function faultOf(
  drawn: DrawnFile,
  file: IngestedFile,
  rows: readonly IngestedRow[],
): string | undefined {
  const width = file.headers.length;
  if (rows.some(({ row }, at) => row !== at + 1)) return 'rows are not counted from 1 on';
  if (rows.some(({ cells }) => cells.length !== width)) return 'a row is not as wide as the header';
  if (!drawn.isDamaged) return differences(drawn.people, rows);
  return drawn.text === '' ? undefined : lostMarkers(drawn, file, rows);
}

function differences(
  people: readonly (readonly string[])[],
  rows: readonly IngestedRow[],
): string | undefined {
  const at = people.findIndex((cells, row) => rows[row]?.cells.join('\0') !== cells.join('\0'));
  return at < 0 ? undefined : `row ${at + 1} is not as it was drawn`;
}

/** Each marker in the file must be in a row, but for a copy in the header; two in one
 * row, which stand in no other, only where that row is an exception. */
function lostMarkers(
  { text, people }: DrawnFile,
  file: IngestedFile,
  rows: readonly IngestedRow[],
): string | undefined {
  const markers = new Set(people.map(([marker]) => marker));
  const markersIn = (part: string): readonly string[] =>
    (part.match(MARKER) ?? []).filter((marker) => markers.has(marker));
  const inFile = markersIn(text).length;
  const byRow = rows.map(({ cells }) => markersIn(cells.join('\n')));
  const inRows = byRow.reduce((sum, found) => sum + found.length, 0);
  const above = file.notices().find(({ code }) => code === 'rows-above-header')?.count ?? 0;
  const known = new Set(byRow.flat());
  const inHeader = markersIn(file.headers.join('\n')).filter((marker) => known.has(marker)).length;
  if (inFile - inRows - inHeader > above)
    return `${inFile} markers in the file, ${inRows} in its rows`;
  const places = byRow.flatMap((found) => [...new Set(found)]);
  const isOnlyHere = (marker: string): boolean =>
    places.indexOf(marker) === places.lastIndexOf(marker);
  const double = byRow.findIndex(
    (found, at) => new Set(found.filter(isOnlyHere)).size > 1 && rows[at]?.fate.kind === 'trace',
  );
  return double < 0 ? undefined : `row ${double + 1} holds two people and would be sent`;
}

/** What stands before it must be told alike, whichever way bytes beyond ASCII are read. */
const MARKER = /(?<![A-Za-z\d])ID\d{4}(?!\d)/g;
