/** Signs, in a whole column of dates of birth, that dates were turned round or moved. Pure. */
import { isWidespread, type Tally, tallied } from './widespread.ts';

export interface BirthDateColumn {
  /** `row` is 1-based. */
  count(cell: string, row: number): void;
  /** What is wrong with the column, of so many rows; `undefined` when nothing is. */
  fault(rows: number): string | undefined;
}

type Kind =
  /** `1981-09-17`, from a spreadsheet's own date or otherwise, by whether the day is over 12. */
  | 'iso-low'
  | 'iso-high'
  /** `17/09/1981`, by whether one of the two is over 12. */
  | 'slashes-low'
  | 'slashes-high'
  /** `1981-17-09`. */
  | 'year-day-month'
  /** A time of day other than midnight: 23:00, and others. */
  | 'eleven-at-night'
  | 'other-time';

type Tallies = ReadonlyMap<Kind, Tally>;

export function createBirthDateColumn(): BirthDateColumn {
  const tallies = new Map<Kind, Tally>();
  return {
    count: (cell, row) => {
      for (const kind of [dateKindOf(cell), timeKindOf(cell)]) {
        if (kind !== undefined) tallies.set(kind, tallied(tallies.get(kind), row));
      }
    },
    fault: (rows) => faultOf(tallies, rows),
  };
}

const ISO = /^\W*(?:18|19|20)\d\d(?<separator>[-/.]?)(?<month>\d\d)\k<separator>(?<day>\d\d)(?!\d)/;
const SLASHES =
  /^\W*(?<first>\d{1,2})(?<separator>[-/. ])(?<second>\d{1,2})\k<separator>\d{2}(?:\d{2})?(?!\d)/;

function dateKindOf(cell: string): Kind | undefined {
  const iso = ISO.exec(cell)?.groups;
  if (iso !== undefined) {
    const [month, day] = [Number(iso['month']), Number(iso['day'])];
    if (month <= 12) return day > 12 ? 'iso-high' : 'iso-low';
    return month <= 31 && day <= 12 ? 'year-day-month' : undefined;
  }
  const slashes = SLASHES.exec(cell)?.groups;
  if (slashes === undefined) return undefined;
  const isHigh = Math.max(Number(slashes['first']), Number(slashes['second'])) > 12;
  return isHigh ? 'slashes-high' : 'slashes-low';
}

function timeKindOf(cell: string): Kind | undefined {
  const time = /\d[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\W*$/.exec(cell)?.[1];
  if (time === undefined || /^0?0:00(?::00(?:\.0+)?)?$/.test(time)) return undefined;
  return /^23:00(?::00(?:\.0+)?)?$/.test(time) ? 'eleven-at-night' : 'other-time';
}

function faultOf(tallies: Tallies, rows: number): string | undefined {
  if (isHalfTurned(tallies)) return halfTurned(tallies);
  const yearDayMonth = tallies.get('year-day-month');
  if (isWidespread(yearDayMonth, rows)) return turned(yearDayMonth);
  const elevens = tallies.get('eleven-at-night');
  if (isWidespread(elevens, rows) && elevens.cells >= cellsOf(tallies, 'other-time') * 9)
    return shifted(elevens);
  return undefined;
}

/** `1981-09-17` for a cell with a day number of the 1900 date system, from 1 March 1900 on. */
export function dateOfSerial(cell: string): string {
  const day = Number(/\d{1,6}/.exec(cell)?.[0] ?? 0);
  return new Date(Date.UTC(1899, 11, 30) + day * DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 86_400_000;

function cellsOf(tallies: Tallies, kind: Kind): number {
  return tallies.get(kind)?.cells ?? 0;
}

/** Of days of the month, 0.4 are up to the 12th; so likely may it be chance that the rest are texts. */
const CHANCE = 0.001;

/**
 * A spreadsheet that takes days for months turns the dates that exist both ways, and leaves the others as
 * texts. So nearly no date is after the 12th, and nearly every text is.
 */
function isHalfTurned(tallies: Tallies): boolean {
  const [isoLow, isoHigh] = [cellsOf(tallies, 'iso-low'), cellsOf(tallies, 'iso-high')];
  const [low, high] = [cellsOf(tallies, 'slashes-low'), cellsOf(tallies, 'slashes-high')];
  if (isoHigh > isoLow * 0.05 || high < low * 4) return false;
  return Math.min(isoLow, high) >= 3 && 0.4 ** isoLow * 0.6 ** high < CHANCE;
}

function halfTurned(tallies: Tallies): string {
  const dates = cellsOf(tallies, 'iso-low');
  const texts = cellsOf(tallies, 'slashes-high');
  const { first } = tallies.get('iso-low') ?? { first: 1 };
  return `${dates} cells, the first in row ${first}, are dates, hardly any of them after the 12th of its month, and ${texts} are texts, nearly all after the 12th. So it looks when a spreadsheet program takes days for months: it turns the dates that exist both ways, and leaves the others. Export the file again from where it came from, with dates as YYYY-MM-DD, and do not open it in a spreadsheet program on the way.`;
}

function turned({ cells, first }: Tally): string {
  return `${cells} dates, the first in row ${first}, begin with the year and have 13 or more where the month should be, so day and month are the other way round in the column, or in parts of it. Export it again as YYYY-MM-DD: nobody can tell which of the other dates are right.`;
}

function shifted({ cells, first }: Tally): string {
  return `${cells} dates, the first in row ${first}, carry the time 23:00, and hardly any carries another. So British dates in summer come out of a system that keeps Universal Time, one day too early. Export the column again without a time, as the dates are shown on the screen.`;
}
