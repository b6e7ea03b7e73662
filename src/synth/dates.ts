/** Dates as text of the form YYYYMMDD: no clock, no time zone. */

const dayMs = 86_400_000;

const monthNames = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;

/** True for eight digits that name a day that exists. */
export function isDate(date: string): boolean {
  return /^[0-9]{8}$/.test(date) && fromDayNumber(toDayNumber(date)) === date;
}

/** The date so many days later; earlier when `days` is negative. `date` is a full date. */
export function addDays(date: string, days: number): string {
  return fromDayNumber(toDayNumber(date) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. Both are full dates. */
export function daysBetween(from: string, to: string): number {
  return toDayNumber(to) - toDayNumber(from);
}

/** The year of a full or partial date. */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** Whole years from a birth date, full or partial, to a full date. */
export function ageOn(birthDate: string, date: string): number {
  const years = yearOf(date) - yearOf(birthDate);
  const hadBirthday = birthDate.slice(4) <= date.slice(4, birthDate.length);
  return hadBirthday ? years : years - 1;
}

/** The ways of writing a date. */
export const dateFormats = ['iso', 'month-name', 'dots', 'slashes'] as const;

/** How a date is written in a file. */
export type DateFormat = (typeof dateFormats)[number];

/** Day and month of a full date exchanged; `undefined` when that is no date, or the same one. */
export function exchanged(date: string): string | undefined {
  const other = `${date.slice(0, 4)}${date.slice(6)}${date.slice(4, 6)}`;
  return other === date || !isDate(other) ? undefined : other;
}

/** A full date as written in a file; a partial one (YYYY, YYYYMM) stays as it is. */
export function writeDate(date: string, format: DateFormat): string {
  if (date.length !== 8) return date;
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  switch (format) {
    case 'slashes':
      return `${day}/${month}/${year}`;
    case 'iso':
      return `${year}-${month}-${day}`;
    case 'month-name':
      return `${day}-${monthNames[Number(month) - 1] ?? month}-${year}`;
    case 'dots':
      return `${day}.${month}.${year.slice(2)}`;
  }
}

function toDayNumber(date: string): number {
  const time = Date.UTC(yearOf(date), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8)));
  return Math.round(time / dayMs);
}

function fromDayNumber(days: number): string {
  return new Date(days * dayMs).toISOString().slice(0, 10).replaceAll('-', '');
}
