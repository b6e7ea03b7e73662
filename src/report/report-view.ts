/** What the page shows, ready to be put into the template. Pure. */
import {
  EXCEPTION_CODES,
  type ExceptionCode,
  OUTCOMES,
  type Outcome,
} from '../domain/exception.ts';
import { percent, whole } from '../domain/figures.ts';
import type { Finding } from '../domain/finding.ts';
import type { SearchPolicy } from '../domain/search-policy.ts';
import type { WorkLists } from '../domain/work-list.ts';
import { type ComparisonView, type EarlierRun, matchedOf, viewComparison } from './earlier-run.ts';
import { ACTOR_OF, ACTOR_WORDS, EXCEPTION_TITLES, OUTCOME_TITLES } from './exception-words.ts';
import { readableTime } from './readable-time.ts';
import type { Summary } from './summary.ts';
import { type ActorView, type ReportCause, viewExceptions } from './view-exceptions.ts';
import { type ProviderLog, type ProviderView, viewProvider } from './view-provider.ts';
import { type QualityView, viewQuality } from './view-quality.ts';
import { ROW_COLUMNS } from './view-row.ts';
import { type StepView, viewSteps } from './view-steps.ts';
import { type TrendView, viewTrend } from './view-trend.ts';
import { viewWorkLists, type WorkListsView } from './view-work-lists.ts';

/** What the page is made from. */
export interface ReportParts {
  readonly summary: Summary;
  readonly purpose: string;
  readonly steps: SearchPolicy['steps'];
  readonly matchesByStep: Readonly<Record<string, number>>;
  readonly causes: readonly ReportCause[];
  readonly workLists: WorkLists;
  readonly findings: readonly (Finding & { readonly count: number })[];
  readonly log: ProviderLog;
  /** Earlier runs of this job, the last of them at the end. */
  readonly before: readonly EarlierRun[];
}

export interface ReportView extends WorkListsView {
  readonly runId: string;
  readonly job: string;
  readonly purpose: string;
  readonly file: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly rows: string;
  readonly matched: string;
  readonly exceptions: string;
  readonly matchRate: string;
  /** Of rows without an answer; empty when there are none. */
  readonly unanswered: string;
  readonly exceptionRate: string;
  readonly outcomes: readonly Line<Outcome>[];
  readonly exceptionTotals: readonly (Line<ExceptionCode> & { readonly actor: string })[];
  readonly steps: readonly StepView[];
  readonly actors: readonly ActorView[];
  readonly rowColumns: readonly string[];
  readonly quality: readonly QualityView[];
  readonly provider: ProviderView;
  /** Absent when no earlier run of this job lies beside this one. */
  readonly comparison: ComparisonView | undefined;
  readonly trend: TrendView;
}

interface Line<Code> {
  readonly code: Code;
  readonly title: string;
  readonly count: string;
  readonly share: string;
}

export function viewReport(parts: ReportParts): ReportView {
  const { summary, before } = parts;
  const earlier = before.at(-1);
  const { rows } = summary.input;
  const matched = matchedOf(summary);
  return {
    runId: summary.run_id,
    job: summary.job,
    purpose: parts.purpose,
    file: summary.input.file,
    startedAt: readableTime(summary.timing.started_at),
    finishedAt: readableTime(summary.timing.finished_at),
    rows: whole(rows),
    matched: whole(matched),
    exceptions: whole(rows - matched),
    matchRate: percent(matched, rows),
    unanswered: summary.exceptions.failed > 0 ? whole(summary.exceptions.failed) : '',
    exceptionRate: percent(rows - matched, rows),
    outcomes: OUTCOMES.map((code) =>
      line(code, OUTCOME_TITLES[code], summary.outcomes[code], rows),
    ),
    exceptionTotals: EXCEPTION_CODES.map((code) => ({
      ...line(code, EXCEPTION_TITLES[code], summary.exceptions[code], rows),
      actor: ACTOR_WORDS[ACTOR_OF[code]].title,
    })),
    steps: viewSteps(parts.matchesByStep, parts.steps, rows),
    actors: viewExceptions(summary, parts.causes),
    rowColumns: ROW_COLUMNS,
    ...viewWorkLists(parts.workLists),
    quality: viewQuality(parts.findings, rows),
    provider: viewProvider(parts.log, summary),
    comparison: earlier === undefined ? undefined : viewComparison(earlier, summary),
    trend: viewTrend([...before, summary]),
  };
}

function line<Code>(code: Code, title: string, count: number, rows: number): Line<Code> {
  return { code, title, count: whole(count), share: percent(count, rows) };
}
