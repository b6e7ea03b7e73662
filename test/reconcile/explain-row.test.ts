/** The story of one row, as `explain` prints it. */
import { describe, expect, it } from 'vitest';
import type { AnsweredRow, IngestedRow } from '../../src/domain/record.ts';
import { decideRow } from '../../src/reconcile/decide-rows.ts';
import { explainRow } from '../../src/reconcile/explain-row.ts';
import {
  aBirthDate,
  aCheck,
  aLocalRow,
  aNumber,
  anAsked,
  answeredAll,
  aPostcode,
  aSearch,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
  unanswered,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

const AT = '2026-11-22T16:45:00.000Z';
const HELD = aNumber('9990123454');
const OTHER = aNumber('9990341702');
const NOTHING_CROSSES = {
  conflicts: new Set<never>(),
  merges: new Set<never>(),
  repeated: new Set<never>(),
};

function storyOf(
  row: IngestedRow,
  result?: AnsweredRow['result'],
  { headers = ['Id', 'Surname'], rules = someRules() } = {},
): readonly string[] {
  const answered: AnsweredRow = { ...row, at: AT, ...(result === undefined ? {} : { result }) };
  return explainRow(answered, decideRow(answered, rules, NOTHING_CROSSES), headers, rules);
}

/** The lines of one section, without their indentation. */
function section(story: readonly string[], title: string): readonly string[] {
  const from = story.findIndex((line) => line.startsWith(title));
  expect(from, `the section "${title}" of:\n${story.join('\n')}`).toBeGreaterThan(-1);
  const lines = story.slice(from + 1);
  const to = lines.indexOf('');
  return (to === -1 ? lines : lines.slice(0, to)).map((line) => line.replace(/^ {2}/, ''));
}

const titles = (story: readonly string[]): readonly string[] =>
  story.filter((_line, at) => story[at - 1] === '' || (at > 0 && story[at - 1] === ''));

const found = (nhsNumber = OTHER, held = details()) =>
  ({ kind: 'found', nhsNumber, details: held }) as const;

describe('the story of a row', () => {
  it('has each part, in the order of what happened', () => {
    const row = aTracedRow(7, aSubject({ nhsNumber: HELD }));
    const result = answeredAll(
      checked({ kind: 'not-verified' }, HELD),
      searched({ kind: 'no-match' }),
    );

    expect(titles(storyOf(row, result))).toEqual([
      'What stood in the file',
      'What was found and mended',
      'What was used',
      'Question 1: supplied-number (getPatientDetailsByNHSNumber)',
      'Question 2: names (getPatientDetailsBySearch)',
      'What that comes to',
      'Decision',
    ]);
  });

  it('shows the cells as they stood, each under its header', () => {
    const row = { ...aTracedRow(7), cells: ['0007', " o'testby", 'left over'] };

    expect(section(storyOf(row, answeredAll()), 'What stood in the file')).toEqual([
      `${'Id'.padEnd(34)} 0007`,
      `${'Surname'.padEnd(34)}  o'testby`,
      `${'(column 3)'.padEnd(34)} left over`,
    ]);
  });

  it('says what was found in the cells, and what kind of thing that is', () => {
    const findings = [
      { field: 'family_name', code: 'name-title' },
      { field: 'given_name', code: 'name-initial' },
      { field: 'postcode', code: 'postcode-pseudo' },
    ] as const;
    const lines = section(
      storyOf({ ...aTracedRow(7), findings }, answeredAll()),
      'What was found and mended',
    );

    expect(lines).toEqual([
      'Family name: a title before it was taken off. [mended]',
      expect.stringMatching(/^Given name: it is only an initial.* \[warning\]$/),
      expect.stringMatching(/^Postcode: .* \[fault\]$/),
    ]);
    expect(section(storyOf(aTracedRow(7), answeredAll()), 'What was found and mended')).toEqual([
      'nothing',
    ]);
  });

  it('shows every value that was used, as people read it', () => {
    const subject = aSubject({
      nhsNumber: HELD,
      otherGivenNames: 'Alex Sam',
      previousFamilyName: 'Sample',
      previousPostcode: aPostcode('EC1A 1BB'),
    });

    const lines = section(storyOf(aTracedRow(7, subject), answeredAll()), 'What was used');

    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ['NHS number', '999 012 3454'],
      ['Family name', "O'Testby"],
      ['Previous family name', 'Sample'],
      ['Given name', 'Rowan'],
      ['Other given names', 'Alex Sam'],
      ['Date of birth', '17 Sep 1981'],
      ['Gender', '2'],
      ['Postcode', 'M1 1AE'],
      ['Previous postcode', 'EC1A 1BB'],
    ]);
  });

  it('shows what was sent, and nothing that was not', () => {
    const asked = [
      anAsked('postcode', aSearch({ postcode: 'M1 1AE', birthDate: aBirthDate('19810709') }), {
        kind: 'multiple-matches',
      }),
      anAsked('supplied-number', aCheck(HELD, { familyName: undefined }), { kind: 'no-match' }),
    ];
    const story = storyOf(aTracedRow(7), answeredAll(...asked));

    expect(section(story, 'Question 1: postcode')).toEqual([
      "sent: family name O'Testby, given name Rowan, date of birth 9 Jul 1981, gender 2, postcode M1 1AE",
      'answer: DEMOG-0007, more than one person',
    ]);
    expect(section(story, 'Question 2: supplied-number')).toEqual([
      'sent: NHS number 999 012 3454, given name Rowan, date of birth 17 Sep 1981',
      'answer: DEMOG-0001, nobody',
    ]);
  });

  it.each([
    [{ kind: 'found', nhsNumber: OTHER }, 'SMSP-0000, one person: 999 034 1702'],
    [
      { kind: 'superseded', replacement: OTHER },
      'DEMOG-0017, the number was replaced: 999 034 1702',
    ],
    [{ kind: 'superseded' }, 'DEMOG-0017, the number was replaced'],
    [{ kind: 'invalidated' }, 'DEMOG-0022, the number was withdrawn'],
    [
      { kind: 'not-verified' },
      'DEMOG-0040, the number exists, but is not confirmed for these details',
    ],
    [{ kind: 'not-new-style' }, 'DEMOG-0042, not a ten-digit NHS number'],
    [
      { kind: 'other-number', nhsNumber: OTHER },
      'SMSP-0000, success for a number that was not asked about',
    ],
  ] as const)('says what %j means', (answer, expected) => {
    const story = storyOf(
      aTracedRow(7, aSubject({ nhsNumber: HELD })),
      answeredAll(checked(answer)),
    );

    expect(section(story, 'Question 1')[1]).toBe(`answer: ${expected}`);
  });

  it('lays the row beside the person found, field by field', () => {
    const held = details({ givenNames: ['ROBIN', 'ALEX'], gender: '1' });
    const subject = aSubject({ otherGivenNames: 'Alex', postcode: aPostcode('M1 9ZZ') });
    const story = storyOf(aTracedRow(7, subject), answeredAll(searched(found(OTHER, held))));

    const rows = section(story, 'Question 1')
      .slice(2)
      .map((line) => line.trim().split(/ {2,}/));

    expect(rows).toEqual([
      ['row', 'PDS'],
      ['Family name', "O'Testby", "O'TESTBY", 'same'],
      ['Given name', 'Rowan', 'ROBIN', 'differs'],
      ['Other given names', 'Alex', 'ALEX', 'same'],
      ['Date of birth', '19810917', '19810917', 'same'],
      ['Gender', '2', '1', 'differs'],
      ['Postcode', 'M1 9ZZ', 'M1 1AE', 'same-district'],
    ]);
  });

  it('says what each person found lacks, and how many others are to be expected', () => {
    const fitting = section(
      storyOf(aTracedRow(7), answeredAll(searched(found()))),
      'What that comes to',
    );
    const sister = section(
      storyOf(
        aTracedRow(7),
        answeredAll(searched(found(OTHER, details({ givenNames: ['ROBIN'] })))),
      ),
      'What that comes to',
    );

    expect(fitting).toEqual([
      '999 034 1702, found by names: enough agrees',
      expect.stringMatching(
        /^other people in the country expected to agree as well: \S+ \(a number found by search is written up to 0\.05\)$/,
      ),
    ]);
    expect(sister[0]).toBe(
      '999 034 1702, found by names: Given name: PDS holds another one for the person found.',
    );
  });

  it('says so when nobody was found', () => {
    const story = storyOf(aTracedRow(7), answeredAll(searched({ kind: 'no-match' })));

    expect(section(story, 'What that comes to')).toEqual(['nothing']);
  });
});

describe('the decision', () => {
  it('on a match is its number and outcome', () => {
    const story = storyOf(aTracedRow(7), answeredAll(searched(found())));

    expect(section(story, 'Decision')).toEqual([
      'traced: 999 034 1702',
      'NHS NUMBER STATUS INDICATOR CODE 01',
      'step names, last response code SMSP-0000',
    ]);
  });

  it('on an exception is its reason, what to do, and the candidate', () => {
    const sister = details({ givenNames: ['ROBIN'] });
    const story = storyOf(aTracedRow(7), answeredAll(searched(found(OTHER, sister))));

    expect(section(story, 'Decision')).toEqual([
      'possible-match',
      expect.stringMatching(/^Somebody was found, but on too little/),
      expect.stringMatching(/^Compare the record/),
      'candidate, to be looked at: 999 034 1702',
      'NHS NUMBER STATUS INDICATOR CODE 04',
      'step names, last response code SMSP-0000',
    ]);
  });

  it('on a row without an answer says what was asked before that', () => {
    const result = { ...unanswered('timeout'), asked: [searched({ kind: 'multiple-matches' })] };
    const story = storyOf(aTracedRow(7), result);

    expect(section(story, 'Question 1')[1]).toContain('more than one person');
    expect(titles(story)).not.toContain('What that comes to');
    expect(section(story, 'Decision')).toEqual([
      'failed',
      expect.stringContaining('(timeout)'),
      expect.stringContaining('nhs-trace resume'),
      'NHS NUMBER STATUS INDICATOR CODE 06',
      'step names, last response code timeout',
    ]);
  });

  it('on a row that was not reached, and on one that was never sent', () => {
    expect(section(storyOf(aTracedRow(7)), 'Decision')[0]).toBe('failed');

    const story = storyOf(aLocalRow(7));
    expect(section(story, 'What was used')).toEqual(['nothing: the row was not sent']);
    expect(section(story, 'Decision')).toEqual([
      'unusable',
      'The row is empty.',
      'Delete the row from the extract.',
      'NHS NUMBER STATUS INDICATOR CODE 03',
    ]);
    expect(story.join('\n')).not.toContain('Question');
  });
});

it('sends nothing to the terminal that could steer it', () => {
  const evil = '\u001B[2J\u0007a\nb\tc\u009B1m\u007F\r';
  const row = { ...aTracedRow(7), cells: [evil, evil] };
  const held = details({ familyName: evil, givenNames: [evil, evil], birthDate: evil });
  const story = storyOf(row, answeredAll(searched(found(OTHER, held))), { headers: [evil, evil] });

  for (const line of story) expect(line).not.toMatch(/\p{Cc}/u);
  expect(section(story, 'What stood in the file')).toHaveLength(2);
  expect(section(story, 'What stood in the file')[0]).toContain('\uFFFD[2J\uFFFDa\uFFFDb\uFFFDc');
});
