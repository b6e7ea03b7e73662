/** Columns of the input that are no part of a search, but of what is told about a record. Pure. */
import { localIdColumn } from './local-identifier.ts';

/** Which cell holds what, counted from 0; absent when no header is known. */
export interface RecordColumns {
  /** UNIQUE REFERENCE, as files for PDS MESH have it. */
  readonly reference: number | undefined;
  readonly localId: number | undefined;
  /** Says that the record is restricted. */
  readonly restricted: readonly number[];
  readonly title: number | undefined;
  readonly deathDate: number | undefined;
  readonly addressLines: readonly number[];
  readonly telephone: number | undefined;
  readonly practiceCode: number | undefined;
}

export function recordColumns(headers: readonly string[]): RecordColumns {
  const folded = headers.map((header) => header.toUpperCase().replace(/[^A-Z0-9]/g, ''));
  const all = (names: string): readonly number[] =>
    names.split(' ').flatMap((name) => (folded.includes(name) ? folded.indexOf(name) : []));
  const first = (names: string): number | undefined => all(names)[0];
  return {
    reference: first('UNIQUEREFERENCE'),
    localId: localIdColumn(headers),
    restricted: all(RESTRICTED),
    title: first('TITLE PREFIX SALUTATION'),
    deathDate: first(DEATH_DATE),
    addressLines: all(ADDRESS_LINES),
    telephone: first('TELEPHONENUMBER TELEPHONE PHONE PHONENUMBER MOBILENUMBER MOBILE'),
    practiceCode: first(PRACTICE),
  };
}

/** The cell, trimmed; empty when there is no such column. */
export function cellAt(cells: readonly string[], column: number | undefined): string {
  return column === undefined ? '' : (cells[column] ?? '').trim();
}

/** Whether the file says so itself. Whatever is no plain "no" is taken for yes. */
export function isMarkedRestricted(
  cells: readonly string[],
  { restricted }: RecordColumns,
): boolean {
  return restricted.some((column) => !NOT.has(cellAt(cells, column).toUpperCase()));
}

const NOT: ReadonlySet<string> = new Set(['', '0', 'N', 'NO', 'F', 'FALSE', 'U', 'NULL']);

const RESTRICTED =
  'SPINESENSITIVE ISCONFIDENTIAL RESTRICTED ISRESTRICTED SENSITIVITYFLAG SFLAG SENSITIVE';

const DEATH_DATE =
  'PERSONDEATHDATE DATEOFDEATH DOD DATEDEATH DEATHDATE DEATHDTTM PERSDEATHDATE PERSONDEATHDATETIME';

const ADDRESS_LINES =
  'ADDRESSLINE1 ADDRESSLINE2 ADDRESSLINE3 ADDRESSLINE4 ADDRESSLINE5 ' +
  'ADDRESS1 ADDRESS2 ADDRESS3 ADDRESS4 ADDRESS5 ADD1 ADD2 ADD3 ADD4 ADD5';

const PRACTICE =
  'GENERALMEDICALPRACTICECODE GENERALMEDICALPRACTICECODEPATIENTREGISTRATION GPPRACTICECODE ' +
  'GPCODE REGISTEREDPRACTICE PRACTICECODE';
