/** Damage to the free text beside a person, which must not disturb the person. */

import type { Damage } from './damage.ts';
import { pick } from './random.ts';

export const writeFormula: Damage = (draft, _subject, random) => ({
  ...draft,
  notes: pick(random, ['=1+1', '=cmd|calc', '@SUM(A1:A9)', '+44 call back', '-1']),
});

export const embedNewline: Damage = (draft, _subject, random) => ({
  ...draft,
  notes: `Seen in clinic${pick(random, ['\n', '\r\n'])}call back next week`,
});

export const quoteCommas: Damage = (draft) => ({
  ...draft,
  notes: 'Says "not here, try later", then left, no reply',
});
