/** What the page of `check` shows, ready to be put into the template. Pure. */
import { whole } from '../domain/figures.ts';
import { FIELD_LABELS } from '../domain/finding.ts';
import type { CheckSummary, RowGroup } from './check-summary.ts';
import {
  CELL_HEADINGS,
  CONFIDENCE_WORDS,
  formWords,
  groupsOf,
  localIdWords,
  notUsedWords,
  ROWS_COUNTED,
  requestWords,
  rowsWords,
} from './check-text.ts';

export interface CheckView {
  readonly file: string;
  readonly form: string;
  readonly totals: readonly { readonly name: string; readonly value: string }[];
  readonly notices: readonly string[];
  readonly columns: readonly {
    /** As jobs call it, and as people do. */
    readonly field: string;
    readonly label: string;
    readonly header: string;
    readonly column: string;
    readonly confidence: string;
  }[];
  readonly localId: string;
  readonly notUsed: string;
  readonly rowsCounted: string;
  readonly requests: readonly string[];
  readonly sections: readonly {
    readonly heading: string;
    readonly groups: readonly {
      readonly text: string;
      readonly action: string;
      readonly count: string;
      readonly rows: string;
    }[];
  }[];
}

export function viewCheck(summary: CheckSummary): CheckView {
  const { duplicates, cells } = summary;
  return {
    file: summary.file,
    form: formWords(summary),
    totals: [
      { name: 'Rows in the file', value: whole(summary.rows) },
      { name: 'Can be traced', value: whole(summary.traceable_rows) },
      { name: 'Cannot be traced', value: whole(summary.untraceable_rows) },
      { name: 'Same person as a row before', value: whole(duplicates.rows_of_same_person) },
      { name: 'NHS number of a row before', value: whole(duplicates.rows_with_shared_number) },
    ],
    notices: summary.notices.map(({ text }) => text),
    columns: summary.columns.map(({ field, header, column, confidence }) => ({
      field,
      label: FIELD_LABELS[field],
      header,
      column: String(column),
      confidence: CONFIDENCE_WORDS[confidence],
    })),
    localId: localIdWords(summary),
    notUsed: notUsedWords(summary),
    rowsCounted: ROWS_COUNTED,
    requests: requestWords(summary),
    sections: [
      ...groupsOf(summary).map(({ heading, groups }) => section(heading, groups)),
      section(CELL_HEADINGS.unusable, cells.unusable),
      section(CELL_HEADINGS.suspicious, cells.suspicious),
      section(CELL_HEADINGS.mended, cells.mended),
    ],
  };
}

function section(heading: string, groups: readonly RowGroup[]): CheckView['sections'][number] {
  return {
    heading,
    groups: groups.map((group) => ({
      text: group.text,
      action: group.action,
      count: whole(group.count),
      rows: rowsWords(group),
    })),
  };
}
