import { describe, expect, it } from 'vitest';
import { type DateOptions, normaliseDate } from '../../src/normalise/dates.ts';

const UK: DateOptions = { dateOrder: 'dmy', acceptsExcelSerials: false, today: '20261122' };
const US: DateOptions = { ...UK, dateOrder: 'mdy' };
const EXCEL: DateOptions = { ...UK, acceptsExcelSerials: true };

describe('the forms of a date', () => {
  it.each([
    '17/09/1981',
    '17-09-1981',
    '17.09.1981',
    '17 09 1981',
    '17/9/1981',
    ' 17/09/1981\u00A0',
    "'17/09/1981",
    '="17/09/1981"',
    '1981-09-17',
    '1981/09/17',
    '1981.9.17',
    '19810917',
    '19810917.0',
    '17-Sep-1981',
    '17-SEP-1981',
    '17 September 1981',
    '17th Sept 1981',
    '17SEP1981',
    '17 Sep, 1981',
    'Sep 17 1981',
    'September 17, 1981',
  ])('reads %s', (text) => {
    expect(normaliseDate(text, UK)).toEqual({ value: '19810917', findings: [] });
  });

  it('reads the US order only when told to', () => {
    expect(normaliseDate('03/04/1981', UK).value).toBe('19810403');
    expect(normaliseDate('03/04/1981', US).value).toBe('19810304');
    expect(normaliseDate('1981-03-04', US).value).toBe('19810304');
    expect(normaliseDate('4 Mar 1981', US).value).toBe('19810304');
  });

  it.each(['', ' ', '-', 'UNKNOWN', 'NULL', 'N/K', '//'])('takes "%s" for no date', (text) => {
    expect(normaliseDate(text, UK)).toEqual({ value: undefined, findings: [] });
  });

  it.each([
    ['1981', '1981'],
    ['1981.0', '1981'],
    ['198109', '198109'],
    ['1981-09', '198109'],
  ])('keeps %s as a partial date', (text, value) => {
    expect(normaliseDate(text, UK)).toEqual({ value, findings: ['date-partial'] });
    expect(normaliseDate(text, EXCEL)).toEqual({ value, findings: ['date-partial'] });
  });

  it.each([
    'Thursday',
    '########',
    '17/09',
    '17/09-1981',
    '17/09/198',
    '17 Foo 1981',
    '17 Se 1981',
    '1709811',
    '17/09/1981 and more',
    '17/09/\n1981',
    '170\u00009/1981',
    '17/09/1981*',
    '366',
    '1.5E+07',
  ])('cannot read "%s"', (text) => {
    expect(normaliseDate(text, UK)).toEqual({ value: undefined, findings: ['date-unreadable'] });
  });
});

describe('the time of day', () => {
  it.each([
    '1981-09-17T00:00:00',
    '1981-09-17T00:00:00.000Z',
    '1981-09-17 00:00:00.0000000',
    '1981-09-17T00:00:00+01:00',
    '17/09/1981 00:00',
    '17/09/1981 0:00',
    '17SEP1981:00:00:00',
    'Sep 17 1981 12:00AM',
    '17/09/1981 12:00:00 AM',
    '19810917000000',
    '198109170000',
    '19810917T000000',
  ])('drops the midnight of %s', (text) => {
    expect(normaliseDate(text, UK)).toEqual({ value: '19810917', findings: [] });
  });

  it.each([
    '1981-09-17T09:30:00',
    '17/09/1981 12:00',
    '17/09/1981 12:00 PM',
    '19810917093000',
    '17/09/1981 23:00:00',
  ])('drops the time of %s with a warning', (text) => {
    const reading = normaliseDate(text, UK);

    expect(reading).toEqual({ value: '19810917', findings: ['date-time-dropped'] });
  });

  it.each(['1981-09-16T23:00:00Z', '1981-09-16T23:00:00.000Z', '1981-09-16 23:00:00+00:00'])(
    'refuses %s, which is the next day in British Summer Time',
    (text) => {
      expect(normaliseDate(text, UK)).toEqual({ value: undefined, findings: ['date-shifted'] });
    },
  );
});

describe('dates that are wrong', () => {
  it.each([
    ['17091981', 'date-year-last'],
    ['09171981', 'date-year-last'],
    ['01022001', 'date-year-last'],
    ['31041981', 'date-impossible'],
    ['31/04/1981', 'date-impossible'],
    ['30/02/1981', 'date-impossible'],
    ['29/02/1981', 'date-impossible'],
    ['1981-04-31', 'date-impossible'],
    ['32/01/1981', 'date-impossible'],
    ['13/13/1981', 'date-impossible'],
    ['31/13/1981', 'date-impossible'],
    ['00/09/1981', 'date-impossible'],
    ['1981-17-09', 'date-impossible'],
    ['09/17/1981', 'date-order'],
    ['9/17/81', 'date-order'],
    ['02/30/1981', 'date-impossible'],
    ['23/11/2026', 'date-future'],
    ['2027', 'date-future'],
    ['202612', 'date-future'],
    ['31/12/26', 'date-future'],
    ['21/11/1906', 'date-too-old'],
    ['1905', 'date-too-old'],
    ['190610', 'date-too-old'],
    ['01/01/1900', 'date-placeholder'],
    ['01/01/1901', 'date-placeholder'],
    ['1800-01-01', 'date-placeholder'],
    ['01-Jan-1753', 'date-placeholder'],
    ['30/12/1899', 'date-placeholder'],
    ['31/12/1899', 'date-placeholder'],
    ['00/01/1900', 'date-placeholder'],
    ['11/11/1111', 'date-placeholder'],
    ['0001-01-01', 'date-placeholder'],
    ['31/12/9999', 'date-placeholder'],
    ['09/09/9999', 'date-placeholder'],
    ['00/00/0000', 'date-placeholder'],
    ['00000000', 'date-placeholder'],
    ['1900-01-01 00:00:00', 'date-placeholder'],
    ['0', 'date-placeholder'],
    ['29846', 'date-serial'],
    ['29846.5', 'date-serial'],
  ])('refuses %s: %s', (text, code) => {
    expect(normaliseDate(text, UK)).toEqual({ value: undefined, findings: [code] });
  });

  it('refuses the UK order in a job of US files', () => {
    expect(normaliseDate('17/09/1981', US)).toEqual({ value: undefined, findings: ['date-order'] });
  });

  it.each([
    ['22/11/2026', '20261122'],
    ['22/11/1906', '19061122'],
    ['1906', '1906'],
    ['2026', '2026'],
  ])('reads %s, at the very end of what is possible', (text, value) => {
    expect(normaliseDate(text, UK).value).toBe(value);
  });

  it('warns of 1 January', () => {
    const reading = normaliseDate('01/01/1981', UK);

    expect(reading).toEqual({ value: '19810101', findings: ['date-first-of-january'] });
  });
});

describe('years of two digits', () => {
  it.each([
    ['17/09/81', '19810917', 'date-two-digit-year'],
    ['17-SEP-81', '19810917', 'date-two-digit-year'],
    ['17/09/27', '19270917', 'date-two-digit-year'],
    ['17/09/26', '20260917', 'date-ambiguous-century'],
    ['17/09/07', '20070917', 'date-ambiguous-century'],
    ['22/11/06', '20061122', 'date-ambiguous-century'],
    ['21/11/06', '20061121', 'date-two-digit-year'],
    ['17/09/05', '20050917', 'date-two-digit-year'],
  ])('reads %s as %s: %s', (text, value, code) => {
    expect(normaliseDate(text, UK)).toEqual({ value, findings: [code] });
  });
});

describe('day numbers of a spreadsheet', () => {
  it.each([
    ['29221', '19800101', ['date-serial-read', 'date-first-of-january']],
    ['29846', '19810917', ['date-serial-read']],
    ['29846.0', '19810917', ['date-serial-read']],
    ['29846.75', '19810917', ['date-time-dropped', 'date-serial-read']],
    ['38047', '20040301', ['date-serial-read']],
    ['38046', '20040229', ['date-serial-read']],
    ['9862', '19261231', ['date-serial-read']],
  ])('reads %s as %s when the job accepts them', (text, value, findings) => {
    expect(normaliseDate(text, EXCEL)).toEqual({ value, findings });
  });

  it.each([
    ['0', 'date-placeholder'],
    ['1', 'date-placeholder'],
    ['59', 'date-too-old'],
    ['60', 'date-impossible'],
    ['61', 'date-too-old'],
    ['99999', 'date-future'],
    ['999999', 'date-impossible'],
  ])('refuses %s: %s', (text, code) => {
    expect(normaliseDate(text, EXCEL)).toEqual({ value: undefined, findings: [code] });
  });
});
