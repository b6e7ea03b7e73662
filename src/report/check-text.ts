/** What `check` prints for people. Pure. */
import { duration, whole } from '../domain/figures.ts';
import type { CheckSummary, RowGroup } from './check-summary.ts';
import { wrapText } from './wrap-text.ts';

export function checkText(summary: CheckSummary): string {
  const { columns, cells } = summary;
  const lines = [
    ...wrapText(`${summary.file}: `, counted(summary.rows, 'row')),
    ...wrapText('  ', formWords(summary)),
    `  Rows are ${ROWS_COUNTED}`,
    ...summary.notices.flatMap(({ text }) => wrapText('  * ', text)),
    '',
    'Columns',
    ...columns.flatMap(({ field, header, column, confidence }) =>
      wrapText(
        `  ${field.padEnd(24)} `,
        `column ${column}, ${headerWords(header)} (${CONFIDENCE_WORDS[confidence]})`,
      ),
    ),
    ...wrapText(`  ${'local id'.padEnd(24)} `, localIdWords(summary)),
    ...wrapText(`  ${'not sent'.padEnd(24)} `, notUsedWords(summary)),
    '',
    'What a run would send',
    ...requestWords(summary).flatMap((line) => wrapText('  ', line)),
    ...groupsOf(summary).flatMap(({ heading, groups }) => section(heading, groups)),
    ...section(CELL_HEADINGS.unusable, cells.unusable),
    ...section(CELL_HEADINGS.suspicious, cells.suspicious),
    ...section(CELL_HEADINGS.mended, cells.mended, 'without actions'),
  ];
  return `${lines.join('\n')}\n`;
}

/** Spreadsheet programs count otherwise. */
export const ROWS_COUNTED = 'counted from 1 below the header';

export const CONFIDENCE_WORDS = {
  job: 'named by the job',
  profile: 'as in this layout',
  synonym: 'by its header',
} as const satisfies Record<CheckSummary['columns'][number]['confidence'], string>;

export const CELL_HEADINGS = {
  unusable: 'Cells that cannot be used',
  suspicious: 'Cells that are used, but look suspicious',
  mended: 'Cells that were mended',
} as const satisfies Record<keyof CheckSummary['cells'], string>;

/** `Text in UTF-8, cells parted by a comma, header in line 1; layout: …`. */
export function formWords({ form, header_line, layout }: CheckSummary): string {
  const what =
    form.kind === 'xlsx'
      ? `Workbook, sheet "${form.sheet}", header in row ${header_line}`
      : `Text in ${form.encoding.toUpperCase()}, cells parted by ${DELIMITER_WORDS[form.delimiter]}, header in line ${header_line}`;
  if (layout === null) return `${what}; no published layout was recognised`;
  return `${what}; layout: ${layout.name} (${layout.headers_found} of its ${layout.headers} headers)`;
}

const DELIMITER_WORDS = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'pipes',
  '~': 'tildes',
} as const;

/** The requests of a run and how long they take, a sentence each. */
export function requestWords(summary: CheckSummary): readonly string[] {
  const { requests, forecast, rate_per_second: rate } = summary;
  return [
    `${counted(summary.traceable_rows, 'row')} can be traced, ${whole(summary.untraceable_rows)} cannot`,
    `${counted(requests.at_least, 'request')} at least: ${whole(requests.verify)} to verify a number, ${whole(requests.search)} to search`,
    `${counted(requests.saved_by_dedupe, 'request')} saved, because rows hold the same person`,
    ...earlierWords(summary),
    `${duration(summary.seconds_at_least)} at ${counted(rate, 'request')} a second`,
    ...(forecast === null ? [] : [forecast]),
  ];
}

function counted(count: number, noun: string): string {
  return `${whole(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** For a job that takes answers from earlier runs: how many rows have one, or why nobody knows. */
function earlierWords({ earlier_answers: earlier }: CheckSummary): readonly string[] {
  if (earlier === null) return [];
  const { state, store, good_for: time, rows, people } = earlier;
  const cannotTell = 'how many rows earlier runs have answered cannot be told';
  switch (state) {
    case 'counted':
      return [
        `${whole(rows)} of these rows (${whole(people)} people) would be answered from earlier runs, at most ${time} old, and need no request`,
      ];
    case 'no-key':
      return [
        `nobody would be answered from earlier runs (at most ${time} old): their answers are kept encrypted, and NHS_TRACE_KEY is not set`,
      ];
    case 'no-endpoint':
      return [
        `${cannotTell}, because no provider is named (--endpoint or NHS_TRACE_ENDPOINT): there may be fewer requests`,
      ];
    case 'no-store':
      return [
        `nobody would be answered from earlier runs: ${store} is not there. Runs that are kept elsewhere (--out) have theirs beside them`,
      ];
    case 'unreadable':
      return [`${cannotTell}, because ${store} cannot be read; a run would stop and say why`];
  }
}

/** The column by which a clerk finds the record again. */
export function localIdWords({ local_id: found }: CheckSummary): string {
  if (found === null) return 'none that is known';
  return `column ${found.column}, ${headerWords(found.header)} (for the lists and reports)`;
}

/** The headers of which nothing is sent, the first of them by name. */
export function notUsedWords({ headers_not_used: headers }: CheckSummary): string {
  if (headers.length === 0) return 'none';
  const named = headers.slice(0, HEADERS_LISTED).map(headerWords);
  const more = headers.length - named.length;
  return named.join(', ') + (more > 0 ? `, and ${whole(more)} more` : '');
}

const HEADERS_LISTED = 30;

/** In quotation marks, short, and without what a terminal would obey. */
function headerWords(header: string): string {
  return `"${header.replace(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, 60)}"`;
}

/** The rows that stand out, each kind under its heading. */
export function groupsOf({ untraceable, duplicates }: CheckSummary): readonly RowSection[] {
  const { rows_of_same_person: again, rows_with_shared_number: shared } = duplicates;
  const samePerson = {
    text: 'The person is sent once, and each row gets the answer.',
    action: 'Nothing, unless the rows should be different people.',
    count: again,
    first_rows: duplicates.first_rows_of_same_person,
  };
  const sharedNumber = {
    text: 'Two people may share a number, or one person stands here twice.',
    action: 'Compare the rows with the records.',
    count: shared,
    first_rows: duplicates.first_rows,
  };
  return [
    { heading: 'Rows that cannot be traced', groups: untraceable },
    {
      heading: 'Rows with the NHS number of a row before, and other details',
      groups: shared === 0 ? [] : [sharedNumber],
    },
    {
      heading: 'Rows with the same person as a row before, by the same details',
      groups: again === 0 ? [] : [samePerson],
    },
  ];
}

interface RowSection {
  readonly heading: string;
  readonly groups: readonly RowGroup[];
}

/** `rows 1, 2, 3, ...`. */
export function rowsWords({ count, first_rows }: RowGroup): string {
  return `row${count === 1 ? '' : 's'} ${first_rows.join(', ')}${count > first_rows.length ? ', ...' : ''}`;
}

function section(
  heading: string,
  groups: readonly RowGroup[],
  actions: 'with actions' | 'without actions' = 'with actions',
): string[] {
  if (groups.length === 0) return [];
  const lines = groups.flatMap((group) => [
    ...wrapText(`  ${whole(group.count).padStart(7)}  `, `${group.text} (${rowsWords(group)})`),
    ...(actions === 'with actions' ? wrapText(`${' '.repeat(11)}Mend: `, group.action) : []),
  ]);
  return ['', heading, ...lines];
}
