/** What `check` says of a file under a job, from what was counted. */
import { type Job, sendingRules } from '../config/job.ts';
import { noticeSentence } from '../domain/file-notice.ts';
import { FINDINGS, findingSentence } from '../domain/finding.ts';
import { forecastWords } from '../domain/sending-forecast.ts';
import type { IngestedFile } from '../ingest/ingest-rows.ts';
import { localIdColumn } from '../reconcile/local-identifier.ts';
import type { CellGroup, CheckSummary } from '../report/check-summary.ts';
import type { EarlierAnswers } from './check-earlier-answers.ts';
import type { CheckedInput } from './check-input.ts';

export interface Checked {
  /** What the file is called there. */
  readonly name: string;
  /** Read to its end. */
  readonly file: IngestedFile;
  readonly checked: CheckedInput;
  readonly earlier: EarlierAnswers;
  readonly job: Job;
  /** When a run would begin. */
  readonly nowMs: number;
}

export function summariseCheck(about: Checked): CheckSummary {
  const { name, file, checked, earlier, job, nowMs } = about;
  const { people, traceable, rows, answered } = checked;
  const requests = people - answered.people;
  const verify = checked.verify - answered.verify;
  const used = new Set(file.mapping.map(({ column }) => column));
  return {
    file: name,
    sha256: file.digest(),
    form: formOf(file),
    header_line: file.headerLine,
    rows,
    layout: layoutOf(file),
    columns: file.mapping,
    local_id: localIdOf(file),
    columns_not_used: file.headers.length - used.size,
    headers_not_used: file.names.filter((_, at) => !used.has(at + 1)),
    notices: file.notices().map((notice) => ({ ...notice, text: noticeSentence(notice) })),
    traceable_rows: traceable,
    untraceable_rows: rows - traceable,
    untraceable: checked.unusable.map(({ reason, action, count, firstRows }) => ({
      text: reason,
      action,
      count,
      first_rows: firstRows,
    })),
    cells: {
      unusable: cellGroups(checked, 'fault'),
      suspicious: cellGroups(checked, 'warning'),
      mended: cellGroups(checked, 'mended'),
    },
    duplicates: {
      rows_of_same_person: traceable - people,
      first_rows_of_same_person: checked.samePerson.firstRows,
      rows_with_shared_number: checked.sharedNumbers.count,
      first_rows: checked.sharedNumbers.firstRows,
    },
    requests: {
      at_least: requests,
      verify,
      search: requests - verify,
      saved_by_dedupe: traceable - answered.rows - requests,
    },
    earlier_answers:
      earlier.state === 'not-wanted'
        ? null
        : {
            state: earlier.state,
            store: earlier.path ?? null,
            good_for: job.reuse_answers_for ?? '',
            rows: answered.rows,
            people: answered.people,
          },
    rate_per_second: job.rate,
    seconds_at_least: requests / job.rate,
    forecast: forecastWords(requests, job.rate, sendingRules(job), nowMs) ?? null,
  };
}

function formOf({ form }: IngestedFile): CheckSummary['form'] {
  if (form.kind === 'xlsx') {
    return { kind: 'xlsx', sheet: form.sheet, other_sheets: form.otherSheets.length };
  }
  const { kind, delimiter, encoding, isDoubleEncoded } = form;
  return { kind, delimiter, encoding, double_encoded: isDoubleEncoded };
}

function layoutOf({ profile }: IngestedFile): CheckSummary['layout'] {
  if (profile === undefined) return null;
  return { name: profile.name, headers_found: profile.found, headers: profile.of };
}

function localIdOf({ headers, names }: IngestedFile): CheckSummary['local_id'] {
  const at = localIdColumn(headers);
  return at === undefined ? null : { header: names[at] ?? '', column: at + 1 };
}

function cellGroups(
  { findings }: CheckedInput,
  kind: 'fault' | 'warning' | 'mended',
): readonly CellGroup[] {
  return findings
    .filter(({ code }) => FINDINGS[code].kind === kind)
    .map(({ field, code, count, firstRows }) => ({
      field,
      code,
      text: findingSentence({ field, code }),
      action: FINDINGS[code].action,
      count,
      first_rows: firstRows,
    }));
}
