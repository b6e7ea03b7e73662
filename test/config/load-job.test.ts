import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendingRules } from '../../src/config/job.ts';
import { loadJob, parseJob, parseJobValue, SHIPPED_JOBS } from '../../src/config/load-job.ts';
import { ConfigError } from '../../src/errors.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-job-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function faultOf(text: string): string {
  try {
    parseJob(text, 'my.yaml');
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return error instanceof ConfigError ? error.message : '';
  }
  throw new Error('no fault was found');
}

describe('a job', () => {
  it.each(SHIPPED_JOBS)('comes with the program: %s', (name) => {
    const job = loadJob(name);

    expect(job.name).toBe(name);
    expect(job.purpose).not.toBe('');
  });

  it('has a default for everything but its name', () => {
    expect(parseJob('name: mine', 'my.yaml')).toEqual({
      name: 'mine',
      purpose: '',
      operator: {
        organisation: 'not stated',
        role: 'not stated',
        notice: 'Computer Misuse Act 1990 – Unauthorised access to this system is an offence',
      },
      columns: {},
      delimiter: 'auto',
      encoding: 'auto',
      date_order: 'dmy',
      excel_serial_dates: false,
      policy: loadJob('nightly-data-quality').policy,
      accept_corrections: false,
      stop_below_match_rate: 0,
      rate: 5,
      priority: 'normal',
      concurrency: 10,
      attempts: 5,
      timeout_seconds: 30,
      stop_after_unanswered: 20,
      outputs: [],
      bring_back: [],
      retention: '90d',
      provider: {
        username: 'nhs-number-tracing',
        audit_identity: { uri: 'urn:nhs-uk:identity:ods:ZZ9:nhs-number-tracing' },
        local_identifier_root: '2.16.840.1.113883.2.1.3.2.4.18.24',
        message_lifetime_seconds: 600,
      },
    });
  });

  it('is read from a file, comments and byte order mark included', async () => {
    const path = join(folder, 'mine.yaml');
    await writeFile(
      path,
      '\uFEFF# mine\nname: mine\ncolumns:\n  family_name: "Nachname"\ndelimiter: "\\t"\nrate: 0.5\nprovider:\n  username: us\n',
    );

    expect(loadJob(path)).toMatchObject({
      name: 'mine',
      columns: { family_name: 'Nachname' },
      delimiter: '\t',
      rate: 0.5,
      provider: { username: 'us', message_lifetime_seconds: 600 },
    });
  });

  it('that is not there is refused, with the names that are', () => {
    expect(() => loadJob('nightly')).toThrow(ConfigError);
    expect(() => loadJob('nightly')).toThrow(
      'there is no job file "nightly". Give a path to a YAML file, or one of: nightly-data-quality, cohort-backfill, social-care-matching.',
    );
  });

  it('that is a folder is refused', () => {
    expect(() => loadJob(folder)).toThrow(ConfigError);
  });
});

describe('faults', () => {
  it('are told all at once, each with its line', () => {
    const message = faultOf(
      [
        'name: My Job',
        'rate: -1',
        'concurrency: 2.5',
        'date_order: ymd',
        'policy: tarce',
        'stop_below_match_rate: 1.5',
        'provider:',
        '  local_identifier_root: abc',
        '',
      ].join('\n'),
    );

    expect(message.split('\n')).toEqual([
      'the job file my.yaml cannot be used:',
      expect.stringMatching(/^ {2}line 1: name: use lower-case letters/),
      expect.stringMatching(/^ {2}line 4: date_order: /),
      expect.stringMatching(/^ {2}line 5: policy: .* verify, trace, enrich,/),
      expect.stringMatching(/^ {2}line 6: stop_below_match_rate: /),
      expect.stringMatching(/^ {2}line 2: rate: /),
      expect.stringMatching(/^ {2}line 3: concurrency: /),
      expect.stringMatching(/^ {2}line 8: provider\.local_identifier_root: give an OID/),
    ]);
  });

  it.each([
    ['at the top', 'name: a\nspeed: 5\n', 'line 2: unknown key speed; see jobs/README.md'],
    ['of a map', 'name: a\nprovidr:\n  username: x\n', 'line 2: unknown key providr'],
    [
      'that was one of an earlier version',
      'name: a\nsearch:\n  no_number: getNHSNumber\n',
      'line 2: unknown key search; see jobs/README.md',
    ],
    [
      'in provider',
      'name: a\nprovider:\n  audit_identity:\n    uri: u\n    usr: x\n',
      'line 5: unknown key usr in provider.audit_identity',
    ],
    ['in columns', 'name: a\ncolumns:\n  surname: X\n', 'line 3: unknown key surname in columns'],
  ])('name an unknown key %s', (_name, text, expected) => {
    expect(faultOf(text)).toContain(expected);
  });

  it.each([
    ['no name', 'purpose: x\n', 'line 1: name: '],
    ['an empty file', '', 'line 1: the file: '],
    ['a list', '- a\n- b\n', 'line 1: the file: '],
    ['a word', 'name\n', 'line 1: the file: '],
    ['a column that is empty', 'name: a\ncolumns:\n  gender: ""\n', 'line 3: columns.gender: '],
    ['a rate in words', 'name: a\n\nrate: 5/s\n', 'line 3: rate: '],
    ['a rate of nothing', 'name: a\nrate: 0\n', 'line 2: rate: '],
    ['attempts of nothing', 'name: a\nattempts: 0\n', 'line 2: attempts: '],
    ['a delimiter of two', 'name: a\ndelimiter: ",,"\n', 'line 2: delimiter: '],
    ['a key twice', 'name: a\nrate: 1\nrate: 2\n', 'line 3: '],
    ['a bracket left open', 'name: a\ncolumns: {\n', 'line '],
    ['a tab for indentation', 'name: a\nprovider:\n\tusername: x\n', 'line 3: '],
    [
      'a match rate above 1',
      'name: a\nstop_below_match_rate: 30\n',
      'line 2: stop_below_match_rate: ',
    ],
    [
      'corrections in words',
      'name: a\naccept_corrections: always\n',
      'line 2: accept_corrections: ',
    ],
    [
      'nobody who approved',
      'name: a\nwildcards_approved_by: ""\n',
      'line 2: wildcards_approved_by: ',
    ],
    ['two documents', 'name: a\n---\nname: b\n', 'line '],
  ])('are told of %s', (_name, text, expected) => {
    const message = faultOf(text);

    expect(message).toContain(`the job file my.yaml cannot be used:\n  ${expected}`);
  });
});

describe('sending hours and a daily limit', () => {
  it('are what the pace keeps; they survive being stored with the run', () => {
    const job = parseJob('name: a\nwindow: 19:00-07:00\ndaily_limit: 50000\n', 'my.yaml');

    const rules = sendingRules(parseJobValue(JSON.parse(JSON.stringify(job))));

    const hours = { fromMinute: 1140, toMinute: 420, zone: 'Europe/London' };
    expect(rules).toEqual({ hours, dailyLimit: 50_000 });
    expect(sendingRules(parseJob('name: a\n', 'my.yaml'))).toEqual({});
  });

  it.each([
    [
      'window: at night',
      'window: give two times of day and a zone, such as "19:00-07:00 Europe/London"',
    ],
    [
      'window: 19:00-07:00 London',
      'window: "London" is no time zone; give one such as Europe/London',
    ],
    ['window: 07:00-07:00', 'window: it begins and ends at the same time'],
    ['daily_limit: 0', 'daily_limit: '],
    ['priority: urgent', 'priority: '],
    ['daily_limit: 1.5', 'daily_limit: '],
  ])('are refused with a reason: %s', (line, expected) => {
    expect(faultOf(`name: a\n${line}\n`)).toContain(`line 2: ${expected}`);
  });
});

describe('a job that was stored with a run', () => {
  it('is checked again', () => {
    expect(parseJobValue(JSON.parse(JSON.stringify(loadJob('cohort-backfill'))))).toEqual(
      loadJob('cohort-backfill'),
    );
  });

  it.each([[undefined], [{}], [{ name: 'a', speed: 1 }]])('is refused: %j', (value) => {
    expect(() => parseJobValue(value)).toThrow(ConfigError);
    expect(() => parseJobValue(value)).toThrow(/^the job file of this run cannot be used/);
  });
});
