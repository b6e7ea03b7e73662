/** Days counted, for ages and for the day numbers of spreadsheets. */

/** Days from one full date (`YYYYMMDD`, in the calendar) to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return dayNumber(to) - dayNumber(from);
}

/**
 * The date `YYYYMMDD` that a spreadsheet of the 1900 date system shows for a whole day number from 0:
 * 1 is 1 January 1900. 60 is a 29 February 1900 that never was, and 0 a 0 January; both are given
 * as such, for the calendar to refuse.
 */
export function dateOfSerial(serial: number): string {
  if (serial === 0) return '19000100';
  if (serial === 60) return '19000229';
  const dayZero = dayNumber('18991231');
  return dateOf(dayZero + (serial < 60 ? serial : serial - 1));
}

/** Years begin in March here, so that the leap day comes last. */
function dayNumber(date: string): number {
  const month = Number(date.slice(4, 6));
  const year = Number(date.slice(0, 4)) - (month < 3 ? 1 : 0);
  const daysBefore = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return daysInYearsBefore(year) + daysBefore + Number(date.slice(6, 8));
}

function daysInYearsBefore(year: number): number {
  return 365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

function dateOf(number: number): string {
  let year = Math.floor(number / 365.2425);
  while (daysInYearsBefore(year + 1) < number) year += 1;
  while (daysInYearsBefore(year) >= number) year -= 1;
  const dayOfYear = number - daysInYearsBefore(year);
  const fromMarch = Math.floor((5 * (dayOfYear - 1) + 2) / 153);
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5);
  const month = ((fromMarch + 2) % 12) + 1;
  return `${year + (month < 3 ? 1 : 0)}${twoDigits(month)}${twoDigits(day)}`;
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
