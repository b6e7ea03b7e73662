import { describe, expect, it } from 'vitest';
import type { Answer, Question } from '../../src/domain/trace.ts';
import { DETAILS_STEP, peopleFound, personNamed } from '../../src/match/people-found.ts';
import { aBirthDate, type aNumber, details } from '../support/people.ts';
import { asked, testNumbers } from './support/search.ts';

const [ONE, TWO] = testNumbers(2) as [ReturnType<typeof aNumber>, ReturnType<typeof aNumber>];
const question: Question = { operation: 'getPatientDetailsBySearch', birthDate: aBirthDate() };
const found = (nhsNumber = ONE): Answer => ({ kind: 'found', nhsNumber });
const shown = (nhsNumber = ONE, givenNames = ['ROWAN']): Answer => ({
  kind: 'found',
  nhsNumber,
  details: details({ givenNames }),
});

describe('personNamed', () => {
  it.each<[string, Answer, object | undefined]>([
    ['found', found(), { nhsNumber: ONE }],
    [
      'found with details',
      shown(),
      { nhsNumber: ONE, details: details({ givenNames: ['ROWAN'] }) },
    ],
    ['superseded by one', { kind: 'superseded', replacement: TWO }, { nhsNumber: TWO }],
    [
      'superseded by one, with details',
      { kind: 'superseded', replacement: TWO, details: details() },
      { nhsNumber: TWO, details: details() },
    ],
    ['superseded by none that was named', { kind: 'superseded' }, undefined],
    ['superseded by none, with details', { kind: 'superseded', details: details() }, undefined],
    ['no-match', { kind: 'no-match' }, undefined],
    ['multiple-matches', { kind: 'multiple-matches' }, undefined],
    ['not-verified', { kind: 'not-verified' }, undefined],
    ['other-number', { kind: 'other-number', nhsNumber: ONE }, undefined],
    ['invalidated', { kind: 'invalidated' }, undefined],
    ['not-new-style', { kind: 'not-new-style' }, undefined],
  ])('%s', (_kind, answer, expected) => {
    expect(personNamed(answer)).toEqual(expected);
  });
});

describe('peopleFound', () => {
  it('is nobody before anything was asked', () => {
    expect(peopleFound([])).toEqual([]);
  });

  it('is nobody when no answer names one', () => {
    const nobody = asked('names', question, { kind: 'no-match' });

    expect(peopleFound([nobody, asked('other', question, { kind: 'multiple-matches' })])).toEqual(
      [],
    );
  });

  it('keeps two people apart, in the order in which they were found', () => {
    const [first, second] = [asked('a', question, shown(TWO)), asked('b', question, shown(ONE))];

    expect(peopleFound([first, second]).map(({ nhsNumber }) => nhsNumber)).toEqual([TWO, ONE]);
    expect(peopleFound([first, second]).map(({ by }) => by)).toEqual([[first], [second]]);
  });

  it('gathers every answer that names one person, and what shows it', () => {
    const first = asked('a', question, found());
    const second = asked('b', question, shown());

    expect(peopleFound([first, second])).toEqual([
      { nhsNumber: ONE, by: [first, second], details: details({ givenNames: ['ROWAN'] }) },
    ]);
    expect(peopleFound([second, first])[0]).toMatchObject({ by: [second, first] });
    expect(peopleFound([second, first])[0]?.details).toEqual(details({ givenNames: ['ROWAN'] }));
  });

  it('takes details from the step that fetches them, which is no evidence by itself', () => {
    const bare = asked('number', question, found());
    const fetched = asked(DETAILS_STEP, question, shown());

    expect(peopleFound([bare, fetched])).toEqual([
      { nhsNumber: ONE, by: [bare], details: details({ givenNames: ['ROWAN'] }) },
    ]);
    expect(peopleFound([fetched])).toEqual([]);
  });

  it('never shows one person the details of another', () => {
    const bare = asked('number', question, found(ONE));
    const wrong = asked(DETAILS_STEP, question, shown(TWO));

    expect(peopleFound([bare, wrong])).toEqual([{ nhsNumber: ONE, by: [bare] }]);
  });
});
