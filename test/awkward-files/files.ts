/** Files as people have them, made here so that each byte can be seen. Invented people, 999 numbers. */
import { MAIN, makeXlsx, makeZip, XML } from '../support/make-xlsx.ts';

export interface AwkwardFile {
  readonly name: string;
  readonly content: string | Buffer;
  /** Lines of a job file below its name. */
  readonly job?: string;
  /** The cells that the first row must keep. */
  readonly first?: readonly string[];
}

const HEADER = 'NHS number,Surname,Forename,DOB,Sex,Postcode';
const ROWAN = '9990123454,Testby,Rowan,17/09/1981,F,M1 1AE';
const ROBIN = '9990341702,Sample,Robin,01/02/1975,M,EC1A 1BB';
const SEAN = ',Müller-Né,Seán,03/04/1990,M,M1 1AE';
const FILE = `${HEADER}\n${ROWAN}\n${ROBIN}\n${SEAN}\n`;
const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
const twice = (text: string): string => new TextDecoder('windows-1252').decode(Buffer.from(text));
const by = (delimiter: string): string => FILE.replaceAll(',', delimiter);
const withNumber = (cell: string): string =>
  lines(HEADER, ROBIN, ROWAN.replace('9990123454', cell));
const withDate = (cell: string): string => lines(HEADER, ROBIN, ROWAN.replace('17/09/1981', cell));

const onDate = (cell: string): string => ROWAN.replace('17/09/1981', cell);
const named = (cell: string): string => `,${cell},Rowan,17/09/1981,F,`;
const american = (count: number): string[] => Array<string>(count).fill(onDate('09/17/1981'));

const ENCODINGS: readonly AwkwardFile[] = [
  { name: 'UTF-8', content: FILE },
  { name: 'UTF-8 with its mark', content: `\uFEFF${FILE}` },
  { name: 'UTF-8 whose mark was encoded twice', content: `ï»¿${FILE}` },
  { name: 'UTF-16 LE', content: utf16(`\uFEFF${FILE}`) },
  { name: 'UTF-16 LE with tabs, as "Unicode text"', content: utf16(`\uFEFF${by('\t')}`) },
  { name: 'UTF-16 LE without its mark', content: utf16(FILE) },
  { name: 'UTF-16 BE', content: utf16(`\uFEFF${FILE}`).swap16() },
  { name: 'UTF-16 with half a character', content: utf16(`\uFEFF${FILE}`).subarray(0, -1) },
  { name: 'Windows-1252', content: latin1(FILE) },
  {
    name: 'Windows-1252 with its apostrophe',
    content: latin1(lines(HEADER, `,O\x92Né,Seán,03/04/1990,M,`)),
  },
  {
    name: 'encoded twice throughout',
    content: twice(FILE),
    first: ROWAN.split(','),
  },
  { name: 'encoded twice in one row of two', content: lines(HEADER, SEAN, twice(SEAN)) },
  { name: 'encoded thrice', content: twice(twice(FILE)) },
  { name: 'UTF-8 and Windows-1252 mixed', content: latin1(`${asBytes(FILE)}${SEAN}\n`) },
  {
    name: 'the code page of DOS',
    content: latin1(lines(HEADER, `,M\x81ller,Ren\x82e,03/04/1990,F,`)),
  },
  { name: 'an old Macintosh', content: latin1(lines(HEADER, `,Ren\x8ee,Jo,03/04/1990,F,`)) },
  {
    name: 'an old Macintosh, when the job says so',
    content: latin1(lines(HEADER, `,Ren\x8ee,Jo,03/04/1990,F,`)),
    job: 'encoding: macintosh',
  },
  {
    name: 'an encoding that the job is wrong about',
    content: latin1(FILE),
    job: 'encoding: utf-8',
  },
  { name: 'a replacement character', content: lines(HEADER, ',M\uFFFDller,Seán,03/04/1990,M,') },
  {
    name: 'UTF-16 behind the mark of UTF-8',
    content: Buffer.concat([Buffer.from('\uFEFF'), utf16(FILE)]),
  },
  {
    name: 'UTF-8 with its mark twice, and quoted',
    content: `\uFEFF\uFEFF"NHS number"${FILE.slice(10)}`,
  },
  {
    name: 'surrogates, which UTF-8 has not',
    content: latin1(lines(HEADER, ROWAN.replace('Testby', 'Tes\xED\xA0\x80tby'))),
  },
  { name: 'the mark of UTF-16 before UTF-8', content: latin1(`\xFF\xFE${FILE}`) },
  {
    name: 'central European',
    content: latin1(lines(HEADER, `,\x8A\x9Dastn\xFD,Jan,03/04/1990,M,`)),
  },
  { name: 'a NUL', content: lines(HEADER, ROWAN, ROBIN.replace('Robin', 'Ro\0bin')) },
  { name: 'a file of NULs', content: Buffer.alloc(1000) },
];

/** As bytes: UTF-8 that is about to be written through Latin 1. */
function asBytes(text: string): string {
  return Buffer.from(text).toString('latin1');
}

const SHAPES: readonly AwkwardFile[] = [
  { name: 'semicolons', content: by(';') },
  { name: 'tabs', content: by('\t') },
  { name: 'pipes', content: by('|') },
  { name: 'tildes', content: by('~') },
  { name: 'commas within semicolons', content: by(';').replace('Testby', 'Testby, née Sample') },
  { name: 'the word for the delimiter', content: `sep=;\n${by(';')}` },
  { name: 'CR alone', content: FILE.replaceAll('\n', '\r') },
  { name: 'CRLF and LF mixed', content: FILE.replace('\n', '\r\n') },
  { name: 'no line end at the end', content: FILE.trimEnd() },
  { name: 'blank lines everywhere', content: `\n\n${FILE.replaceAll('\n', '\n\n')}\n` },
  { name: 'a title above the header', content: `Patients of the week\n${FILE}` },
  {
    name: 'notes above the header',
    content: `Report:,Weekly,,,,\nRun on:,01/02/2026,,,,\n\n${FILE}`,
  },
  { name: 'group headers above the header', content: `,Person,,,,Address\n${FILE}` },
  {
    name: "a mother's columns, said above the header",
    content: lines(
      ',,Mother,,Child,,,',
      'Case,Ref,NHS number,Postcode,Surname,Forename,DOB,Sex',
      '1,2,9990341702,M1 1AE,Testby,Rowan,17/09/1981,F',
    ),
  },
  {
    name: "a person's columns and a carer's, said above the header",
    content: lines(
      'Patient,,,,"Parent / carer",,',
      'Surname,Forename,DOB,NHS number,Surname,DOB,NHS number',
      'Testby,Rowan,17/09/1981,9990123454,Sample,01/02/1950,9990341702',
    ),
  },
  {
    name: 'a person above the header with few cells',
    content: lines('9990341702,Sample,Robin', `${HEADER},a,b,c,d`, `${ROWAN},1,2,3,4`),
  },
  { name: 'people above the header', content: lines(ROWAN, ROBIN, HEADER, ROWAN) },
  {
    name: 'people above the header that the job names',
    content: lines('a,b,c,d,e,f', HEADER, ROWAN),
    job: 'header_row: 2',
  },
  { name: 'a header row that is not there', content: FILE, job: 'header_row: 40' },
  { name: 'no header', content: lines(ROWAN, ROBIN) },
  {
    name: 'no header and few figures',
    content: lines('Testby,Rowan,1-Feb-75,F', 'Sample,Robin,2-Feb-75,M'),
  },
  {
    name: 'another table below, with its columns elsewhere',
    content: lines(
      HEADER,
      ROWAN,
      '',
      'Forename,Surname,NHS number,DOB,Sex,Postcode',
      'Robin,Sample,9990341702,01/02/1975,M,',
    ),
  },
  {
    name: 'files put together, each with its mark',
    content: `\uFEFF${lines(HEADER, ROWAN)}\uFEFF${lines(HEADER, ROBIN)}`,
  },
  { name: 'the header again further down', content: lines(HEADER, ROWAN, HEADER, ROBIN) },
  { name: 'a total below', content: `${FILE}Total,3,,,,\n` },
  { name: 'closing lines below', content: `${FILE}\n3 records\nEnd of report\n` },
  { name: 'a person called Total', content: lines(HEADER, ',Total,Rowan,17/09/1981,F,') },
  { name: 'a blank row below', content: `${FILE},,,,,\n` },
  { name: 'two thousand blank rows below', content: `${FILE}${',,,,,\n'.repeat(2000)}` },
  { name: 'blank rows between', content: lines(HEADER, ROWAN, ',,,,,', ' , ,,,,', ROBIN) },
  { name: 'a row that is too short', content: lines(HEADER, ROWAN, 'x,y', ROBIN) },
  {
    name: 'a row that is too long, its comma not quoted',
    content: lines(HEADER, '9990123454,Testby,Rowan,17/09/1981,F,1 High Street, M1 1AE', ROBIN),
    first: ['9990123454', 'Testby', 'Rowan', '17/09/1981', 'F', '1 High Street, M1 1AE'],
  },
  { name: 'a delimiter at the end of each row', content: lines(HEADER, `${ROWAN},`, `${ROBIN},`) },
  {
    name: 'three delimiters at the end of each row',
    content: lines(HEADER, `${ROWAN},,,`, `${ROBIN},,,`),
  },
  {
    name: 'three delimiters at the end of the header',
    content: lines(`${HEADER},,,`, ROWAN, ROBIN),
  },
  { name: 'a delimiter at the end of one row', content: lines(HEADER, `${ROWAN},`, ROBIN) },
  { name: 'a delimiter at the end of the header', content: lines(`${HEADER},`, ROWAN, ROBIN) },
  {
    name: 'a quote that is never closed',
    content: lines(HEADER, ROWAN.replace('Testby', '"Testby'), ROBIN),
  },
  {
    name: 'a quote that closes rows later',
    content: lines(`${HEADER},Notes`, `${ROWAN},"x`, `${ROBIN},y`, `${ROBIN},z"`),
  },
  {
    name: 'an address of several lines',
    content: lines(
      `${HEADER},Address`,
      `${ROWAN},"1 High Street\nTesttown, Testshire"`,
      `${ROBIN},`,
    ),
  },
  {
    name: 'quotes within cells',
    content: lines(HEADER, ROWAN.replace('Rowan', 'Rowan "Ro"'), ROBIN),
  },
  {
    name: 'an unused column that is there twice',
    content: lines(`${HEADER},Ward,Ward`, `${ROWAN},A,B`),
  },
  {
    name: 'a used column that is there twice, numbered',
    content: lines(`${HEADER},NHS number.1,Postcode 2`, `${ROWAN},9990341702,`),
  },
  {
    name: 'headers with the star of columns that must be filled',
    content: lines(HEADER.replaceAll(',', '*,'), ROWAN),
  },
  {
    name: 'headers on two lines',
    content: lines('"NHS\nnumber",Surname,Forename,"Date of\nbirth",Sex', ROWAN.slice(0, -7)),
  },
  {
    name: 'a hint in the header of the number',
    content: lines(HEADER.replace('NHS number', 'NHS number (10 digits)'), ROWAN),
  },
  {
    name: 'a name of somebody beside the names',
    content: lines(`${HEADER},Name`, ',,,17/09/1981,F,,"Doctor, The"'),
  },
  {
    name: 'whole names, with titles',
    content: lines(
      'NHS number,Name,DOB,Sex',
      ',"TESTBY, Mr Rowan",17/09/1981,F',
      ',Mr Rowan Testby,17/09/1981,F',
    ),
  },
  {
    name: 'a date of referral beside that of birth',
    content: lines(`Date of referral,${HEADER}`, `03/01/2024,${ROWAN}`),
  },
  { name: 'sex and gender', content: lines(`${HEADER},Gender`, `${ROWAN},F`) },
  {
    name: 'three hundred columns',
    content: lines(`${HEADER}${',x'.repeat(294)}`, `${ROWAN}${',1'.repeat(294)}`),
  },
  {
    name: 'decimal commas within semicolons',
    content: lines(`${by(';').split('\n')[0]};Weight`, `${ROWAN.replaceAll(',', ';')};71,5`),
  },
  { name: 'JSON', content: '[{"NHS number":"9990123454","Surname":"Testby"}]' },
  { name: 'carets between cells', content: by('^') },
  {
    name: 'blanks between delimiters and quotation marks',
    content: lines(
      ...[HEADER, ROWAN, ROBIN.replace('Sample', 'Sample, Jr')].map((line) =>
        line
          .split(/,(?! )/)
          .map((cell) => `"${cell}"`)
          .join(', '),
      ),
    ),
  },
  { name: 'quoted as a whole', content: lines(`"${HEADER}"`, `"${ROWAN}"`) },
  {
    name: 'a header of tabs and rows of commas',
    content: lines(HEADER.replaceAll(',', '\t'), ROWAN),
  },
  {
    name: 'LF first and CR below',
    content: FILE + FILE.slice(HEADER.length + 1).replaceAll('\n', '\r'),
  },
  { name: 'blanks alone', content: '  \n \n' },
  { name: 'a mark alone', content: '\uFEFF' },
  { name: 'a used column that is there twice', content: lines(`${HEADER},DOB`, `${ROWAN},x`) },
  { name: 'two columns for one field', content: lines(`${HEADER},Date of birth`, `${ROWAN},x`) },
  {
    name: 'two columns for one field, and the job says which',
    content: lines(`${HEADER},Date of birth`, `${ROWAN},x`),
    job: 'columns:\n  birth_date: DOB',
  },
  {
    name: 'two former names',
    content: lines(
      `${HEADER},Maiden name,Previous surname`,
      `${ROWAN},,Sample`,
      `${ROBIN},Other,Sample`,
    ),
  },
  {
    name: "a mother's number, a carer's date and a GP's postcode",
    content: lines(
      'Mother NHS Number,Carer DOB,GP Postcode,Baby Surname,Surname,DOB,Sex',
      '9990123454,01/01/1950,M1 1AE,Testby,Sample,17/09/1981,F',
    ),
  },
  {
    name: "a mother's columns alone",
    content: lines('Mother NHS Number,Mother DOB', '9990123454,01/02/1950'),
  },
  { name: 'an empty file', content: '' },
  { name: 'a header alone', content: `${HEADER}\n` },
  { name: 'one column', content: lines('NHS number', '9990123454') },
  {
    name: 'a sheet that is full',
    content: `${HEADER}\n${`${ROWAN}\n`.repeat(65_535)}`,
  },
];

const CELLS: readonly AwkwardFile[] = [
  { name: 'a number in scientific notation', content: withNumber('9.99E+09') },
  { name: 'a number with a decimal point', content: withNumber('9990123454.0') },
  { name: 'a number as a formula', content: withNumber('="9990123454"') },
  { name: 'a number as a quoted formula', content: withNumber('"=""9990123454"""') },
  { name: 'a number with an apostrophe', content: withNumber("'9990123454") },
  { name: 'a number with thousands commas', content: withNumber('"9,990,123,454"') },
  { name: 'a number with blanks and hyphens', content: withNumber('999-012 3454') },
  { name: 'a number that lost its zero', content: withNumber('999012345') },
  { name: 'a number with a wrong figure', content: withNumber('9990123455') },
  { name: 'a Scottish number', content: withNumber('0101011237') },
  { name: 'a filler for a number', content: withNumber('0000000000') },
  { name: 'a date as a formula', content: withDate('="17/09/1981"') },
  { name: 'a date with an apostrophe', content: withDate("'17/09/1981") },
  { name: 'a date as a day number', content: withDate('29846') },
  {
    name: 'a date as a day number, which the job accepts',
    content: withDate('29846'),
    job: 'excel_serial_dates: true',
  },
  { name: 'a date with midnight', content: withDate('1981-09-17 00:00:00') },
  { name: 'a date that is none', content: withDate('31/04/1981') },
  { name: 'a filler for a date', content: withDate('01/01/1900') },
  { name: 'one date the other way round', content: withDate('09/17/1981') },
  {
    name: 'all dates the other way round',
    content: lines(HEADER, ...Array<string>(5).fill(ROWAN.replace('17/09', '09/17'))),
  },
  {
    name: 'all dates the other way round, and the job says so',
    content: lines(HEADER, ...Array<string>(5).fill(ROWAN.replace('17/09', '09/17'))),
    job: 'date_order: mdy',
  },
  {
    name: 'a few dates the other way round among many',
    content: lines(HEADER, ...Array<string>(1000).fill(ROWAN), ...american(5)),
  },
  {
    name: 'year, day, month',
    content: lines(HEADER, ...['1981-17-09', '1975-02-01', '1960-25-12', '1999-30-06'].map(onDate)),
  },
  {
    name: 'UK dates that a US spreadsheet has turned',
    content: lines(
      HEADER,
      ...['17/09/1981', '13/02/1975', '25/12/1960', '30/06/1999', '19/07/1955'].map(onDate),
      ...['1981-05-09', '1990-03-12', '1988-11-08', '1970-01-02', '1966-10-10'].map(onDate),
    ),
  },
  {
    name: 'UK dates that a US spreadsheet has turned to day numbers',
    content: lines(
      HEADER,
      ...['17/09/1981', '13/02/1975', '25/12/1960', '30/06/1999', '19/07/1955'].map(onDate),
      ...['29715', '32944', '32455', '25570', '24390'].map(onDate),
    ),
    job: 'excel_serial_dates: true',
  },
  {
    name: 'dates moved to the day before, at 23:00',
    content: lines(HEADER, ...Array<string>(3).fill(onDate('1981-09-16 23:00:00'))),
  },
  {
    name: 'dates in words',
    content: lines(HEADER, ...['17 sept. 1981', '17th September 1981', 'Thursday 17'].map(onDate)),
  },
  {
    name: 'numbers with blanks and hyphens that nobody sees',
    content: lines(
      HEADER,
      ...['999\u00A0012\u00A03454', '999\u2011012\u20113454', '\u202A9990123454\u202C'].map(
        (cell) => ROWAN.replace('9990123454', cell),
      ),
    ),
  },
  {
    name: 'numbers in scientific notation of every kind',
    content: lines(
      HEADER,
      ...['9.99012E+09', '9.990123454E+09', '"9,99012E+09"', '9.99012e9'].map((cell) =>
        ROWAN.replace('9990123454', cell),
      ),
    ),
  },
  {
    name: 'errors of a spreadsheet for names',
    content: lines(HEADER, ...['#N/A', '#REF!', '#VALUE!', '#NAME?', '#DIV/0!'].map(named)),
  },
  {
    name: 'quotation marks within names',
    content: lines(HEADER, ...['O"Né', '"Test\\"by"', 'Rowan "Ro" Né', '"Ro"Testby'].map(named)),
  },
  {
    name: 'codes of gender identity',
    content: lines(HEADER, ...Array<string>(4).fill(ROWAN.replace(',F,', ',Z,'))),
  },
  {
    name: 'a name with an invisible blank',
    content: lines(HEADER, ROWAN.replace('Testby', '\u200BTest\u00A0by')),
  },
  {
    name: 'formulas in cells',
    content: lines(HEADER, ROWAN.replace('Rowan', '=1+1'), ROBIN),
    first: ['9990123454', 'Testby', '=1+1', '17/09/1981', 'F', 'M1 1AE'],
  },
];

const HEADERS = HEADER.split(',');
const workbook = (
  ...rows: readonly (readonly (string | number | undefined | { day: number } | { xml: string })[])[]
): Buffer => makeXlsx({ sheets: [{ rows: [HEADERS, ...rows] }] });
const withBirth = (birth: string | { day: number }) =>
  [9990123454, 'Testby', 'Rowan', birth, 'F', 'M1 1AE'] as const;
const DAY_NUMBER = [9990341702, 'Sample', 'Robin', 25965, 'M', 'M1 1AE'] as const;
const PERSON = [9990123454, 'Testby', 'Rowan', { day: 29846 }, 'F', 'M1 1AE'] as const;
const sheetXml = (inside: string): string => `${XML}<worksheet ${MAIN}>${inside}</worksheet>`;
const broken = (content: string): Buffer =>
  makeXlsx({ sheets: [{ rows: [] }], members: [{ name: 'xl/worksheets/sheet1.xml', content }] });

const WORKBOOKS: readonly AwkwardFile[] = [
  {
    name: 'a workbook with numbers and dates',
    content: workbook(PERSON),
    first: ['9990123454', 'Testby', 'Rowan', '1981-09-17', 'F', 'M1 1AE'],
  },
  { name: 'a workbook with texts', content: workbook(ROWAN.split(','), ROBIN.split(',')) },
  {
    name: 'a workbook with a rounded number as a text',
    content: workbook(['9.99E+09', ...PERSON.slice(1)]),
  },
  {
    name: 'a workbook with a number that lost its zero',
    content: workbook([999012345, ...PERSON.slice(1)]),
  },
  {
    name: 'a workbook with day numbers that are no dates',
    content: workbook([...PERSON.slice(0, 3), 29846, 'F', 'M1 1AE']),
  },
  {
    name: 'a workbook with a title, a blank row and a total',
    content: makeXlsx({
      sheets: [{ rows: [['Patients'], [], HEADERS, PERSON, [], ['Total', 1]] }],
    }),
  },
  {
    name: 'a workbook that counts from 1904, with a day number that is no date',
    content: makeXlsx({ is1904: true, sheets: [{ rows: [HEADERS, PERSON, DAY_NUMBER] }] }),
    job: 'excel_serial_dates: true',
  },
  {
    name: 'a workbook with US dates that a UK spreadsheet has turned',
    content: workbook(
      ...['09/17/1981', '02/13/1975', '12/25/1960', '06/30/1999', '07/19/1955'].map((date) =>
        withBirth(date),
      ),
      ...[29715, 32944, 32455, 25570, 24390].map((day) => withBirth({ day })),
    ),
    job: 'date_order: mdy',
  },
  {
    name: 'a workbook with groups above its header',
    content: makeXlsx({
      sheets: [{ rows: [['Mother', '', 'Child'], HEADERS, PERSON.slice(0, 6)] }],
    }),
  },
  {
    name: 'a workbook whose first sheet is a cover',
    content: makeXlsx({
      sheets: [
        { name: 'Cover', rows: [['People of the week']] },
        { name: 'People', rows: [HEADERS, PERSON] },
      ],
    }),
  },
  {
    name: 'a workbook whose table begins further in',
    content: makeXlsx({
      sheets: [{ rows: [[], [undefined, undefined, ...HEADERS], ['', '', ...PERSON]] }],
    }),
  },
  {
    name: 'a workbook with the header in row 7, and a total',
    content: makeXlsx({
      sheets: [{ rows: [['Extract'], [], [], [], [], [], HEADERS, PERSON, [], ['Total', 1]] }],
    }),
  },
  { name: 'a workbook with a column beside its header', content: workbook([...PERSON, 'a note']) },
  {
    name: 'a workbook with formulas that were never calculated',
    content: workbook([...PERSON.slice(0, 5), { xml: '<c r="REF"><f>A1</f></c>' }]),
  },
  {
    name: 'a workbook with a hidden sheet and another',
    content: makeXlsx({
      sheets: [
        { name: 'Codes', state: 'hidden', rows: [['x']] },
        { name: 'People', rows: [HEADERS, PERSON] },
        { name: 'More people', rows: [HEADERS, PERSON] },
      ],
    }),
  },
  { name: 'a workbook and the wrong sheet', content: workbook(PERSON), job: 'sheet: People' },
  { name: 'a workbook that is cut off', content: workbook(PERSON).subarray(0, 1000) },
  {
    name: 'a workbook with an entity',
    content: broken(`${XML}<!DOCTYPE a [<!ENTITY b "c">]>${sheetXml('')}`),
  },
  {
    name: 'a workbook that unpacks to very much',
    content: broken(sheetXml(`<a>${' '.repeat(2000)}</a>`.repeat(20_000))),
  },
  {
    name: 'a workbook whose first sheet is a chart',
    content: makeXlsx({
      sheets: [
        { name: 'Chart', rows: [] },
        { name: 'People', rows: [HEADERS, PERSON] },
      ],
      members: [{ name: 'xl/worksheets/sheet1.xml', content: `${XML}<chartsheet ${MAIN}/>` }],
    }),
  },
  { name: 'a workbook without a row', content: broken(sheetXml('<sheetData/>')) },
  { name: 'an old workbook', content: Buffer.from('d0cf11e0a1b11ae10000', 'hex') },
  {
    name: 'a workbook with a password',
    content: Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), utf16('EncryptedPackage')]),
  },
  { name: 'a zip of something', content: makeZip([{ name: 'people.csv', content: FILE }]) },
  { name: 'a PDF', content: '%PDF-1.7\n' },
  {
    name: 'a web page',
    content: '<html><body><table><tr><td>NHS number</td></tr></table></body></html>',
  },
];

export const AWKWARD_FILES: readonly AwkwardFile[] = [
  ...ENCODINGS,
  ...SHAPES,
  ...CELLS,
  ...WORKBOOKS,
];
