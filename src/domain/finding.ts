/** What can be wrong with one cell: the closed list of codes, each in words for a records clerk. */
import type { Field } from './field.ts';

/** One thing found in one cell. Never holds the value itself. */
export interface Finding {
  readonly field: Field;
  readonly code: FindingCode;
}

/**
 * - `fault`: the value could not be used;
 * - `warning`: it is used, but looks suspicious or is of limited use;
 * - `mended`: it was safely repaired and is used.
 */
type FindingKind = 'fault' | 'warning' | 'mended';

/** What a code means. Neither text holds personal data. */
export interface FindingText {
  readonly kind: FindingKind;
  /** What was found, beginning with the field: `NHS number: …`, or `Name: …` where several share it. */
  readonly sentence: string;
  /** What to do about it. */
  readonly action: string;
}

export type FindingCode = keyof typeof FINDINGS;

/** What was found, beginning with the name of the cell's own field: `Family name: …`. */
export function findingSentence(finding: Finding): string {
  return FINDINGS[finding.code].sentence.replace(
    /^(?:Name|Value):/,
    `${FIELD_LABELS[finding.field]}:`,
  );
}

export const FIELD_LABELS: Readonly<Record<Field, string>> = {
  nhs_number: 'NHS number',
  family_name: 'Family name',
  previous_family_name: 'Previous family name',
  given_name: 'Given name',
  other_given_names: 'Other given names',
  full_name: 'Full name',
  birth_date: 'Date of birth',
  birth_date_is_estimated: 'Estimated date of birth',
  expected_birth_date: 'Expected date of birth',
  gender: 'Gender',
  postcode: 'Postcode',
  previous_postcode: 'Previous postcode',
};

const NUMBER_ACTION = "Correct the NHS number from the patient's documents, or leave it empty.";
const NAME_ACTION = "Correct the name from the patient's documents, or leave it empty.";
const DATE_ACTION = "Correct the date of birth from the patient's documents.";
const NOTHING_TO_DO = 'Nothing, unless the repaired value is wrong.';
const RE_EXPORT = 'Export the file again with its long numbers kept as text.';

/** Every code, and what it means. */
export const FINDINGS = {
  'spreadsheet-text-marker': mended('Value: spreadsheet marks around it were taken off.'),
  'text-redecoded': mended(
    'Value: its letters, encoded twice in the whole file, were read as they were before.',
  ),

  'nhs-number-placeholder': fault(
    'NHS number: it is a filler (all zeros, one digit repeated, a plain sequence), not a real number.',
    'Leave the NHS number empty when it is not known.',
  ),
  'nhs-number-scientific': fault(
    'NHS number: a spreadsheet has rounded it to scientific notation. It cannot be repaired.',
    RE_EXPORT,
  ),
  'nhs-number-nine-digits': fault(
    'NHS number: it has nine digits. A leading zero or another digit may be lost.',
    `${RE_EXPORT} Do not add a zero by hand: it may be a Scottish CHI number.`,
  ),
  'nhs-number-length': fault('NHS number: it does not have ten digits.', NUMBER_ACTION),
  'nhs-number-letters': fault(
    'NHS number: it holds letters. Old-style numbers and other identifiers cannot be traced.',
    NUMBER_ACTION,
  ),
  'nhs-number-characters': fault(
    'NHS number: it holds something other than digits, blanks and hyphens.',
    NUMBER_ACTION,
  ),
  'nhs-number-check-digit': fault(
    'NHS number: the check digit is wrong, so at least one digit is wrong.',
    NUMBER_ACTION,
  ),
  'chi-number': fault(
    'NHS number: it is a Scottish CHI number, not an NHS number.',
    'Move it to the CHI column, and trace the person without it.',
  ),
  'nhs-number-not-issued': fault(
    'NHS number: it is in a range that has never been issued.',
    NUMBER_ACTION,
  ),
  'nhs-number-test': fault(
    'NHS number: it begins with 999, which is for tests only.',
    'Take test records out of the file, or correct the NHS number.',
  ),
  'nhs-number-not-yet-issued': warning(
    'NHS number: numbers that begin with 5 are not known to have been issued.',
    "Compare the NHS number with the patient's documents.",
  ),
  'nhs-number-northern-ireland': warning(
    'NHS number: it looks like a Health and Care number of Northern Ireland.',
    "Compare the NHS number with the patient's documents.",
  ),
  'nhs-number-ireland': warning(
    'NHS number: it may be a health identifier of the Republic of Ireland.',
    "Compare the NHS number with the patient's documents.",
  ),
  'nhs-number-decimal': mended('NHS number: a decimal point at its end was taken off.'),
  'nhs-number-thousands': mended('NHS number: commas between its thousands were taken out.'),

  'name-encoding': fault(
    'Name: some of its letters were damaged when the file was saved or converted.',
    'Export the file again as UTF-8, or type the name again.',
  ),
  'name-line-break': fault(
    'Name: it runs over more than one line. Rows of the file may have been mixed up.',
    'Compare the whole row with the record, and take the line break out.',
  ),
  'name-control-character': fault('Name: it holds characters that cannot be shown.', NAME_ACTION),
  'name-placeholder': fault('Name: it is a filler or a test name, not a person.', NAME_ACTION),
  'name-may-be-placeholder': warning(
    'Name: NA is a real name, but often stands for "not applicable".',
    'Leave the name empty if it is not known.',
  ),
  'baby-name': fault(
    'Name: it is a name for a new baby, on a person who is six weeks old or more or of unknown age.',
    'Give the registered name.',
  ),
  'baby-name-newborn': fault(
    'Name: it is a name for a new baby, on a child under six weeks old.',
    'Trace again when the child is six weeks old, or give the NHS number or the registered name.',
  ),
  'name-wildcard': fault('Name: it holds a wildcard (* ? or %), which is never sent.', NAME_ACTION),
  'name-digits': fault('Name: it holds digits. The columns may have shifted.', NAME_ACTION),
  'name-quotation': fault(
    'Name: it holds a quotation mark or a backslash, so a part of it, or of another cell, may be lost.',
    NAME_ACTION,
  ),
  'name-no-letters': fault('Name: it holds no letters that belong to a name.', NAME_ACTION),
  'name-only-title': fault('Name: it is a title without a name.', NAME_ACTION),
  'name-too-long': fault(
    'Name: it is longer than PDS allows (35 characters, or 100 for the other given names).',
    'Shorten it to the registered name.',
  ),
  'name-comma': fault(
    'Name: it holds a comma. It may be a whole name in the column for a part of it.',
    'Put the family name and the given name in their own columns.',
  ),
  'full-name-order': fault(
    'Name: it is not in the form SURNAME, Forename, so its parts cannot be told apart safely.',
    'Describe the columns in a profile, or give family and given name in their own columns.',
  ),
  'name-initial': warning(
    'Name: it is only an initial, which can confirm a match but cannot be searched with.',
    'Give the whole given name.',
  ),
  'name-unusual-character': warning(
    'Name: it holds a character that is unusual in a name.',
    "Compare the name with the patient's documents.",
  ),
  'name-characters': mended('Name: unusual blanks, apostrophes, dashes or marks were made plain.'),
  'name-title': mended('Name: a title before it was taken off.'),
  'name-suffix': mended('Name: a suffix after it was taken off.'),
  'name-note': mended('Name: a note, nickname or former name beside it was taken off.'),
  'name-trailing-digits': mended('Name: digits after it were taken off.'),

  'date-unreadable': fault('Date of birth: it is not in a form that can be read.', DATE_ACTION),
  'date-impossible': fault('Date of birth: there is no such day in the calendar.', DATE_ACTION),
  'date-year-last': fault(
    'Date of birth: its eight figures have the year last, and only YYYYMMDD is read without separators.',
    'Export the column as YYYY-MM-DD or DD/MM/YYYY.',
  ),
  'date-order': fault(
    "Date of birth: day and month are the other way round than in this job's files.",
    'Look at the whole column: correct this date, or set the date order of the job.',
  ),
  'date-placeholder': fault(
    'Date of birth: it is a filler, not a real date.',
    'Leave the date of birth empty when it is not known.',
  ),
  'date-future': fault('Date of birth: it is in the future.', DATE_ACTION),
  'date-too-old': fault('Date of birth: it is more than 120 years ago.', DATE_ACTION),
  'date-serial': fault(
    'Date of birth: it looks like the day number of a spreadsheet.',
    'Export the column as dates, or let the job accept day numbers.',
  ),
  'date-shifted': fault(
    'Date of birth: it carries a time of 23:00 and a time zone, so it may be one day too early.',
    "Export the date without a time, or correct it from the patient's documents.",
  ),
  'date-partial': warning(
    'Date of birth: the day is not known, so it can neither verify nor search.',
    'Give the whole date of birth.',
  ),
  'date-first-of-january': warning(
    'Date of birth: 1 January is often entered when the day is not known.',
    "Compare the date of birth with the patient's documents.",
  ),
  'date-estimated': warning(
    'Date of birth: it is an estimate, so it is used beside an NHS number but never to search.',
    'Give the true date of birth.',
  ),
  'date-ambiguous-century': warning(
    'Date of birth: its year has two digits, and the person could be a child or over 100.',
    'Write the year with four digits.',
  ),
  'date-time-dropped': warning(
    'Date of birth: it carried a time of day, which was left out.',
    "Compare the date of birth with the patient's documents.",
  ),
  'date-two-digit-year': mended('Date of birth: its year of two digits was written out.'),
  'date-serial-read': mended(
    'Date of birth: the day number of a spreadsheet was turned to a date.',
  ),
  'estimated-flag-unreadable': warning(
    'Estimated date of birth: it is neither yes nor no, so the date is taken for an estimate.',
    'Enter Y or N.',
  ),
  unborn: fault(
    'Expected date of birth: there is no date of birth, so the child is not born yet.',
    'Trace when the child is born and registered.',
  ),

  'gender-unreadable': fault(
    'Gender: it is not a code or word that is known.',
    'Enter 1 (male), 2 (female) or 9 (not specified).',
  ),
  'gender-identity-code': fault(
    'Gender: it is a code for gender identity, which is not the gender that PDS holds.',
    'Use the column with the PERSON GENDER CODE; do not convert identity codes.',
  ),
  'gender-not-known': warning(
    'Gender: it is recorded as not known, so the person cannot be searched for.',
    'Enter 1 (male), 2 (female) or 9 (not specified).',
  ),

  'postcode-unreadable': fault(
    'Postcode: it does not have the form of a postcode.',
    'Correct the postcode, or leave it empty.',
  ),
  'postcode-pseudo': fault(
    'Postcode: it is a code for an unknown, foreign or missing address, never searched with.',
    'Give the postcode if there is one; otherwise nothing.',
  ),
  'postcode-digit-mended': mended('Postcode: a letter O or I was read as the digit 0 or 1.'),
  'postcode-blank-moved': warning(
    'Postcode: the blank inside it stood in the wrong place, so a character may be wrong too.',
    "Compare the postcode with the patient's documents.",
  ),
} as const satisfies Readonly<Record<string, FindingText>>;

function fault(sentence: string, action: string): FindingText {
  return { kind: 'fault', sentence, action };
}

function warning(sentence: string, action: string): FindingText {
  return { kind: 'warning', sentence, action };
}

function mended(sentence: string): FindingText {
  return { kind: 'mended', sentence, action: NOTHING_TO_DO };
}
