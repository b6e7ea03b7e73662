import { expect, test } from 'vitest';
import { type DateChange, dateChange, isTurnedFile } from '../../src/pipeline/mended-date.ts';

const OPTIONS = { dateOrder: 'dmy', acceptsExcelSerials: false, today: '20261126' } as const;

test.each<[string, string, DateChange]>([
  ['1950-03-04', '1950-03-04', 'same'],
  ['1950-03-04', '04/03/1950', 'rewritten'],
  ['1950-03-04', '04/03/50', 'rewritten'],
  ['1921-03-04', '04/03/21', 'rewritten'],
  ['04/03/1950', '4/3/1950', 'rewritten'],
  ['1950-03-04', '3/4/1950', 'turned'],
  ['1950-03-25', '3/25/1950', 'turned'],
  ['1950-03-04', '03/04/50', 'turned'],
  ['1950-04-04', '4/4/1950', 'either'],
  ['1950-03-04', '05/03/1950', 'other'],
  // A person who writes the date as it was written has turned it on purpose.
  ['1950-03-04', '1950-04-03', 'other'],
  ['04/03/1950', '03/04/1950', 'other'],
  ['', '', 'other'],
  ['not known', 'not known', 'other'],
  ['', '04/03/1950', 'other'],
  ['1950-03-04', '', 'other'],
])('%s that comes back as %s is %s', (before, given, change) => {
  expect(dateChange(given, before, OPTIONS)).toBe(change);
});

test('a file is turned when some dates are, and none is as it was', () => {
  const file = (...changes: [DateChange, number][]): boolean => isTurnedFile(new Map(changes));
  expect(file(['turned', 1])).toBe(true);
  expect(file(['turned', 9], ['either', 2], ['other', 4])).toBe(true);
  expect(file(['turned', 1], ['same', 1])).toBe(false);
  expect(file(['turned', 1], ['rewritten', 1])).toBe(false);
  expect(file(['either', 3])).toBe(false);
  expect(file()).toBe(false);
});
