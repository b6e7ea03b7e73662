import type { FindingCode } from '../domain/finding.ts';

/** What one cell says, and what was found on the way. */
export interface Reading<T> {
  /** `undefined` when the cell is empty, or cannot be used; a fault among the findings tells which. */
  readonly value: T | undefined;
  readonly findings: readonly FindingCode[];
}

/** An empty cell: no value, and nothing wrong. */
export const NOTHING: Reading<never> = { value: undefined, findings: [] };

/** A value that can be used. */
export function usable<T>(value: T, findings: readonly FindingCode[] = []): Reading<T> {
  return { value, findings };
}

/** A cell whose value cannot be used. What was mended before is of no interest then. */
export function unusable(fault: FindingCode): Reading<never> {
  return { value: undefined, findings: [fault] };
}
