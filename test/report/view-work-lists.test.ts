import { expect, it } from 'vitest';
import { viewQuality } from '../../src/report/view-quality.ts';
import { viewWorkLists } from '../../src/report/view-work-lists.ts';
import { aNumber } from '../support/people.ts';
import { aRowBeside, workLists } from '../support/report-parts.ts';

const OLD = aNumber('9990341702');

it('tells what is to be done about each superseded number', () => {
  const beside = aRowBeside(1, { suppliedNumber: OLD });
  const rows = (['replace', 'merge'] as const).map((task) => ({
    beside,
    replacement: aNumber(),
    task,
  }));
  const superseded = { count: 3, rows: [...rows, { beside, task: 'check' as const }] };

  const view = viewWorkLists(workLists({ superseded })).superseded;

  expect(view.count).toBe('3');
  expect(view.rows.map(({ supplied, replacement, task }) => [supplied, replacement, task])).toEqual(
    [
      [
        '999 034 1702',
        '999 012 3454',
        'Replace, unless another local record outside this file has the new number',
      ],
      [
        '999 034 1702',
        '999 012 3454',
        'Do not replace: another row has the new number. Merge by hand',
      ],
      [
        '999 034 1702',
        '',
        'Do not replace: the new number is unknown or in doubt. Look it up on PDS',
      ],
    ],
  );
});

it('has one line for each difference, and one for a death', () => {
  const discrepancies = {
    ...workLists().discrepancies,
    count: 2,
    rows: [aRowBeside(7, { isDeceased: true })],
    compared: 10,
  };

  const view = viewWorkLists(workLists({ discrepancies })).discrepancies;

  expect(view).toMatchObject({ count: '2', compared: '10', more: '1' });
  expect(view.rows).toEqual([
    {
      row: '7',
      localId: 'P7',
      number: '999 012 3454',
      field: 'Postcode',
      held: 'M1 1AE',
      onPds: 'EC1A 1BB',
    },
    {
      row: '7',
      localId: 'P7',
      number: '999 012 3454',
      field: 'Deceased on PDS',
      held: '',
      onPds: 'deceased',
    },
  ]);
});

it('names the rows that share a number', () => {
  const rows = [
    { row: 3, localId: 'P3' },
    { row: 1007, localId: '' },
  ];
  const one = { nhsNumber: OLD, kind: 'one-person', count: 1002, rows } as const;

  const view = viewWorkLists(workLists({ shared: { count: 1, rows: [one] } })).shared;

  expect(view.rows).toMatchObject([
    { number: '999 034 1702', rows: '3 (P3), 1007 and 1,000 more' },
  ]);
});

it('tells one record that stands in the file twice from two records of one person', () => {
  const rows = [3, 9].map((row) => ({ row, localId: 'P3' }));
  const one = { nhsNumber: OLD, kind: 'one-person', count: 2, rows } as const;

  const view = viewWorkLists(workLists({ shared: { count: 1, rows: [one] } })).shared;

  expect(view.rows[0]?.task).toBe(
    'The local id is the same on all of them: the file holds one record more than once.',
  );
});

it('says of a withdrawn number whether somebody was found to compare with', () => {
  const { otherNumber: _found, ...nobody } = aRowBeside(1, { suppliedNumber: OLD });
  const invalidated = { count: 2, rows: [nobody, aRowBeside(2, { suppliedNumber: OLD })] };

  const { rows } = viewWorkLists(workLists({ invalidated })).invalidated;

  expect(rows.map(({ task }) => task)).toEqual([
    expect.stringContaining('found nobody'),
    expect.stringContaining('compare the candidate'),
  ]);
});

it('tells what was found in each column, in the order of the fields', () => {
  const quality = viewQuality(
    [
      { field: 'postcode', code: 'postcode-unreadable', count: 2 },
      { field: 'given_name', code: 'name-initial', count: 1 },
    ],
    4,
  );

  expect(quality.map(({ label, lines }) => [label, lines[0]?.sentence, lines[0]?.share])).toEqual([
    [
      'Given name',
      'It is only an initial, which can confirm a match but cannot be searched with.',
      '25.0%',
    ],
    ['Postcode', 'It does not have the form of a postcode.', '50.0%'],
  ]);
  expect(quality[1]?.lines[0]?.kind).toBe('could not be used');
});
