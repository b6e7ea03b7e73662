/** What was found in the cells of the file, column by column. Pure. */
import { FIELDS } from '../domain/field.ts';
import { percent, whole } from '../domain/figures.ts';
import { FIELD_LABELS, FINDINGS, type Finding, findingSentence } from '../domain/finding.ts';

export interface QualityView {
  readonly label: string;
  readonly count: string;
  readonly lines: readonly {
    readonly sentence: string;
    readonly kind: string;
    readonly action: string;
    readonly count: string;
    readonly share: string;
  }[];
}

const KINDS = {
  fault: 'could not be used',
  warning: 'used, but look at it',
  mended: 'repaired and used',
} as const;

/** In the order of the fields; within one, the most frequent first. */
export function viewQuality(
  findings: readonly (Finding & { readonly count: number })[],
  rows: number,
): readonly QualityView[] {
  return FIELDS.flatMap((field) => {
    const ofField = findings.filter((finding) => finding.field === field);
    if (ofField.length === 0) return [];
    return {
      label: FIELD_LABELS[field],
      count: whole(ofField.reduce((sum, { count }) => sum + count, 0)),
      lines: ofField.map((finding) => ({
        sentence: sentenceAlone(finding),
        kind: KINDS[FINDINGS[finding.code].kind],
        action: FINDINGS[finding.code].action,
        count: whole(finding.count),
        share: percent(finding.count, rows),
      })),
    };
  });
}

/** `It has nine digits.`: the field stands above it already. */
function sentenceAlone(finding: Finding): string {
  const text = findingSentence(finding).replace(/^[^:]+: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
