import { expect, test } from 'vitest';
import { createDrawer } from '../../src/synth/drawer.ts';
import { indexPeople } from '../../src/synth/people-index.ts';
import type { CohortSource } from '../../src/synth/population-entry.ts';
import { createRandom } from '../../src/synth/random.ts';

const today = '20250601';

function anEntry(number: string, values: Partial<CohortSource> = {}): CohortSource {
  return {
    nhs_number: number,
    status: 'current',
    superseded_by: '',
    title: '',
    family_name: 'Smith',
    given_name: `Given${number}`,
    other_given_names: '',
    gender: '1',
    birth_date: '20000101',
    postcode: `LS${number} 1AA`,
    previous_family_names: '',
    previous_postcodes: '',
    ...values,
  };
}

test('triplets point at one another in a ring; others have no twin', () => {
  const triplets = ['1', '2', '3'].map((number) => anEntry(number, { postcode: 'LS1 1AA' }));
  const { twinNumbers, pools } = indexPeople([...triplets, anEntry('4')], today);
  expect([...twinNumbers]).toEqual([
    ['1', '2'],
    ['2', '3'],
    ['3', '1'],
  ]);
  expect(pools.twin).toEqual([0, 1, 2]);
});

test.each([
  ['one person entered twice', { given_name: 'Ann' }],
  ['two birth dates', { birth_date: '20000102' }],
  ['partial birth dates', { birth_date: '2000' }],
  ['two family names', { family_name: 'Jones' }],
])('%s is no pair of twins', (name, values) => {
  const both = name === 'one person entered twice' || name === 'partial birth dates' ? values : {};
  const one = anEntry('1', { postcode: 'LS1 1AA', ...both });
  const two = anEntry('2', { postcode: 'LS1 1AA', ...values });
  expect(indexPeople([one, two], today).twinNumbers.size).toBe(0);
});

test('old numbers find their owners; a withdrawn one may have none', () => {
  const owner = anEntry('1', { given_name: 'Ann' });
  const withdrawn = { ...owner, nhs_number: '3', status: 'invalidated' };
  const orphan = anEntry('4', { status: 'invalidated' });
  const superseded = anEntry('2', { status: 'superseded', superseded_by: '1' });
  const index = indexPeople([owner, superseded, withdrawn, orphan], today);
  expect(index.people).toEqual([owner]);
  expect([...index.supersededNumbers]).toEqual([['1', '2']]);
  expect([...index.invalidatedNumbers]).toEqual([['1', '3']]);
  expect(index.invalidatedOnly).toEqual([orphan]);
  expect([...index.numbers]).toEqual(['1', '2', '3', '4']);
  expect(index.isKnown('Smith', 'Ann', '20000101')).toBe(true);
  expect(index.isKnown('Smith', 'Ann', '20000102')).toBe(false);
});

test('pools hold the people whom a kind of damage fits', () => {
  const { pools } = indexPeople(
    [
      anEntry('0', { family_name: "O'Neill" }),
      anEntry('1', { given_name: 'José' }),
      anEntry('2', { family_name: 'Smith-Jones' }),
      anEntry('3', { birth_date: '20250421' }),
      anEntry('4', { birth_date: '20250420' }),
      anEntry('5', { given_name: 'William' }),
    ],
    today,
  );
  expect(pools).toEqual({
    twin: [],
    superseded: [],
    invalidated: [],
    apostrophe: [0],
    diacritics: [1],
    'double-barrelled': [2],
    newborn: [3],
    nicknamed: [5],
  });
});

test('a drawer gives everybody once before anybody again, pools included', () => {
  const people = ['William', 'José', 'Robert', 'Ann', 'Siân'].map((given_name, at) =>
    anEntry(String(at), { given_name }),
  );
  const drawer = createDrawer(indexPeople(people, today), createRandom(1));
  const first = [
    drawer.draw('nicknamed'),
    drawer.draw(),
    drawer.draw(),
    drawer.draw(),
    drawer.draw(),
  ];
  expect([...first].sort()).toEqual([0, 1, 2, 3, 4]);
  expect(drawer.draw('diacritics')).toBeUndefined();
  const second = Array.from({ length: 5 }, () => drawer.draw());
  expect([...second].sort()).toEqual([0, 1, 2, 3, 4]);
});
