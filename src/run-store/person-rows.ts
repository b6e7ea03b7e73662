/** In which rows of a ledger one person stands. Reads only. */
import type { DatabaseSync } from 'node:sqlite';
import { type NhsNumber, nhsNumberPattern } from '../domain/nhs-number.ts';
import type { Subject } from '../domain/record.ts';

/** Everybody whose row holds the number, or came to it; or the person of one row. */
export type WantedPerson =
  | { readonly kind: 'number'; readonly nhsNumber: NhsNumber }
  | { readonly kind: 'row'; readonly row: number };

export interface RowOfPerson {
  readonly row: number;
  /** Where the number was found: in words. */
  readonly places: readonly string[];
  /** Whether the row holds another number, or came to one. */
  readonly hasOtherNumber: boolean;
}

/** In order. Rows with the same details are one person, so one of them brings the others. */
export function rowsOfPerson(db: DatabaseSync, wanted: WantedPerson): readonly RowOfPerson[] {
  const found = wanted.kind === 'row' ? [wanted.row] : rowsWithNumber(db, wanted.nhsNumber);
  const rows = db.prepare(WITH_SAME_DETAILS).all(JSON.stringify(found));
  const number = wanted.kind === 'number' ? wanted.nhsNumber : '';
  const placesOf = preparePlaces(db, wanted);
  const others = db.prepare(OTHER_NUMBERS);
  return rows.map(({ row }) => ({
    row: Number(row),
    places: placesOf(Number(row)),
    hasOtherNumber: Number(others.get(Number(row), number)?.['n']) > 0,
  }));
}

/** The people that rows are of, or were of before they were corrected. */
export function subjectsOfRows(db: DatabaseSync, rows: readonly number[]): readonly Subject[] {
  return db
    .prepare(
      `SELECT route, demographics FROM subject WHERE subject_id IN (${SUBJECTS}) ORDER BY subject_id`,
    )
    .all(JSON.stringify(rows))
    .map(({ route, demographics }) => ({
      route: route === 'verify' ? 'verify' : 'search',
      demographics: JSON.parse(String(demographics)),
    }));
}

/** Of rows that are handed over as a JSON array; `?1` stands for it. */
export const SUBJECTS = `SELECT subject_id FROM input_row WHERE row IN (SELECT value FROM json_each(?1)) AND subject_id IS NOT NULL
  UNION SELECT subject_id FROM earlier_row WHERE row IN (SELECT value FROM json_each(?1)) AND subject_id IS NOT NULL`;

const WITH_SAME_DETAILS = `SELECT row FROM input_row WHERE row IN (SELECT value FROM json_each(?1))
  OR subject_id IN (SELECT subject_id FROM input_row WHERE row IN (SELECT value FROM json_each(?1)))
  ORDER BY row`;

const OTHER_NUMBERS = `SELECT count(*) AS n FROM input_row r LEFT JOIN claim c USING (subject_id)
  WHERE r.row = ?1 AND (r.nhs_number <> ?2 OR c.nhs_number <> ?2)`;

const ROWS = `input_row r LEFT JOIN subject s USING (subject_id) LEFT JOIN answer a USING (subject_id)
  LEFT JOIN progress p USING (subject_id) LEFT JOIN decision d USING (row)`;

/** What stands in the ledger of a row, by where that is. */
const PLACES = {
  'in the file': 'r.cells, r.nhs_number, s.demographics',
  'in an answer': 'a.result, p.progress, d.said',
};

const BEFORE = 'before it was corrected';
const BEFORE_CELLS = 'e.cells, e.nhs_number, e.result, e.decided';

function rowsWithNumber(db: DatabaseSync, nhsNumber: NhsNumber): readonly number[] {
  teach(db, nhsNumber);
  const every = Object.values(PLACES).join(', ');
  return db
    .prepare(
      `SELECT r.row FROM ${ROWS} WHERE holds(${every}) UNION SELECT e.row FROM earlier_row e WHERE holds(${BEFORE_CELLS})`,
    )
    .all()
    .map(({ row }) => Number(row));
}

function preparePlaces(db: DatabaseSync, wanted: WantedPerson): (row: number) => readonly string[] {
  if (wanted.kind === 'row')
    return (row) => [row === wanted.row ? 'named by the user' : 'the same details'];
  const looks = [
    ...Object.entries(PLACES).map(([place, cells]) => ({
      place,
      look: db.prepare(`SELECT 1 FROM ${ROWS} WHERE r.row = ? AND holds(${cells})`),
    })),
    {
      place: BEFORE,
      look: db.prepare(`SELECT 1 FROM earlier_row e WHERE e.row = ? AND holds(${BEFORE_CELLS})`),
    },
  ];
  return (row) => {
    const places = looks.filter(({ look }) => look.get(row) !== undefined);
    return places.length > 0 ? places.map(({ place }) => place) : ['the same details'];
  };
}

/** SQLite cannot tell a number whose digits are set apart. */
function teach(db: DatabaseSync, nhsNumber: NhsNumber): void {
  const pattern = nhsNumberPattern(nhsNumber);
  db.function('holds', { varargs: true }, (...texts) =>
    texts.some((text) => typeof text === 'string' && pattern.test(text)) ? 1 : 0,
  );
}
