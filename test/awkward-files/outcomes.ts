/** What must come of each awkward file, exactly: rows in, what becomes of them, mended, or the refusal. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  'UTF-8': '3 rows: 3 trace',
  'UTF-8 with its mark': '3 rows: 3 trace',
  'UTF-8 whose mark was encoded twice': '3 rows: 3 trace',
  'UTF-16 LE': '3 rows: 3 trace',
  'UTF-16 LE with tabs, as "Unicode text"': '3 rows: 3 trace',
  'UTF-16 LE without its mark': '3 rows: 3 trace',
  'UTF-16 BE': '3 rows: 3 trace',
  'UTF-16 with half a character':
    'refused: FILE, line 4 or below: the text is not UTF-16LE throughout. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". Or name its encoding in a job file (encoding: ...).',
  'Windows-1252': '3 rows: 3 trace; noticed: encoding-windows 1',
  'Windows-1252 with its apostrophe':
    '1 rows: 1 trace; mended: 1 family_name/name-characters; noticed: encoding-windows 1',
  'encoded twice throughout':
    '3 rows: 3 trace; mended: 1 family_name/text-redecoded, 1 given_name/text-redecoded; noticed: double-encoded 1',
  'encoded twice in one row of two':
    '2 rows: 1 trace, 1 not-enough; faults: 1 family_name/name-encoding, 1 given_name/name-encoding',
  'encoded thrice':
    '3 rows: 2 trace, 1 not-enough; mended: 1 family_name/text-redecoded, 1 given_name/text-redecoded; faults: 1 family_name/name-encoding, 1 given_name/name-encoding; noticed: double-encoded 1',
  'UTF-8 and Windows-1252 mixed':
    'refused: FILE, line 5, column 2: the text is not UTF-8 here, but elsewhere in the file it is: two encodings are mixed, so nobody can tell which letters are right. Export it again. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".',
  'the code page of DOS':
    'refused: FILE, line 2, column 2: the text is not UTF-8, and makes no sense as Windows-1252. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". If the encoding is known, write it in a job file (and give it with --job), such as:\nencoding: macintosh',
  'an old Macintosh':
    'refused: FILE, line 2, column 2: the text is not UTF-8, and makes no sense as Windows-1252. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". If the encoding is known, write it in a job file (and give it with --job), such as:\nencoding: macintosh',
  'an old Macintosh, when the job says so': '1 rows: 1 trace',
  'an encoding that the job is wrong about':
    'refused: FILE, line 1 or below: the text is not UTF-8 throughout. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". Or name its encoding in a job file (encoding: ...).',
  'a replacement character': '1 rows: 1 not-enough; faults: 1 family_name/name-encoding',
  'a NUL':
    'refused: FILE, line 3, column 3: there is a NUL character, so this is no text file, or a damaged one. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".',
  'a file of NULs':
    'refused: FILE, line 1, column 1: there is a NUL character, so this is no text file, or a damaged one. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".',
  semicolons: '3 rows: 3 trace',
  tabs: '3 rows: 3 trace',
  pipes: '3 rows: 3 trace',
  tildes: '3 rows: 3 trace',
  'commas within semicolons': '3 rows: 3 trace; faults: 1 family_name/name-comma',
  'the word for the delimiter': '3 rows: 3 trace; noticed: rows-above-header 1',
  'CR alone': '3 rows: 3 trace',
  'CRLF and LF mixed': '3 rows: 3 trace',
  'no line end at the end': '3 rows: 3 trace',
  'blank lines everywhere': '3 rows: 3 trace',
  'a title above the header': '3 rows: 3 trace; noticed: rows-above-header 1',
  'notes above the header': '3 rows: 3 trace; noticed: rows-above-header 2',
  'group headers above the header': '3 rows: 3 trace; noticed: rows-above-header 1',
  'people above the header':
    "refused: FILE, line 1: the header row seems to be in line 3, but this row above it is as full as a person's. If it is not data, say in a job file (and give it with --job) where the header is:\nheader_row: 3",
  'people above the header that the job names': '1 rows: 1 trace; noticed: rows-above-header 1',
  'a header row that is not there':
    'refused: FILE: the job file says that the header is in line 40 (header_row), but no row begins there within the first 50.',
  'no header':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: not shown, because the first row looks like a person\'s data (6 cells)\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'the header again further down': '3 rows: 2 trace, 1 header-again',
  'a total below': '4 rows: 3 trace, 1 footer',
  'closing lines below': '5 rows: 3 trace, 2 footer',
  'a person called Total': '1 rows: 1 trace',
  'a blank row below': '4 rows: 3 trace, 1 empty',
  'two thousand blank rows below': '3 rows: 3 trace; noticed: blank-rows-below 2000',
  'blank rows between': '4 rows: 2 trace, 2 empty',
  'a row that is too short': '3 rows: 2 trace, 1 ragged',
  'a row that is too long, its comma not quoted': '2 rows: 1 ragged, 1 trace',
  'a delimiter at the end of each row': '2 rows: 2 trace',
  'a delimiter at the end of one row': '2 rows: 1 ragged, 1 trace',
  'a delimiter at the end of the header': '2 rows: 2 trace',
  'a quote that is never closed':
    'refused: FILE, line 2: a quotation mark (") opens here, or soon after, and is never closed, so the rest of the file would be one cell. Close it, double it ("") or delete it.',
  'a quote that closes rows later':
    'refused: FILE, line 2, column 7: a quotation mark (") opens here and closes only further down, with whole rows in between, which would be lost. Close it, double it ("") or delete it.',
  'an address of several lines': '2 rows: 2 trace',
  'quotes within cells': '2 rows: 2 trace; mended: 1 given_name/name-note',
  'an unused column that is there twice': '1 rows: 1 trace; noticed: duplicate-headers 2',
  'a used column that is there twice':
    'refused: FILE, header row: birth_date could be any of "DOB", "DOB".\nColumns with the same header cannot be told apart: rename all but one of them.',
  'two columns for one field':
    'refused: FILE, header row: birth_date could be any of "DOB", "Date of birth".\nSay which in a job file (and give it with --job):\ncolumns:\n  birth_date: "DOB"',
  'two columns for one field, and the job says which': '1 rows: 1 trace',
  'two former names': '2 rows: 2 trace',
  "a mother's number, a carer's date and a GP's postcode": '1 rows: 1 trace',
  "a mother's columns alone":
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: "Mother NHS Number", "Mother DOB"\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'an empty file':
    'refused: FILE: the file is empty. It needs a header row, then one row for each person.',
  'a header alone': 'refused: FILE: there is a header row, but no row below it.',
  'one column':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: "NHS number"\nRecognised: nhs_number ("NHS number").\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'a sheet that is full': '65535 rows: 65535 trace; noticed: row-limit 65536',
  'a number in scientific notation': '2 rows: 2 trace; faults: 1 nhs_number/nhs-number-scientific',
  'a number with a decimal point': '2 rows: 2 trace; mended: 1 nhs_number/nhs-number-decimal',
  'a number as a formula': '2 rows: 2 trace; mended: 1 nhs_number/spreadsheet-text-marker',
  'a number as a quoted formula': '2 rows: 2 trace; mended: 1 nhs_number/spreadsheet-text-marker',
  'a number with an apostrophe': '2 rows: 2 trace; mended: 1 nhs_number/spreadsheet-text-marker',
  'a number with thousands commas': '2 rows: 2 trace; mended: 1 nhs_number/nhs-number-thousands',
  'a number with blanks and hyphens': '2 rows: 2 trace',
  'a number that lost its zero': '2 rows: 2 trace; faults: 1 nhs_number/nhs-number-nine-digits',
  'a number with a wrong figure': '2 rows: 2 trace; faults: 1 nhs_number/nhs-number-check-digit',
  'a Scottish number': '2 rows: 1 trace, 1 not-enough; faults: 1 nhs_number/chi-number',
  'a filler for a number': '2 rows: 2 trace; faults: 1 nhs_number/nhs-number-placeholder',
  'a date as a formula': '2 rows: 2 trace; mended: 1 birth_date/spreadsheet-text-marker',
  'a date with an apostrophe': '2 rows: 2 trace; mended: 1 birth_date/spreadsheet-text-marker',
  'a date as a day number': '2 rows: 1 trace, 1 not-enough; faults: 1 birth_date/date-serial',
  'a date as a day number, which the job accepts':
    '2 rows: 2 trace; mended: 1 birth_date/date-serial-read',
  'a date with midnight': '2 rows: 2 trace',
  'a date that is none': '2 rows: 1 trace, 1 not-enough; faults: 1 birth_date/date-impossible',
  'a filler for a date': '2 rows: 1 trace, 1 not-enough; faults: 1 birth_date/date-placeholder',
  'one date the other way round': '2 rows: 1 trace, 1 not-enough; faults: 1 birth_date/date-order',
  'all dates the other way round':
    'refused: FILE, date of birth column: 5 dates have 13 or more where the month should be, when read day first. If the whole column is month first, write in a job file (and give it with --job):\ndate_order: mdy\nIf the column mixes both orders, export it again with one order, best as YYYY-MM-DD: nobody can tell which of the other dates are right.',
  'all dates the other way round, and the job says so': '5 rows: 5 trace',
  'codes of gender identity':
    'refused: FILE, gender column: it holds 3, 4 or Z, which are codes of gender identity. PDS is searched by PERSON STATED GENDER CODE or PERSON GENDER CODE CURRENT, in which 1 and 2 mean something else. Name the column with one of those in a job file (and give it with --job):\ncolumns:\n  gender: "the header of that column"',
  'a name with an invisible blank': '1 rows: 1 trace; mended: 1 family_name/name-characters',
  'formulas in cells': '2 rows: 2 trace; faults: 1 given_name/name-no-letters',
  'a workbook with numbers and dates': '1 rows: 1 trace',
  'a workbook with texts': '2 rows: 2 trace',
  'a workbook with a rounded number as a text':
    '1 rows: 1 trace; faults: 1 nhs_number/nhs-number-scientific',
  'a workbook with a number that lost its zero':
    '1 rows: 1 trace; faults: 1 nhs_number/nhs-number-nine-digits',
  'a workbook with day numbers that are no dates':
    '1 rows: 1 not-enough; faults: 1 birth_date/date-serial',
  'a workbook with a title, a blank row and a total':
    '2 rows: 1 trace, 1 footer; noticed: rows-above-header 1',
  'a workbook with a column beside its header': '1 rows: 1 trace',
  'a workbook with formulas that were never calculated':
    '1 rows: 1 trace; noticed: formulas-without-values 1',
  'a workbook with a hidden sheet and another': '1 rows: 1 trace; noticed: other-sheets 1',
  'a workbook and the wrong sheet':
    'refused: FILE: the job file says sheet: "People", but there is no such sheet. There are: "Sheet1"',
  'a workbook that is cut off':
    'refused: FILE: the workbook is damaged or cut off. Save it again in a spreadsheet program.',
  'a workbook with an entity':
    'refused: FILE: the workbook cannot be read: the XML is refused at line 2, column 30: doctype. Save it again in a spreadsheet program, or as "CSV UTF-8 (comma delimited)".',
  'a workbook that unpacks to very much':
    'refused: FILE: the workbook unpacks to far more than a workbook of people should, and was not read further. Save it again in a spreadsheet program, or as "CSV UTF-8 (comma delimited)".',
  'a workbook without a row':
    'refused: FILE: the file is empty. It needs a header row, then one row for each person.',
  'an old workbook':
    'refused: FILE: it is an old Excel workbook (.xls), or protected with a password. Open it in a spreadsheet program, and save it as .xlsx or as "CSV UTF-8 (comma delimited)".',
  'a workbook with a password':
    'refused: FILE: it is a workbook that is protected with a password. Open it, take the password off, and save it again.',
  'a zip of something':
    'refused: FILE: it is a zip archive, not a table. Take the file out of it first.',
  'a PDF': 'refused: FILE: it is a PDF, not a table. Export the table itself.',
  'a web page':
    'refused: FILE: it is a web page or XML, whatever its name says. Open it in a spreadsheet program, and save it as .xlsx or as "CSV UTF-8 (comma delimited)".',
};
