/** One person is taken out of a ledger, and what that leaves for the others. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parseJob } from '../../src/config/load-job.ts';
import type { NhsNumber } from '../../src/domain/nhs-number.ts';
import type { Traced } from '../../src/domain/record.ts';
import { deletePerson } from '../../src/pipeline/delete-person.ts';
import { finishRun } from '../../src/pipeline/finish-run.ts';
import { ingestRun, openInput } from '../../src/pipeline/ingest-run.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import type { WantedPerson } from '../../src/run-store/person-rows.ts';
import { createRunFolder, type RunFolder } from '../../src/run-store/run-folder.ts';
import { anAuditLog } from '../support/audit-log.ts';
import {
  aNumber,
  answered,
  answeredAll,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
} from '../support/people.ts';

const HEADER = 'Id,NHS number,Surname,Forename,DOB,Sex,Postcode';
const JOB = parseJob('name: mine\n', 'my.yaml');
const AT = '2026-11-22T16:45:00.000Z';
const [OLD, NEW] = [aNumber('9990123454'), aNumber('9990341702')];
const RUN = {
  ...{ runId: 'run-1', job: JOB, inputPath: '/data/people.csv', inputFile: 'people.csv' },
  ...{ user: 'clerk', startedAt: AT, endpoint: 'http://localhost/', queue: 'embedded' as const },
  ...{ queueId: 'queue-1', groupSize: 1, acceptsTestNumbers: true },
};
let root = '';
let folder: RunFolder;
let ledger: Ledger;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pipeline-'));
  folder = createRunFolder(join(root, 'run'));
  ledger = openLedger(folder.ledger);
});

afterEach(async () => {
  ledger.close();
  await rm(root, { recursive: true });
});

it('whoever was held back on the same number stays held back', async () => {
  await ingest([
    "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE",
    '2,,Sample,Robin,17/09/1981,F,M1 1AE',
    '3,,Other,Ash,17/09/1981,F,M1 1AE',
  ]);
  record(1, found("O'Testby", 'Rowan'));
  record(2, found('Sample', 'Robin'));
  record(3, answered({ kind: 'no-match' }));
  await finish();
  const before = await exceptionsById();
  expect(await remove({ kind: 'row', row: 1 })).toEqual([1]);
  const after = await exceptionsById();
  expect(after.get('2')).toEqual(before.get('2'));
  expect(after.get('2')).toMatchObject({ exception_code: 'duplicate', exception_candidate: NEW });
  expect(after.get('')).toMatchObject({ trace_row: '1', exception_code: 'unusable' });
});

it('a replacement that another row held is not given out once that row is gone', async () => {
  await ingest([
    `1,${OLD},O'Testby,Rowan,17/09/1981,F,M1 1AE`,
    `2,${NEW},O'Testby,Rowan,17/09/1981,F,M1 1AE`,
  ]);
  record(
    1,
    answeredAll(checked({ kind: 'superseded', replacement: NEW, details: details() }, OLD)),
  );
  record(2, answeredAll(checked({ kind: 'not-verified' }, NEW)));
  await finish();
  const before = await exceptionsById();
  await remove({ kind: 'row', row: 2 });
  expect((await exceptionsById()).get('1')).toEqual(before.get('1'));
  // By the number nobody is left who could be held back on it.
  expect(await remove({ kind: 'number', nhsNumber: NEW })).toEqual([1]);
  expect(ledger.heldNumbers()).toEqual({ conflicts: [], merges: [] });
});

it('rows with the same details go together; what was sent stays counted', async () => {
  await ingest([
    "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE",
    "2,,O'Testby,Rowan,17/09/1981,F,M1 1AE",
    '3,,Sample,Robin,17/09/1981,F,M1 1AE',
  ]);
  record(1, found("O'Testby", 'Rowan'));
  record(2, answered({ kind: 'no-match' }));
  await finish();
  const { sent } = ledger.requestFigures();
  expect(ledger.rowsOf({ kind: 'row', row: 2 })).toMatchObject([
    { row: 1, places: ['the same details'], hasOtherNumber: true },
    { row: 2, places: ['named by the user'] },
  ]);
  expect(await remove({ kind: 'number', nhsNumber: NEW })).toEqual([1, 2]);
  expect(ledger.requestFigures().sent).toBe(sent);
  expect(ledger.counts()).toMatchObject({ rows: 3, subjects: 1, localRows: 2, unaskedRows: 0 });
});

it('nobody who comes later gets the key of the person, nor their answer', async () => {
  await ingest(["1,,O'Testby,Rowan,17/09/1981,F,M1 1AE"]);
  record(1, found("O'Testby", 'Rowan'));
  await finish();
  await remove({ kind: 'row', row: 1 });
  ledger.addRows([aTracedRow(2, aSubject())]);
  expect(ledger.row(2)).toMatchObject({ subjectId: 2 });
  expect(ledger.row(2)?.result).toBeUndefined();
});

it('what a row was before it was corrected counts, and goes too', async () => {
  await ingest(['1,,Sample,Robin,17/09/1981,F,M1 1AE', "2,,O'Testby,Rowan,17/09/1981,F,M1 1AE"]);
  record(1, answered({ kind: 'no-match' }));
  record(2, answered({ kind: 'no-match' }));
  await finish();
  const by = { at: AT, user: 'mender', file: 'exceptions.csv', sha256: 'ab12' };
  const before = ledger.row(1);
  if (before === undefined) throw new Error('row 1 is gone');
  const note = (text: string) => ({ ...before, cells: ['1', text, ...before.cells.slice(2)] });
  ledger.correct(by, [{ row: note('NHS999\t012-3454'), decided: {} }]);
  ledger.correct(by, [{ row: note(''), decided: {} }]);
  const wanted = { kind: 'number', nhsNumber: OLD } as const;
  expect(ledger.rowsOf(wanted)).toMatchObject([{ row: 1, places: ['before it was corrected'] }]);
  const rows = ledger.rowsOf(wanted).map(({ row }) => row);
  ledger.deleteRows(rows, ledger.heldNumbers());
  expect(ledger.earlierRows()).toEqual([]);
  expect(ledger.row(2)?.cells[2]).toBe("O'Testby");
});

async function ingest(lines: readonly string[]): Promise<void> {
  const path = join(root, 'people.csv');
  await writeFile(path, `${[HEADER, ...lines].join('\n')}\n`);
  const input = await openInput(path, JOB, { acceptsTestNumbers: true, today: '20261122' });
  await ingestRun(ledger, input, () => new Date(AT), new AbortController().signal);
}

function record(subjectId: number, result: Traced): void {
  const requests = result.requests.map((sent, at) => ({
    ...sent,
    messageId: `${subjectId}-${at}`,
  }));
  ledger.record([{ subjectId, result: { ...result, requests }, at: AT }]);
}

function found(familyName: string, givenName: string, nhsNumber: NhsNumber = NEW) {
  const held = details({ familyName, givenNames: [givenName] });
  return answeredAll(
    searched({ kind: 'found', nhsNumber, details: held }, { familyName, givenName }),
  );
}

function finish() {
  return finishRun({ ledger, folder, audit: anAuditLog(), run: RUN, job: JOB });
}

function remove(wanted: WantedPerson) {
  const audit = anAuditLog();
  return deletePerson({ ledger, folder, audit, run: RUN, job: JOB, wanted, reason: 'order' });
}

async function exceptionsById() {
  const rows: Record<string, string>[] = parse(await readFile(folder.exceptions), {
    columns: true,
  });
  return new Map(rows.map((row) => [row['Id'], row]));
}
