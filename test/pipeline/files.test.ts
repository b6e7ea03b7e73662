/** From a file to the ledger, and from the ledger to the files: ingest-run, check-input, finish-run. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseJob } from '../../src/config/load-job.ts';
import { InputError } from '../../src/errors.ts';
import { checkInput } from '../../src/pipeline/check-input.ts';
import { finishRun } from '../../src/pipeline/finish-run.ts';
import { ingestRun, openInput } from '../../src/pipeline/ingest-run.ts';
import { type Ledger, openLedger } from '../../src/run-store/ledger.ts';
import type { AboutRun } from '../../src/run-store/run-about.ts';
import { createRunFolder, type RunFolder } from '../../src/run-store/run-folder.ts';
import { anAuditLog } from '../support/audit-log.ts';
import {
  aNumber,
  answered,
  answeredAll,
  aRequest,
  checked,
  details,
  searched,
  unanswered,
} from '../support/people.ts';

const HEADER = 'Id,NHS number,Surname,Forename,DOB,Sex,Postcode';
const JOB = parseJob('name: mine\npurpose: Direct care\n', 'my.yaml');
const AT = '2026-11-22T16:45:00.000Z';
const NUMBER = aNumber('9990341702');
const RUN: AboutRun = {
  runId: 'run-1',
  job: JOB,
  inputPath: '/data/people.csv',
  inputFile: 'people.csv',
  user: 'clerk',
  startedAt: AT,
  endpoint: 'http://localhost/',
  queue: 'embedded',
  queueId: 'queue-1',
  groupSize: 1,
  acceptsTestNumbers: true,
};
let root = '';
let path = '';
let folder: RunFolder;
let ledger: Ledger;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pipeline-'));
  path = join(root, 'people.csv');
  folder = createRunFolder(join(root, 'run'));
  ledger = openLedger(folder.ledger);
});

afterEach(async () => {
  ledger.close();
  await rm(root, { recursive: true });
});

async function open(lines: readonly string[], job = JOB) {
  await writeFile(path, `${lines.join('\n')}\n`);
  return openInput(path, job, { acceptsTestNumbers: true, today: '20261122' });
}

const ingest = async (lines: readonly string[], job = JOB) =>
  ingestRun(ledger, await open(lines, job), () => new Date(AT), new AbortController().signal);
const finish = () => finishRun({ ledger, folder, audit: anAuditLog(), run: RUN, job: JOB });
const record = (subjectId: number, result: ReturnType<typeof unanswered>) =>
  ledger.record([{ subjectId, result, at: AT }]);

describe('reading a file into the ledger', () => {
  it('keeps every row, what the file is, and when it was read', async () => {
    const lines = [HEADER, '01,,Testby,Rowan,17/09/1981,F,M1 1AE', 'x', ',,,,,,'];

    expect(await ingest(lines)).toBe(3);

    expect(ledger.counts()).toEqual({
      rows: 3,
      subjects: 1,
      localRows: 2,
      unansweredRows: 1,
      unaskedRows: 1,
    });
    expect(ledger.about('ingestedAt')).toBe(AT);
    expect(ledger.about('input')).toEqual({
      form: { kind: 'csv', delimiter: ',', encoding: 'utf-8', isDoubleEncoded: false },
      names: HEADER.split(','),
      sha256: createHash('sha256')
        .update(`${lines.join('\n')}\n`)
        .digest('hex'),
      rows: 3,
      headers: HEADER.split(','),
    });
  });

  it('keeps more rows than go into one transaction', async () => {
    const rows = Array.from({ length: 2500 }, (_, at) => `${at},,Testby,Rowan,17/09/1981,F,M1 1AE`);

    expect(await ingest([HEADER, ...rows])).toBe(2500);

    expect(ledger.counts()).toMatchObject({ rows: 2500, subjects: 1 });
    expect([...ledger.rows()].map(({ cells }) => Number(cells[0]))).toEqual(
      Array.from({ length: 2500 }, (_, at) => at),
    );
  });

  it('begins anew after a file that was not read to its end', async () => {
    const broken = [
      HEADER,
      ...Array<string>(1500).fill('01,,Testby,Rowan,17/09/1981,F,M1 1AE'),
      '"',
    ];
    await expect(ingest(broken)).rejects.toThrow(InputError);
    expect(ledger.about('input')).toBeUndefined();
    await expect(finish()).rejects.toThrow('was not read to its end');

    await ingest([HEADER, '01,,Testby,Rowan,17/09/1981,F,M1 1AE']);

    expect(ledger.counts()).toMatchObject({ rows: 1, subjects: 1 });
  });

  it('follows the job: delimiter, columns, order of dates', async () => {
    const job = parseJob(
      'name: mine\ndelimiter: ";"\ndate_order: mdy\ncolumns:\n  nhs_number: Nr\n  birth_date: Geb\n',
      'my.yaml',
    );

    await ingest(['Nr;Geb', '9990123454;09/17/1981'], job);

    expect(ledger.subjectsToTrace(0, 9)).toEqual([
      {
        subjectId: 1,
        route: 'verify',
        demographics: { nhsNumber: '9990123454', birthDate: '19810917' },
      },
    ]);
  });
});

describe('columns of former values', () => {
  it('are read beside the present ones', async () => {
    await ingest([
      'Surname,Maiden name,Forename,DOB,Sex,Postcode,Previous postcode',
      'Testby,Sample,Rowan,17/09/1981,F,M1 1AE,EC1A 1BB',
    ]);

    expect(ledger.subjectsToTrace(0, 9)).toEqual([
      {
        subjectId: 1,
        route: 'search',
        demographics: {
          familyName: 'Testby',
          givenName: 'Rowan',
          previousFamilyName: 'Sample',
          birthDate: '19810917',
          gender: '2',
          postcode: 'M1 1AE',
          previousPostcode: 'EC1A 1BB',
        },
      },
    ]);
  });

  it('make two rows two people to ask about', async () => {
    await ingest([
      'Surname,Maiden name,Forename,DOB,Sex',
      'Testby,Sample,Rowan,17/09/1981,F',
      'Testby,,Rowan,17/09/1981,F',
    ]);

    expect(ledger.counts()).toMatchObject({ rows: 2, subjects: 2 });
  });
});

describe('checking a file', () => {
  it('counts rows, people, findings and what cannot be traced', async () => {
    const file = await open([
      HEADER,
      '1,9990123454,Testby,Rowan,17/09/1981,F,M1 1AE',
      '2,999 012 3454,Testby,Rowan,17/09/1981,F,M1 1AE',
      '3,,Testby,Robin,17/09/1981,F,M1 1AE',
      '4,,Testby,R,17/09/1981,F,M1 1AE',
      '5,,Testby,Sam,31/04/1981,F,M1 1AE',
      '6,,Testby,Alex,31/04/1981,F,M1 1AE',
      'x',
    ]);

    expect(await checkInput(file)).toEqual({
      rows: 7,
      traceable: 4,
      people: 3,
      verify: 1,
      answered: { rows: 0, people: 0, verify: 0 },
      samePerson: { count: 1, firstRows: [2] },
      sharedNumbers: { count: 0, firstRows: [] },
      findings: [
        { field: 'birth_date', code: 'date-impossible', count: 2, firstRows: [5, 6] },
        { field: 'given_name', code: 'name-initial', count: 1, firstRows: [4] },
      ],
      unusable: [
        {
          reason: expect.stringMatching(/^Date of birth: /),
          action: expect.stringMatching(/^Correct the date of birth/),
          count: 2,
          firstRows: [5, 6],
        },
        {
          reason: expect.stringContaining('has 1 cell where'),
          action: expect.stringMatching(/^Quote the cell/),
          count: 1,
          firstRows: [7],
        },
      ],
    });
  });

  it('counts the people that a run would trace', async () => {
    const lines = [
      HEADER,
      '1,,Testby,Rowan,17/09/1981,F,M1 1AE',
      '2,,TESTBY,Rowan,17/09/1981,F,M1 1AE',
      '3,,Testby,Rowan,17-Sep-1981,Female,m11ae',
    ];

    const { people } = await checkInput(await open(lines));
    await ingest(lines);

    expect(people).toBe(ledger.counts().subjects);
    expect(people).toBe(2);
  });

  it('names the first five rows of many', async () => {
    const rows = Array<string>(20).fill(',,,,,,');
    const { unusable } = await checkInput(await open([HEADER, ...rows]));

    expect(unusable).toEqual([
      {
        reason: 'The row is empty.',
        action: 'Delete the row from the extract.',
        count: 20,
        firstRows: [1, 2, 3, 4, 5],
      },
    ]);
  });

  it('refuses what turns out to be unusable further down', async () => {
    const rows = Array<string>(3).fill('1,,Testby,Rowan,09/17/1981,F,M1 1AE');

    await expect(checkInput(await open([HEADER, ...rows]))).rejects.toThrow(InputError);
  });
});

describe('finishing a run', () => {
  const LINES = [
    HEADER,
    '0001,,Testby,Rowan,17/09/1981,F,M1 1AE',
    '0002,,Testby,Rowan,17/09/1981,F,M1 1AE',
    '0003,,Sample,Robin,17/09/1981,F,M1 1AE',
    'short,row',
    '0005,9990123454,Testby,Sam,17/09/1981,F,M1 1AE',
  ];
  const table = async (file: string) => parse(await readFile(file, 'utf8')) as string[][];

  it('writes every row once, the summary and the report, and they add up', async () => {
    await ingest(LINES);
    const found = {
      kind: 'found',
      nhsNumber: NUMBER,
      details: details({ familyName: 'Testby' }),
    } as const;
    record(
      1,
      answered(found, [
        aRequest({ messageId: 'A', code: 'timeout' }),
        aRequest({ messageId: 'B', attempt: 2 }),
      ]),
    );
    record(2, answered({ kind: 'no-match' }, [aRequest({ messageId: 'C', code: 'DEMOG-0001' })]));
    record(3, unanswered('timeout', [aRequest({ messageId: 'D', code: 'timeout' })]));

    const summary = await finish();

    const [matched, exceptions] = [await table(folder.matched), await table(folder.exceptions)];
    expect(matched.slice(1).map(([id]) => id)).toEqual(['0001', '0002']);
    expect(exceptions.slice(1).map(([id]) => id)).toEqual(['0003', 'short', '0005']);
    expect(summary).toMatchObject({
      run_id: 'run-1',
      job: 'mine',
      input: { file: 'people.csv', rows: 5 },
      outcomes: { verified: 0, traced: 2, superseded: 0, corrected: 0 },
      exceptions: { 'no-match': 1, unusable: 1, failed: 1 },
      requests: { sent: 4, retried: 1, saved_by_dedupe: 1 },
      throttle: { limit_per_second: 5 },
    });
    expect(JSON.parse(await readFile(folder.summary, 'utf8'))).toEqual(summary);
    expect(await readFile(folder.report, 'utf8')).toContain('mine: Direct care');
  });

  it('holds every row of two people who came to one number', async () => {
    await ingest(LINES);
    const found = (familyName: string, givenName: string) => {
      const held = details({ familyName, givenNames: [givenName] });
      const answer = { kind: 'found', nhsNumber: NUMBER, details: held } as const;
      return answeredAll(searched(answer, { familyName, givenName }));
    };
    record(1, found('Testby', 'Rowan'));
    record(2, found('Sample', 'Robin'));

    const { outcomes, exceptions } = await finish();

    expect(outcomes.traced).toBe(0);
    expect(exceptions.duplicate).toBe(3);
    expect((await table(folder.matched)).slice(1)).toEqual([]);
  });

  it.each([
    ['rows that are the same', "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE", [1]],
    ['rows that differ a little', '1,,OTESTBY,ROWAN,17/09/1981,F,M1 1AE', [1, 2]],
  ])('reports one person on several rows: %s', async (_name, again, subjects) => {
    await ingest([HEADER, "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE", again]);
    for (const subjectId of subjects)
      record(subjectId, answered({ kind: 'found', nhsNumber: NUMBER, details: details() }));

    expect((await finish()).outcomes.traced).toBe(2);

    const page = await readFile(folder.report, 'utf8');
    expect(page).toMatch(
      /One number on several rows: 1[\s\S]*999 034 1702[\s\S]*1 \(\d+\), 2 \(\d+\)</,
    );
  });

  it('reports nobody when every person stands on one row', async () => {
    await ingest([HEADER, "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE"]);
    record(1, answered({ kind: 'found', nhsNumber: NUMBER, details: details() }));
    await finish();

    expect(await readFile(folder.report, 'utf8')).toContain('One number on several rows: 0');
  });

  it('gives two spellings of one person their number', async () => {
    await ingest([
      HEADER,
      "1,,O'Testby,Rowan,17/09/1981,F,M1 1AE",
      '2,,OTESTBY,ROWAN,17/09/1981,F,M1 1AE',
    ]);
    for (const subjectId of [1, 2])
      record(subjectId, answered({ kind: 'found', nhsNumber: NUMBER, details: details() }));

    expect((await finish()).outcomes.traced).toBe(2);
  });

  describe('of which one number was replaced by another', () => {
    const OLD = aNumber('9990123454');
    const replaced = answeredAll(
      checked({ kind: 'superseded', replacement: NUMBER, details: details() }, OLD),
    );
    const verified = answeredAll(
      checked({ kind: 'found', nhsNumber: NUMBER, details: details() }, NUMBER),
    );
    const traced = answered({ kind: 'found', nhsNumber: NUMBER, details: details() });
    const first = `1,${OLD},O'Testby,Rowan,17/09/1981,F,M1 1AE`;
    const numbered = `2,${NUMBER},O'Testby,Rowan,17/09/1981,F,M1 1AE`;

    it('gives the replacement, when no other row has it', async () => {
      await ingest([HEADER, first]);
      record(1, replaced);

      expect((await finish()).outcomes.superseded).toBe(1);
    });

    it.each([
      ['is verified', verified, 'verified'],
      ['has no answer', unanswered(), 'failed'],
      [
        'is of somebody else, says the provider',
        answeredAll(checked({ kind: 'not-verified' }, NUMBER)),
        'not-verified',
      ],
    ])(
      'holds it when another row brought the replacement, and that one %s',
      async (_name, result, code) => {
        await ingest([HEADER, first, numbered]);
        record(1, replaced);
        record(2, result);

        const { outcomes, exceptions } = await finish();

        expect(outcomes.superseded).toBe(0);
        expect(exceptions.duplicate).toBe(1);
        expect({ ...outcomes, ...exceptions }).toMatchObject({ [code]: 1 });
        const [row = []] = (await table(folder.exceptions)).slice(1);
        expect(row[0]).toBe('1');
        expect(row.at(-1)).toBe(NUMBER);
      },
    );

    it('holds it when another row was traced to the replacement, and leaves that one', async () => {
      await ingest([HEADER, first, `2,,O'Testby,Rowan,17/09/1981,F,M1 1AE`]);
      record(1, replaced);
      record(2, traced);

      const { outcomes, exceptions } = await finish();

      expect([outcomes.superseded, outcomes.traced, exceptions.duplicate]).toEqual([0, 1, 1]);
    });

    it('holds it when a row that could not be sent brought the replacement', async () => {
      await ingest([HEADER, first, `2,${NUMBER},O'Testby,Rowan,,F,M1 1AE`]);
      record(1, replaced);

      const { outcomes, exceptions } = await finish();

      expect([outcomes.superseded, exceptions.duplicate, exceptions.unusable]).toEqual([0, 1, 1]);
    });

    it('gives it to every row that held the old one', async () => {
      await ingest([HEADER, first, first.replace("O'Testby", 'OTESTBY')]);
      record(1, replaced);
      record(2, replaced);

      expect((await finish()).outcomes.superseded).toBe(2);
    });
  });

  it.each([
    [false, { outcomes: { corrected: 0 }, exceptions: { 'not-verified': 1 } }],
    [true, { outcomes: { corrected: 1 }, exceptions: { 'not-verified': 0 } }],
  ])(
    'replaces a number that is another person’s when the job says so: %s',
    async (accepts, expected) => {
      await ingest([HEADER, "1,9990123454,O'Testby,Rowan,17/09/1981,F,M1 1AE"]);
      const found = { kind: 'found', nhsNumber: NUMBER, details: details() } as const;
      record(1, answeredAll(checked({ kind: 'not-verified' }), searched(found)));

      const job = { ...JOB, accept_corrections: accepts };

      expect(await finishRun({ ledger, folder, audit: anAuditLog(), run: RUN, job })).toMatchObject(
        expected,
      );
    },
  );

  it('gives the same files when it is done again', async () => {
    await ingest(LINES);
    record(1, answered({ kind: 'found', nhsNumber: NUMBER, details: details() }));
    await finish();
    const first = await readFile(folder.matched, 'utf8');

    await finish();

    expect(await readFile(folder.matched, 'utf8')).toBe(first);
    expect((await readdir(folder.path)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('takes away what a process that was killed left half-written, and nothing else', async () => {
    await ingest(LINES);
    record(1, answered({ kind: 'found', nhsNumber: NUMBER, details: details() }));
    const half = `${folder.exceptions}.${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.part`;
    const theirs = join(folder.path, 'notes.part');
    for (const path of [half, theirs]) await writeFile(path, 'Quornbeck');

    await finish();

    const left = await readdir(folder.path);
    expect(left.filter((name) => name.endsWith('.part'))).toEqual(['notes.part']);
  });

  it('refuses to say that a run is complete which lost a row', async () => {
    await ingest(LINES);
    const about = ledger.about('input') as object;
    ledger.describe('input', { ...about, rows: 6 });

    await expect(finish()).rejects.toThrow('5 rows were decided, but 6 were read');

    expect(await readdir(folder.path)).not.toContain('matched.csv');
  });
});
