import { describe, expect, it } from 'vitest';
import { FIELDS } from '../../src/domain/field.ts';
import { mapColumns } from '../../src/ingest/map-columns.ts';
import { PROFILES } from '../../src/ingest/profiles.ts';
import { confidenceOf, recogniseProfile } from '../../src/ingest/recognise-profile.ts';

describe.each(PROFILES)('$name', ({ name, fields, others, marks }) => {
  const headers = [...others, ...Object.values(fields)];

  it('is recognised by its headers, in any case', () => {
    expect(recogniseProfile(headers)).toMatchObject({ name, found: headers.length });
    expect(recogniseProfile(headers.map((header) => header.toUpperCase()))?.name).toBe(name);
  });

  it('is recognised by its marks alone', () => {
    for (const set of marks) expect(recogniseProfile(set)?.name).toBe(name);
  });

  it('gives each field the column that the synonyms give it', () => {
    const columns = mapColumns(headers, {}, 'people.csv');

    for (const field of FIELDS) {
      const at = columns.get(field);
      expect(at === undefined ? undefined : headers[at]).toBe(fields[field]);
    }
  });
});

describe('a file of no published layout', () => {
  it('is recognised as none', () => {
    expect(recogniseProfile(['NHS number', 'Surname', 'DOB', 'Sex'])).toBeUndefined();
  });
});

describe('the confidence of a column', () => {
  const profile = recogniseProfile(['mosaicId', 'dateOfBirth', 'nhsNumber']);

  it.each([
    ['nhs_number', 'NHS_NUMBER', {}, 'profile'],
    ['nhs_number', 'NHS', {}, 'synonym'],
    ['nhs_number', 'nhsNumber', { nhs_number: 'nhsNumber' }, 'job'],
    ['previous_postcode', 'Old postcode', {}, 'synonym'],
  ] as const)('of %s in "%s"', (field, header, named, confidence) => {
    expect(confidenceOf(field, header, named, profile)).toBe(confidence);
  });
});
