import { describe, expect, it } from 'vitest';
import type { NhsNumber } from '../../src/domain/nhs-number.ts';
import type { AnsweredRow, TraceResult } from '../../src/domain/record.ts';
import type { PatientDetails } from '../../src/domain/trace.ts';
import type { Crossings } from '../../src/reconcile/compare-rows.ts';
import { decideRow } from '../../src/reconcile/decide-rows.ts';
import { createWorkLists } from '../../src/reconcile/work-lists.ts';
import {
  aLocalRow,
  aNumber,
  answered,
  answeredAll,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
} from '../support/people.ts';
import { someRules } from '../support/rules.ts';

const NUMBER = aNumber('9990341702');
const OLD = aNumber('9990123454');
const AT = '2026-11-22T16:45:00.000Z';
const RULES = someRules();

function aRow(row: number, nhsNumber: NhsNumber | undefined, result: TraceResult): AnsweredRow {
  return { ...aTracedRow(row, aSubject({ nhsNumber })), result, at: AT };
}

function listsOf(
  rows: readonly AnsweredRow[],
  crossings: Partial<Crossings> = {},
  onSeveralRows: readonly NhsNumber[] = [],
) {
  const all = {
    conflicts: new Set<NhsNumber>(),
    merges: new Set<NhsNumber>(),
    repeated: new Set<NhsNumber>(),
    ...crossings,
  };
  const lists = createWorkLists(all, onSeveralRows, 0);
  for (const row of rows) lists.add(row, decideRow(row, RULES, all));
  return lists.lists();
}

describe('superseded numbers', () => {
  const REPLACED = answeredAll(
    checked({ kind: 'superseded', replacement: NUMBER, details: details() }, OLD),
  );

  it('are to be replaced when no other row has the new one', () => {
    expect(listsOf([aRow(1, OLD, REPLACED)]).superseded).toMatchObject({
      count: 1,
      rows: [
        {
          replacement: NUMBER,
          task: 'replace',
          beside: { row: 1, localId: 'cell 1', suppliedNumber: OLD, otherNumber: NUMBER },
        },
      ],
    });
  });

  it('are merged by hand when another row has it', () => {
    const { rows } = listsOf([aRow(1, OLD, REPLACED)], { merges: new Set([NUMBER]) }).superseded;

    expect(rows.map(({ task }) => task)).toEqual(['merge']);
  });

  it.each([
    ['without a replacement', checked({ kind: 'superseded' }, OLD)],
    [
      'with one that is somebody else, as it seems',
      checked(
        { kind: 'superseded', replacement: NUMBER, details: details({ birthDate: '19400101' }) },
        OLD,
      ),
    ],
  ])('are looked up %s', (_name, asked) => {
    const { rows } = listsOf([aRow(1, OLD, answeredAll(asked))]).superseded;

    expect(rows.map(({ task }) => task)).toEqual(['check']);
  });
});

it('lists withdrawn numbers, whoever a search found', () => {
  const withdrawn = checked({ kind: 'invalidated' }, OLD);
  const found = searched({ kind: 'found', nhsNumber: NUMBER, details: details() });

  const { invalidated } = listsOf([
    aRow(1, OLD, answeredAll(withdrawn)),
    aRow(2, OLD, answeredAll(withdrawn, found)),
    aRow(3, undefined, answeredAll(found)),
  ]);

  expect(invalidated).toMatchObject({
    count: 2,
    rows: [{ row: 1 }, { row: 2, otherNumber: NUMBER, pdsNumber: NUMBER }],
  });
});

describe('differences from PDS', () => {
  const verified = (changes: Parameters<typeof details>[0]): AnsweredRow =>
    aRow(
      1,
      NUMBER,
      answeredAll(checked({ kind: 'found', nhsNumber: NUMBER, details: details(changes) }, NUMBER)),
    );

  it.each<
    readonly [string, { readonly [K in keyof PatientDetails]?: PatientDetails[K] }, string[]]
  >([
    ['none', {}, []],
    ['case, diacritics and punctuation are none', { familyName: 'ÓTESTBY' }, []],
    ['a family name', { familyName: 'SAMPLE' }, ['family_name']],
    ['a slip in it', { familyName: "O'TESTBI" }, ['family_name']],
    ['gender', { gender: '1' }, ['gender']],
    ['postcode', { addresses: [{ use: 'usual', lines: [], postcode: 'EC1A 1BB' }] }, ['postcode']],
    [
      'postcode near by',
      { addresses: [{ use: 'usual', lines: [], postcode: 'M1 1AF' }] },
      ['postcode'],
    ],
    ['no postcode on PDS is none', { addresses: [] }, []],
    ['death', { deathDate: '' }, ['deceased']],
  ])('%s', (_name, changes, expected) => {
    const { discrepancies } = listsOf([verified(changes)]);

    const counted = Object.entries(discrepancies.byField).filter(([, count]) => count > 0);
    expect(counted).toEqual(expected.map((field) => [field, 1]));
    expect(discrepancies).toMatchObject({ compared: 1, count: expected.length });
  });

  it('are told of matched rows alone', () => {
    const stranger = details({ givenNames: ['ROBIN'] });
    const row = aRow(
      1,
      undefined,
      answered({ kind: 'found', nhsNumber: NUMBER, details: stranger }),
    );

    expect(listsOf([row]).discrepancies).toMatchObject({ compared: 0, count: 0 });
  });

  it('list the first 500 and count all', () => {
    const { discrepancies } = listsOf(Array.from({ length: 510 }, () => verified({ gender: '1' })));

    expect([discrepancies.count, discrepancies.rows.length]).toEqual([510, 500]);
    expect(discrepancies.byField.gender).toBe(510);
  });
});

describe('numbers on several rows', () => {
  const matched = answered({ kind: 'found', nhsNumber: NUMBER, details: details() });

  it('say who holds or came to them, those that are held back first', () => {
    const local: AnsweredRow = {
      ...aLocalRow(3),
      fate: { kind: 'local', problem: { kind: 'postponed' }, nhsNumber: OLD },
      at: AT,
    };
    const { shared } = listsOf(
      [
        aRow(1, undefined, matched),
        aRow(2, OLD, answeredAll(checked({ kind: 'not-verified' }, OLD))),
        local,
        aRow(4, undefined, matched),
      ],
      { conflicts: new Set([NUMBER]) },
      [OLD],
    );

    expect(shared.count).toBe(2);
    expect(
      shared.rows.map(({ nhsNumber, kind, rows }) => [nhsNumber, kind, rows.map((r) => r.row)]),
    ).toEqual([
      [NUMBER, 'held-back', [1, 4]],
      [OLD, 'as-supplied', [2, 3]],
    ]);
  });

  it('of one person are matches', () => {
    const { shared } = listsOf(
      [aRow(1, undefined, matched), aRow(2, NUMBER, matched)],
      {
        repeated: new Set([NUMBER]),
      },
      [NUMBER],
    );

    expect(shared.rows).toMatchObject([{ kind: 'one-person', count: 2 }]);
  });

  it('list the first 20 rows and count all', () => {
    const rows = Array.from({ length: 30 }, (_none, at) => aRow(at + 1, undefined, matched));

    const [one] = listsOf(rows, { repeated: new Set([NUMBER]) }).shared.rows;

    expect([one?.count, one?.rows.length]).toEqual([30, 20]);
  });
});
