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
  'UTF-16 behind the mark of UTF-8':
    'refused: FILE, line 1, column 1: there is a NUL character, so this is no text file, or a damaged one. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)".',
  'UTF-8 with its mark twice, and quoted': '3 rows: 3 trace',
  'surrogates, which UTF-8 has not':
    'refused: FILE, line 2, column 2: the text is not UTF-8, and makes no sense as Windows-1252. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". If the encoding is known, write it in a job file (and give it with --job), such as:\nencoding: macintosh',
  'the mark of UTF-16 before UTF-8':
    'refused: FILE, line 1 or below: the text is not UTF-16LE throughout. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". Or name its encoding in a job file (encoding: ...).',
  'central European':
    'refused: FILE, line 2, column 2: the text is not UTF-8, and makes no sense as Windows-1252. In a spreadsheet program, save it as "CSV UTF-8 (comma delimited)". If the encoding is known, write it in a job file (and give it with --job), such as:\nencoding: macintosh',
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
  "a mother's columns, said above the header":
    '1 rows: 1 trace; noticed: rows-above-header 1, columns-alike 2',
  "a person's columns and a carer's, said above the header":
    '1 rows: 1 trace; noticed: rows-above-header 1, duplicate-headers 6',
  'a person above the header with few cells':
    "refused: FILE, line 1: the header row seems to be in line 2, but this row above it looks like a person's. If it is not data, say in a job file (and give it with --job) where the header is:\nheader_row: 2",
  'people above the header':
    "refused: FILE, line 1: the header row seems to be in line 3, but this row above it looks like a person's. If it is not data, say in a job file (and give it with --job) where the header is:\nheader_row: 3",
  'people above the header that the job names': '1 rows: 1 trace; noticed: rows-above-header 1',
  'a header row that is not there':
    'refused: FILE: the job file says that the header is in line 40 (header_row), but no row begins there within the first 50.',
  'no header':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: not shown, because the first row may be a person\'s data (6 cells)\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'no header and few figures':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: not shown, because the first row may be a person\'s data (4 cells)\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'another table below, with its columns elsewhere':
    'refused: FILE, line 4: this row looks like the header of another table, with other columns, so the rows below it cannot be read by the header in line 1. Put each table in a file of its own.',
  'files put together, each with its mark': '3 rows: 2 trace, 1 header-again',
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
  'three delimiters at the end of each row': '2 rows: 2 trace',
  'three delimiters at the end of the header': '2 rows: 2 trace',
  'a delimiter at the end of one row': '2 rows: 1 ragged, 1 trace',
  'a delimiter at the end of the header': '2 rows: 2 trace',
  'a quote that is never closed':
    'refused: FILE, line 2: a quotation mark (") opens here, or soon after, and is never closed, so the rest of the file would be one cell. Close it, double it ("") or delete it.',
  'a quote that closes rows later':
    'refused: FILE, line 2, column 7: a quotation mark (") opens here and closes only further down, with whole rows in between, which would be lost. Close it, double it ("") or delete it.',
  'an address of several lines': '2 rows: 2 trace',
  'quotes within cells': '2 rows: 2 trace; mended: 1 given_name/name-note',
  'an unused column that is there twice': '1 rows: 1 trace; noticed: duplicate-headers 2',
  'a used column that is there twice, numbered':
    'refused: FILE, header row: nhs_number could be any of "NHS number", "NHS number.1"; postcode could be any of "Postcode", "Postcode 2".\nSay which in a job file (and give it with --job):\ncolumns:\n  nhs_number: "NHS number"\n  postcode: "Postcode"',
  'headers with the star of columns that must be filled': '1 rows: 1 trace',
  'headers on two lines': '1 rows: 1 trace',
  'a hint in the header of the number': '1 rows: 1 trace; noticed: columns-alike 1',
  'a name of somebody beside the names': '1 rows: 1 not-enough',
  'whole names, with titles':
    '2 rows: 1 trace, 1 not-enough; mended: 1 full_name/name-title; faults: 1 full_name/full-name-order',
  'a date of referral beside that of birth': '1 rows: 1 trace',
  'sex and gender':
    'refused: FILE, header row: gender could be any of "Sex", "Gender".\nSay which in a job file (and give it with --job):\ncolumns:\n  gender: "Sex"',
  'three hundred columns': '1 rows: 1 trace; noticed: duplicate-headers 294',
  'decimal commas within semicolons': '1 rows: 1 trace',
  JSON: 'refused: FILE: it is JSON, not a table. Export it as "CSV UTF-8 (comma delimited)".',
  'carets between cells':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: "NHS number^Surname^Forename^DOB^Sex^Postcode"\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'blanks between delimiters and quotation marks':
    '2 rows: 1 trace, 1 ragged; mended: 1 family_name/name-characters, 1 given_name/name-characters',
  'quoted as a whole':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: "NHS number,Surname,Forename,DOB,Sex,Postcode"\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'a header of tabs and rows of commas':
    'refused: FILE, line 1: the header row has 6 cells, and the rows below it have far fewer. A line end is probably missing between the header row and the first person, or the rows have another delimiter.',
  'LF first and CR below':
    'refused: FILE, line 5, column 6: a row ends here with a bare CR, and others with LF or CRLF, so several rows would be one. End each row with the same line end.',
  'blanks alone':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: not shown, because the first row may be a person\'s data (1 cell)\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'a mark alone':
    'refused: FILE: the file is empty. It needs a header row, then one row for each person.',
  'a used column that is there twice':
    'refused: FILE, header row: birth_date could be any of "DOB", "DOB".\nColumns with the same header cannot be told apart: rename all but one of them.',
  'two columns for one field':
    'refused: FILE, header row: birth_date could be any of "DOB", "Date of birth".\nSay which in a job file (and give it with --job):\ncolumns:\n  birth_date: "DOB"',
  'two columns for one field, and the job says which': '1 rows: 1 trace',
  'two former names': '2 rows: 2 trace',
  "a mother's number, a carer's date and a GP's postcode":
    '1 rows: 1 trace; noticed: columns-alike 2',
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
    'refused: FILE, column 4 ("DOB"): 5 dates, the first in row 1, have 13 or more where the month should be, when read day first. If the whole column is month first, write in a job file (and give it with --job):\ndate_order: mdy\nIf the column mixes both orders, export it again with one order, best as YYYY-MM-DD: nobody can tell which of the other dates are right.',
  'all dates the other way round, and the job says so': '5 rows: 5 trace',
  'a few dates the other way round among many':
    'refused: FILE, column 4 ("DOB"): 5 dates, the first in row 1001, have 13 or more where the month should be, when read day first. If the whole column is month first, write in a job file (and give it with --job):\ndate_order: mdy\nIf the column mixes both orders, export it again with one order, best as YYYY-MM-DD: nobody can tell which of the other dates are right.',
  'year, day, month':
    'refused: FILE, column 4 ("DOB"): 3 dates, the first in row 1, begin with the year and have 13 or more where the month should be, so day and month are the other way round in the column, or in parts of it. Export it again as YYYY-MM-DD: nobody can tell which of the other dates are right.',
  'UK dates that a US spreadsheet has turned':
    'refused: FILE, column 4 ("DOB"): 5 cells, the first in row 6, are dates, hardly any of them after the 12th of its month, and 5 are texts, nearly all after the 12th. So it looks when a spreadsheet program takes days for months: it turns the dates that exist both ways, and leaves the others. Export the file again from where it came from, with dates as YYYY-MM-DD, and do not open it in a spreadsheet program on the way.',
  'UK dates that a US spreadsheet has turned to day numbers':
    'refused: FILE, column 4 ("DOB"): 5 cells, the first in row 6, are dates, hardly any of them after the 12th of its month, and 5 are texts, nearly all after the 12th. So it looks when a spreadsheet program takes days for months: it turns the dates that exist both ways, and leaves the others. Export the file again from where it came from, with dates as YYYY-MM-DD, and do not open it in a spreadsheet program on the way.',
  'dates moved to the day before, at 23:00':
    'refused: FILE, column 4 ("DOB"): 3 dates, the first in row 1, carry the time 23:00, and hardly any carries another. So British dates in summer come out of a system that keeps Universal Time, one day too early. Export the column again without a time, as the dates are shown on the screen.',
  'dates in words': '3 rows: 2 trace, 1 not-enough; faults: 1 birth_date/date-unreadable',
  'numbers with blanks and hyphens that nobody sees': '3 rows: 3 trace',
  'numbers in scientific notation of every kind':
    '4 rows: 4 trace; faults: 4 nhs_number/nhs-number-scientific',
  'errors of a spreadsheet for names':
    '5 rows: 5 not-enough; faults: 5 family_name/name-placeholder',
  'quotation marks within names':
    '4 rows: 1 not-enough, 2 run-together, 1 trace; mended: 1 family_name/name-note; faults: 1 family_name/name-quotation',
  'codes of gender identity':
    'refused: FILE, column 5 ("Sex"): 4 cells, the first in row 1, hold 3, 4 or Z, which are codes of gender identity. PDS is searched by PERSON STATED GENDER CODE or PERSON GENDER CODE CURRENT, in which 1 and 2 mean something else. Name the column with one of those in a job file (and give it with --job):\ncolumns:\n  gender: "the header of that column"',
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
  'a workbook that counts from 1904, with a day number that is no date':
    'refused: FILE, column 4 ("DOB"): the workbook counts its days from 1904, and some of them, the first in row 2, have no date format, so they would be read four years too early. Give the whole column a date format and save the workbook again.',
  'a workbook with US dates that a UK spreadsheet has turned':
    'refused: FILE, column 4 ("DOB"): 5 cells, the first in row 6, are dates, hardly any of them after the 12th of its month, and 5 are texts, nearly all after the 12th. So it looks when a spreadsheet program takes days for months: it turns the dates that exist both ways, and leaves the others. Export the file again from where it came from, with dates as YYYY-MM-DD, and do not open it in a spreadsheet program on the way.',
  'a workbook with groups above its header':
    'refused: FILE, header row: the columns needed to trace people were not recognised.\nThe headers are: "Mother NHS number", "Mother Surname", "Forename", "DOB", "Sex", "Postcode"\nRecognised: given_name ("Forename"), birth_date ("DOB"), gender ("Sex"), postcode ("Postcode").\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"',
  'a workbook whose first sheet is a cover':
    'refused: FILE, sheet "Cover" (for another, write in a job file sheet: NAME; there is also "People"), header row: the columns needed to trace people were not recognised.\nThe headers are: not shown, because the first row may be a person\'s data (1 cell)\nRecognised: none.\nNeeded: birth_date with nhs_number, or birth_date with family_name and gender.\nIf the first row is not a header row, add one. Otherwise name the columns in a job file (and give it with --job):\ncolumns:\n  nhs_number: "the header of that column"\n  family_name: "the header of that column"\n  given_name: "the header of that column"\n  birth_date: "the header of that column"\n  gender: "the header of that column"\n  postcode: "the header of that column"',
  'a workbook whose table begins further in': '1 rows: 1 trace',
  'a workbook with the header in row 7, and a total':
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
  'a workbook whose first sheet is a chart':
    'refused: FILE, sheet "Chart" (for another, write in a job file sheet: NAME; there is also "People"): the file is empty. It needs a header row, then one row for each person.',
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
