/** A finished run of very many invented people, most of them exceptions, without anybody having been asked. */
import { parseJob } from '../../src/config/load-job.ts';
import { type NhsNumber, parseNhsNumber } from '../../src/domain/nhs-number.ts';
import type { IngestedRow, TraceResult } from '../../src/domain/record.ts';
import { finishRun } from '../../src/pipeline/finish-run.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import { createRunFolder, type RunFolder } from '../../src/run-store/run-folder.ts';
import { anAuditLog } from './audit-log.ts';
import {
  aLocalRow,
  aNumber,
  answeredAll,
  aPostcode,
  aRequest,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
  unanswered,
} from './people.ts';

const HEADERS = 'Hospital number,NHS number,Surname,Forename,DOB,Sex,Postcode'.split(',');
const START = Date.UTC(2026, 10, 22, 19);
const CHUNK = 1000;
const OLD = aNumber('9990123454');
const FOUND = aNumber('9990341702');

/** Every 20th row is a match. One request a row, twenty a second, and a night's pause half-way. */
export async function writeLargeRun(path: string, rows: number): Promise<RunFolder> {
  const job = parseJob('name: large-run\npurpose: Test of the report\n', 'large-run.yaml');
  const folder = createRunFolder(path);
  const ledger = openLedger(folder.ledger);
  const startedAt = new Date(START).toISOString();
  try {
    for (let from = 1; from <= rows; from += CHUNK)
      fill(ledger, from, Math.min(rows, from + CHUNK - 1), rows);
    ledger.describe('ingestedAt', startedAt);
    ledger.describe('input', { sha256: 'ab12', rows, headers: HEADERS });
    ledger.describe('work', {
      seconds: rows / 20,
      peakRssBytes: 1,
      peakQueueBytes: 1,
      finishedAt: new Date(timeOf(rows, rows) + 1000).toISOString(),
    });
    const run = {
      runId: 'large-run-1',
      job,
      inputPath: '/data/large.csv',
      inputFile: 'large.csv',
      user: 'clerk',
      startedAt,
      endpoint: 'http://localhost/',
      queue: 'embedded' as const,
      queueId: 'queue-1',
      groupSize: 1,
      acceptsTestNumbers: true,
    };
    await finishRun({ ledger, folder, audit: anAuditLog(), run, job });
    return folder;
  } finally {
    ledger.close();
  }
}

function fill(ledger: Ledger, from: number, to: number, rows: number): void {
  const numbers = Array.from({ length: to - from + 1 }, (_none, at) => from + at);
  ledger.addRows(numbers.map(rowOf));
  const subjects = new Map(
    ledger
      .subjectsToTrace(0, CHUNK)
      .map(({ subjectId, demographics }) => [demographics.familyName ?? '', subjectId]),
  );
  ledger.record(
    numbers.flatMap((row) => {
      const subjectId = subjects.get(nameOf(row));
      if (subjectId === undefined) return [];
      const sentAt = timeOf(row, rows);
      return { subjectId, result: resultOf(row, sentAt), at: new Date(sentAt).toISOString() };
    }),
  );
}

function rowOf(row: number): IngestedRow {
  const cells = [`H${row}`, '', nameOf(row), 'Rowan', '17/09/1981', 'F', 'M1 1AE'];
  if (row % 20 === 7) return { ...aLocalRow(row), cells };
  const supplied = row % 20 === 0 ? numberOf(row) : OLD;
  return {
    ...aTracedRow(
      row,
      aSubject({
        familyName: nameOf(row),
        nhsNumber: row % 20 > 12 || row % 20 === 0 ? supplied : undefined,
      }),
    ),
    cells,
    findings: row % 3 === 0 ? [{ field: 'given_name', code: 'name-title' }] : [],
  };
}

/** One of a kind for each row: digits as letters. */
function nameOf(row: number): string {
  return `Testby${[...String(row)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`;
}

function resultOf(row: number, sentAt: number): TraceResult {
  const result = kindOf(row);
  const code = result.kind === 'answered' ? (result.asked.at(-1)?.code ?? '') : result.code;
  const durationMs = 40 + (row % 50);
  const messageId = `00000000-0000-4000-8000-${String(row).padStart(12, '0')}`;
  return { ...result, requests: [aRequest({ messageId, code, sentAt, durationMs })] };
}

function kindOf(row: number): TraceResult {
  const namesake = details({ familyName: nameOf(row), gender: row % 40 === 0 ? '1' : '2' });
  const found = details({
    familyName: nameOf(row),
    givenNames: ['ROBIN'],
    addresses: [{ use: 'usual', lines: [], postcode: aPostcode('EC1A 1BB') }],
  });
  const kind = row % 20;
  const own = numberOf(row);
  if (kind === 0)
    return answeredAll(checked({ kind: 'found', nhsNumber: own, details: namesake }, own));
  if (kind < 5) return answeredAll(searched({ kind: 'no-match' }));
  if (kind < 7) return answeredAll(searched({ kind: 'multiple-matches' }));
  if (kind < 12) return answeredAll(searched({ kind: 'found', nhsNumber: FOUND, details: found }));
  if (kind === 12) return unanswered(row % 40 === 12 ? 'timeout' : 'HTTP-503');
  if (kind < 15) return answeredAll(checked({ kind: 'invalidated' }, OLD));
  if (kind < 17) return answeredAll(checked({ kind: 'superseded' }, OLD));
  return answeredAll(checked({ kind: 'not-verified' }, OLD));
}

/** A number of the row's own, but where no check digit fits. */
function numberOf(row: number): NhsNumber {
  const begin = `999${String(row).padStart(6, '0')}`;
  const all = Array.from({ length: 10 }, (_none, digit) => parseNhsNumber(`${begin}${digit}`));
  return all.find((number) => number !== undefined) ?? FOUND;
}

const NIGHT_MS = 14 * 3_600_000;

function timeOf(row: number, rows: number): number {
  return START + row * 50 + (row * 2 > rows ? NIGHT_MS : 0);
}
