/** What is said of a row that was never sent. Pure. */
import type { Exception } from '../domain/decision.ts';
import type { Field } from '../domain/field.ts';
import { FIELD_LABELS, FINDINGS, type Finding, findingSentence } from '../domain/finding.ts';
import type { RowProblem } from '../domain/record.ts';
import { untouchedStatus } from './decide.ts';

/** All faults of the row at once, each with what to do. */
export function decideLocal(
  problem: RowProblem,
  findings: readonly Finding[],
  hasNhsNumber: boolean,
): Exception {
  const words = explain(problem, findings);
  const status = problem.kind === 'postponed' ? '08' : untouchedStatus(hasNhsNumber);
  return { kind: 'exception', code: 'unusable', status, ...words };
}

function explain(
  problem: RowProblem,
  findings: readonly Finding[],
): Pick<Exception, 'reason' | 'action'> {
  switch (problem.kind) {
    case 'ragged':
      return {
        reason: `The row has ${problem.cells} ${problem.cells === 1 ? 'cell' : 'cells'} where the header has ${problem.expected}, so it cannot be told which cell is which.`,
        action:
          'Quote the cell that holds a delimiter or line break, or add the missing cells, and run the row again.',
      };
    case 'empty':
      return { reason: 'The row is empty.', action: 'Delete the row from the extract.' };
    case 'run-together':
      return {
        reason: 'A cell of the row holds what looks like parts of another row.',
        action:
          'Look for a quotation mark that was left open, and write each person in a row of their own.',
      };
    case 'footer':
      return {
        reason: 'The row is a total or a footer of the file, not a person.',
        action: 'Nothing, or leave it out of the extract.',
      };
    case 'header-again':
      return {
        reason: 'The row is the header row once more, not a person.',
        action: 'Nothing, or leave it out of the extract.',
      };
    case 'postponed':
      return {
        reason: 'Given name: the baby has no name yet and is under six weeks old.',
        action: 'Trace again when the birth has been registered and the baby has a name.',
      };
    case 'deleted':
      return {
        reason: 'What stood in this row was deleted from the run, by order.',
        action: 'Nothing. purged.jsonl, beside the runs, says when and why.',
      };
    case 'not-enough':
      return explainFaults(problem.missing, findings);
  }
}

function explainFaults(
  missing: readonly Field[],
  findings: readonly Finding[],
): Pick<Exception, 'reason' | 'action'> {
  const telling = findings.filter(({ code }) => FINDINGS[code].kind === 'fault');
  const faulty = new Set<Field>(telling.map(({ field }) => field));
  const absent = missing.filter((field) => !faulty.has(field));
  const reasons = [
    ...telling.map(findingSentence),
    ...absent.map((field) => `${FIELD_LABELS[field]}: it is missing, or not enough to trace with.`),
  ];
  const actions = new Set([
    ...telling.map(({ code }) => FINDINGS[code].action),
    ...absent.map((field) => `Add the ${FIELD_LABELS[field].toLowerCase().replace('nhs', 'NHS')}.`),
  ]);
  return { reason: reasons.join(' '), action: [...actions].join(' ') };
}
