/** What `check` prints for people. Pure. */
import { duration, whole } from '../domain/figures.ts';
import type { CheckSummary, RowGroup } from './check-summary.ts';

export function checkText(summary: CheckSummary): string {
  const lines = [
    `${summary.file}: ${whole(summary.rows)} rows`,
    `  ${formWords(summary)}`,
    ...summary.notices.map(({ text }) => `  ${text}`),
    '',
    'Columns',
    ...summary.columns.map(
      ({ field, header, confidence }) =>
        `  ${field.padEnd(24)} "${header}" (${CONFIDENCE_WORDS[confidence]})`,
    ),
    '',
    'What a run would send',
    ...requestWords(summary).map((line) => `  ${line}`),
    ...section('Rows that cannot be traced', summary.untraceable),
    ...section('Rows with the NHS number of another row, and other details', shared(summary)),
    ...section(CELL_HEADINGS.unusable, summary.cells.unusable),
    ...section(CELL_HEADINGS.suspicious, summary.cells.suspicious),
    ...section(CELL_HEADINGS.mended, summary.cells.mended),
  ];
  return `${lines.join('\n')}\n`;
}

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
    `${whole(summary.traceable_rows)} rows can be traced, ${whole(summary.untraceable_rows)} cannot`,
    `${whole(requests.at_least)} requests at least: ${whole(requests.verify)} to verify a number, ${whole(requests.search)} to search`,
    `${whole(requests.saved_by_dedupe)} requests saved, because rows hold the same person`,
    `${duration(summary.seconds_at_least)} at ${rate} requests a second`,
    ...(forecast === null ? [] : [forecast]),
  ];
}

function shared({ duplicates }: CheckSummary): readonly RowGroup[] {
  const { rows_with_shared_number: count, first_rows } = duplicates;
  const text = 'Two people may share a number, or one person stands here twice.';
  return count === 0 ? [] : [{ text, count, first_rows }];
}

/** `rows 1, 2, 3, ...`. */
export function rowsWords({ count, first_rows }: RowGroup): string {
  return `row${count === 1 ? '' : 's'} ${first_rows.join(', ')}${count > first_rows.length ? ', ...' : ''}`;
}

function section(heading: string, groups: readonly RowGroup[]): string[] {
  if (groups.length === 0) return [];
  const lines = groups.map(
    (group) => `  ${whole(group.count).padStart(7)}  ${group.text} (${rowsWords(group)})`,
  );
  return ['', heading, ...lines];
}
