import { describe, expect, it, test } from 'vitest';
import type { Decision } from '../../src/domain/decision.ts';
import type { AnsweredRow } from '../../src/domain/record.ts';
import type { Answer } from '../../src/domain/trace.ts';
import type { DecidedRow } from '../../src/reconcile/decide-rows.ts';
import { dbsRow, MESH_COLUMNS, meshRow } from '../../src/reconcile/mesh-row.ts';
import { recordColumns } from '../../src/reconcile/record-columns.ts';
import {
  aLocalRow,
  aNumber,
  answeredAll,
  aSubject,
  aTracedRow,
  checked,
  details,
  searched,
} from '../support/people.ts';

const NUMBER = aNumber('9990341702');
const AT = '2026-11-22T16:45:00.000Z';
const HEADERS = ['UNIQUE REFERENCE', 'Patient ID', 'Spine Sensitive'];
const CELLS = ['REF-1', 'P1', ''];
const DETAILS = details({
  practiceCode: 'Z99999',
  deathDate: '202601',
  telecoms: ['tel:01632960123', 'tel:07700900123', 'mailto:rowan@example.org'],
  addresses: [
    { use: 'temporary', lines: ['Somewhere else'], postcode: 'LS1 1AA' },
    { use: 'usual', lines: ['', '1 High Street', '', 'Town', ''], postcode: 'M1 1AE' },
  ],
});
const FOUND: Answer = { kind: 'found', nhsNumber: NUMBER, details: DETAILS };
const MATCH: Decision = { kind: 'match', outcome: 'traced', nhsNumber: NUMBER, status: '01' };

function aRow(
  answer: Answer = FOUND,
  decision: Decision = MATCH,
  cells: readonly string[] = CELLS,
): readonly [AnsweredRow, DecidedRow] {
  const answeredRow = { ...aTracedRow(7), cells, result: answeredAll(searched(answer)), at: AT };
  return [answeredRow, decidedAs(decision, cells)];
}

function decidedAs(decision: Decision, cells: readonly string[]): DecidedRow {
  return {
    row: 7,
    cells,
    decision,
    responseCode: '',
    step: 'names',
    source: 'provider',
    messageId: 'ID',
    at: AT,
  };
}

function named(row: readonly [AnsweredRow, DecidedRow], headers = HEADERS) {
  const cells = meshRow(...row, recordColumns(headers));
  return Object.fromEntries(MESH_COLUMNS.map((name, at) => [name, cells[at]]));
}

describe('a row in the MESH layout', () => {
  it('holds what PDS holds of a match, the usual address alone', () => {
    expect(named(aRow())).toMatchObject({
      'UNIQUE REFERENCE': 'REF-1',
      REQ_NHS_NUMBER: '',
      FAMILY_NAME: "O'TESTBY",
      GIVEN_NAME: 'ROWAN',
      OTHER_GIVEN_NAME: 'ALEX',
      GENDER: '2',
      DATE_OF_BIRTH: '19810917',
      DATE_OF_DEATH: '202601',
      ADDRESS_LINE1: '',
      ADDRESS_LINE2: '1 High Street',
      ADDRESS_LINE4: 'Town',
      POSTCODE: 'M1 1AE',
      GP_PRACTICE_CODE: 'Z99999',
      LOCAL_PATIENT_ID: 'P1',
      INTERNAL_ID: '7',
      TELEPHONE_NUMBER: '01632960123',
      MOBILE_NUMBER: '07700900123',
      EMAIL_ADDRESS: 'rowan@example.org',
      SENSITIVITY_FLAG: '',
      'ERROR/SUCCESS_CODE': '00',
      MATCHED_NHS_NO: NUMBER,
      MATCHED_ALGORITHM_INDICATOR: '2',
      MATCHED_CONFIDENCE_PERCENTAGE: '100',
    });
  });

  it('shows nothing of somebody in doubt, and no number', () => {
    const words = { reason: '', action: '', status: '04', candidate: NUMBER } as const;
    const row = named(aRow(FOUND, { kind: 'exception', code: 'possible-match', ...words }));
    expect(row).toMatchObject({ FAMILY_NAME: '', POSTCODE: '', MATCHED_NHS_NO: '9999999999' });
    expect(JSON.stringify(row)).not.toContain(NUMBER);
  });

  test.each([
    ['PDS withholds all of it', details({ addresses: [] }), ''],
    ['the file marks the record', DETAILS, 'Y'],
    ['the file marks the record in a word of its own', DETAILS, 'Restricted access'],
  ])('where a person is stays out when %s', (_name, person, mark) => {
    const answer: Answer = { kind: 'found', nhsNumber: NUMBER, details: person };
    const row = named(aRow(answer, MATCH, ['REF-1', 'P1', mark]));
    expect(row).toMatchObject({
      FAMILY_NAME: "O'TESTBY",
      ADDRESS_LINE2: '',
      POSTCODE: '',
      GP_PRACTICE_CODE: '',
      TELEPHONE_NUMBER: '',
      MOBILE_NUMBER: '',
      EMAIL_ADDRESS: '',
      SENSITIVITY_FLAG: 'S',
      'ERROR/SUCCESS_CODE': '92',
      MATCHED_NHS_NO: NUMBER,
    });
  });

  test.each(['', '0', 'N', 'no', 'False'])('"%s" marks nobody', (mark) => {
    expect(named(aRow(FOUND, MATCH, ['REF-1', 'P1', mark]))['ERROR/SUCCESS_CODE']).toBe('00');
  });

  test.each([
    ['the local identifier', ['Patient ID', 'x', 'y'], 'REF-1'],
    ['the row', ['x', 'y', 'z'], '7'],
  ])('goes by %s where there is no reference', (_name, headers, reference) => {
    expect(named(aRow(), headers)['UNIQUE REFERENCE']).toBe(reference);
  });

  it('with a blank reference has one that is nobody else’s', () => {
    expect(named(aRow(FOUND, MATCH, [' ', 'P1', '']))['UNIQUE REFERENCE']).toBe('TRACE_ROW_7');
  });

  it('says which step was the last, fetching details not counted', () => {
    const nhsNumber = aNumber();
    const subject = aSubject({ nhsNumber });
    const check = checked({ kind: 'found', nhsNumber });
    const fetched = { ...checked({ kind: 'found', nhsNumber, details: DETAILS }), step: 'details' };
    const decision: Decision = { kind: 'match', outcome: 'verified', nhsNumber, status: '01' };
    const row = {
      ...aTracedRow(7, subject),
      cells: CELLS,
      result: answeredAll(check, fetched),
      at: AT,
    };
    const decided = decidedAs(decision, CELLS);
    expect(named([row, decided])).toMatchObject({
      REQ_NHS_NUMBER: nhsNumber,
      MATCHED_ALGORITHM_INDICATOR: '1',
    });
    const columns = recordColumns(HEADERS);
    expect(dbsRow(row, decided, columns)).toEqual(['REF-1', '7', '30', nhsNumber]);
  });

  it('of a row that was never sent says that no trace was done', () => {
    const words = { reason: '', action: '', status: '03' } as const;
    const decided = decidedAs({ kind: 'exception', code: 'unusable', ...words }, CELLS);
    expect(named([{ ...aLocalRow(7), at: AT }, decided])).toMatchObject({
      'ERROR/SUCCESS_CODE': '15',
      MATCHED_NHS_NO: '',
      MATCHED_ALGORITHM_INDICATOR: '0',
      MATCHED_CONFIDENCE_PERCENTAGE: '0',
    });
  });
});
