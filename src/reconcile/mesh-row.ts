/** A row in the layout in which PDS MESH replies. Pure. Codes and reasons: docs/outputs.md */
import type { AnsweredRow, Asked } from '../domain/record.ts';
import type { PatientDetails } from '../domain/trace.ts';
import { DETAILS_STEP, peopleFound } from '../match/people-found.ts';
import { type BatchCodes, batchCodes } from './batch-codes.ts';
import type { DecidedRow } from './decide-rows.ts';
import { personBehind, usualAddress } from './person-behind.ts';
import { cellAt, type RecordColumns } from './record-columns.ts';

/** In the published order, which loaders that count columns rely on. */
export const MESH_COLUMNS = [
  'UNIQUE REFERENCE',
  'REQ_NHS_NUMBER',
  'FAMILY_NAME',
  'GIVEN_NAME',
  'OTHER_GIVEN_NAME',
  'GENDER',
  'DATE_OF_BIRTH',
  'DATE_OF_DEATH',
  'ADDRESS_LINE1',
  'ADDRESS_LINE2',
  'ADDRESS_LINE3',
  'ADDRESS_LINE4',
  'ADDRESS_LINE5',
  'POSTCODE',
  'GP_PRACTICE_CODE',
  'GP_REGISTRATION_DATE',
  'NHAIS_POSTING_ID',
  'AS_AT_DATE',
  'LOCAL_PATIENT_ID',
  'INTERNAL_ID',
  'TELEPHONE_NUMBER',
  'MOBILE_NUMBER',
  'EMAIL_ADDRESS',
  'SENSITIVITY_FLAG',
  'MPS_ID',
  'ERROR/SUCCESS_CODE',
  'MATCHED_NHS_NO',
  'MATCHED_ALGORITHM_INDICATOR',
  'MATCHED_CONFIDENCE_PERCENTAGE',
] as const;

export const DBS_COLUMNS = ['UNIQUE REFERENCE', 'TRACE_ROW', 'TRACE_CODE', 'NHS_NUMBER'] as const;

/** One cell for each of MESH_COLUMNS. */
export function meshRow(
  answered: AnsweredRow,
  decided: DecidedRow,
  columns: RecordColumns,
): readonly string[] {
  const { details, isRestricted } = personBehind(answered, decided, columns);
  const { mesh, matchedNumber } = codesOf(answered, decided, columns);
  const isMatch = decided.decision.kind === 'match';
  const cells: Partial<Record<(typeof MESH_COLUMNS)[number], string>> = {
    ...(details === undefined ? {} : cellsOf(details)),
    'UNIQUE REFERENCE': referenceOf(answered, columns),
    REQ_NHS_NUMBER: suppliedNumber(answered) ?? '',
    LOCAL_PATIENT_ID: cellAt(answered.cells, columns.localId),
    INTERNAL_ID: String(answered.row),
    SENSITIVITY_FLAG: isRestricted ? 'S' : '',
    'ERROR/SUCCESS_CODE': mesh,
    MATCHED_NHS_NO: matchedNumber,
    MATCHED_ALGORITHM_INDICATOR: lastStep(answered),
    MATCHED_CONFIDENCE_PERCENTAGE: isMatch ? '100' : '0',
  };
  return MESH_COLUMNS.map((name) => cells[name] ?? '');
}

/** One cell for each of DBS_COLUMNS. */
export function dbsRow(
  answered: AnsweredRow,
  decided: DecidedRow,
  columns: RecordColumns,
): readonly string[] {
  const { decision } = decided;
  const { dbs } = codesOf(answered, decided, columns);
  const number = decision.kind === 'match' ? decision.nhsNumber : '';
  return [referenceOf(answered, columns), String(answered.row), dbs, number];
}

function codesOf(answered: AnsweredRow, decided: DecidedRow, columns: RecordColumns): BatchCodes {
  const supplied = suppliedNumber(answered);
  const asked = answered.result?.asked ?? [];
  return batchCodes(decided.decision, {
    isNumberChecked: asked.some(isCheck),
    isSomebodyFound: peopleFound(asked).some(({ nhsNumber }) => nhsNumber !== supplied),
    isRestricted: personBehind(answered, decided, columns).isRestricted,
  });
}

/**
 * What the file calls the row. Where that cell is blank, the row's place in the file, in a form that is
 * no other row's reference.
 */
function referenceOf({ row, cells }: AnsweredRow, { reference, localId }: RecordColumns): string {
  const column = reference ?? localId;
  if (column === undefined) return String(row);
  return cellAt(cells, column) || `TRACE_ROW_${row}`;
}

function suppliedNumber({ fate }: AnsweredRow): string | undefined {
  return fate.kind === 'trace' ? fate.subject.demographics.nhsNumber : fate.nhsNumber;
}

function isCheck({ step, question }: Asked): boolean {
  return step !== DETAILS_STEP && question.nhsNumber !== undefined;
}

/** 0: nothing was asked; 1: the number was checked last; 2: a search by the details was the last. */
function lastStep({ result }: AnsweredRow): '0' | '1' | '2' {
  const last = result?.asked.findLast(({ step }) => step !== DETAILS_STEP);
  if (last === undefined) return '0';
  return isCheck(last) ? '1' : '2';
}

function cellsOf(details: PatientDetails): Partial<Record<(typeof MESH_COLUMNS)[number], string>> {
  const [given = '', ...others] = details.givenNames;
  const address = usualAddress(details);
  const [line1 = '', line2 = '', line3 = '', line4 = '', line5 = ''] = address?.lines ?? [];
  const { telephone, mobile, email } = contactsOf(details);
  return {
    FAMILY_NAME: details.familyName ?? '',
    GIVEN_NAME: given,
    OTHER_GIVEN_NAME: others.join(' '),
    GENDER: details.gender ?? '',
    DATE_OF_BIRTH: (details.birthDate ?? '').slice(0, 8),
    DATE_OF_DEATH: (details.deathDate ?? '').slice(0, 8),
    ADDRESS_LINE1: line1,
    ADDRESS_LINE2: line2,
    ADDRESS_LINE3: line3,
    ADDRESS_LINE4: line4,
    ADDRESS_LINE5: line5,
    POSTCODE: address?.postcode ?? '',
    GP_PRACTICE_CODE: details.practiceCode ?? '',
    TELEPHONE_NUMBER: telephone,
    MOBILE_NUMBER: mobile,
    EMAIL_ADDRESS: email,
  };
}

/** A number beginning 07 is a mobile one, 070 and 076 excepted (Ofcom's numbering plan). */
function contactsOf({ telecoms }: PatientDetails) {
  const numbers = telecoms.flatMap((telecom) => /^tel:(.+)$/i.exec(telecom)?.[1] ?? []);
  const isMobile = (number: string): boolean =>
    /^(\+44|0)7[1-57-9]/.test(number.replace(/\s/g, ''));
  return {
    telephone: numbers.find((number) => !isMobile(number)) ?? '',
    mobile: numbers.find(isMobile) ?? '',
    email: telecoms.flatMap((telecom) => /^mailto:(.+)$/i.exec(telecom)?.[1] ?? [])[0] ?? '',
  };
}
