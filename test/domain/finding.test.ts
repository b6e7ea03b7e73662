import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/domain/field.ts';
import { FINDINGS, findingSentence } from '../../src/domain/finding.ts';

describe('FINDINGS', () => {
  it.each(Object.entries(FINDINGS))('%s names its field and says what to do', (_code, text) => {
    expect(text.sentence).toMatch(
      /^(?:Value|Name|NHS number|(?:Expected d|Estimated d|D)ate of birth|Gender|Postcode): .+\.$/,
    );
    expect(text.action).toMatch(/^[A-Z].+\.$/);
  });

  it.each(Object.entries(FINDINGS))('%s holds no digits that could be data', (_code, text) => {
    const digits = `${text.sentence} ${text.action}`.match(/\d{4,}/g);

    expect(digits).toBeNull();
  });
});

describe('findingSentence', () => {
  it('names the field of a code that several fields share', () => {
    const sentence = findingSentence({ field: 'other_given_names', code: 'name-wildcard' });

    expect(sentence).toBe(
      'Other given names: it holds a wildcard (* ? or %), which is never sent.',
    );
  });

  it('leaves a code with a field of its own alone', () => {
    const sentence = findingSentence({ field: 'nhs_number', code: 'nhs-number-check-digit' });

    expect(sentence).toBe('NHS number: the check digit is wrong, so at least one digit is wrong.');
  });

  it.each(FIELDS)('has a label for %s', (field) => {
    expect(findingSentence({ field, code: 'spreadsheet-text-marker' })).toMatch(
      /^[A-Z][a-zA-Z ]+: s/,
    );
  });
});
