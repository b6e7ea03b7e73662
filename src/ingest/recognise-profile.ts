/** Which published layout a file has, and how sure each of its columns is. Pure. */
import type { Field } from '../domain/field.ts';
import { foldHeader } from './header-synonyms.ts';
import { PROFILES, type Profile } from './profiles.ts';

export interface RecognisedProfile {
  readonly name: string;
  /** Of the layout's headers, how many the file has. */
  readonly found: number;
  readonly of: number;
  readonly fields: Profile['fields'];
}

/**
 * Why a column is taken for a field: the job says so, a layout that was recognised calls it so, or its
 * header is one of the names by which the field is known.
 */
export type Confidence = 'job' | 'profile' | 'synonym';

/** The layout whose marks are there and that has the largest share of its headers; often none. */
export function recogniseProfile(headers: readonly string[]): RecognisedProfile | undefined {
  const folded = new Set(headers.map(foldHeader));
  const has = (header: string): boolean => folded.has(foldHeader(header));
  const fitting = PROFILES.filter(({ marks }) => marks.some((set) => set.every(has)));
  const counted = fitting.map((profile) => {
    const all = [...Object.values(profile.fields), ...profile.others];
    return {
      name: profile.name,
      found: all.filter(has).length,
      of: all.length,
      fields: profile.fields,
    };
  });
  return counted.sort((a, b) => b.found / b.of - a.found / a.of || b.found - a.found)[0];
}

export function confidenceOf(
  field: Field,
  header: string,
  named: Readonly<Partial<Record<Field, string>>>,
  profile: RecognisedProfile | undefined,
): Confidence {
  if (named[field] !== undefined) return 'job';
  const own = profile?.fields[field];
  return own !== undefined && foldHeader(own) === foldHeader(header) ? 'profile' : 'synonym';
}
