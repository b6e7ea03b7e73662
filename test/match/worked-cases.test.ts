/**
 * What becomes of a row, case by case, under the three policies that come with the program. The
 * register below is the whole of PDS here: whoever is not in it is not registered. Everybody is
 * invented, and so are the NHS numbers, which are of the 999 range.
 */
import { describe, expect, it } from 'vitest';
import { SHIPPED_POLICIES } from '../../src/config/load-policy.ts';
import type { Decision } from '../../src/domain/decision.ts';
import { askRegister, type Register, type Registered } from './support/register.ts';
import {
  type Row,
  type ShippedPolicy,
  shippedPolicy,
  subjectOf,
  testNumbers,
  traceRow,
} from './support/search.ts';

const PEOPLE = {
  // rare names
  rosalind: { names: 'Rosalind Thackeray', born: '19740522', gender: '2', postcode: 'LS6 1AA' },
  zebulon: { names: 'Zebulon Fairweather', born: '19520814', gender: '1', postcode: 'EX4 4QJ' },
  // common names
  susan: {
    names: 'Susan Parker',
    born: '19600925',
    gender: '2',
    postcode: 'BS3 2BB',
    formerPostcodes: ['NR1 3QG'],
  },
  johnSmith: { names: 'John Smith', born: '19481130', gender: '1', postcode: 'CV1 2WT' },
  johnJones1: { names: 'John Jones', born: '19550418', gender: '1', postcode: 'CF10 1EP' },
  johnJones2: { names: 'John Jones', born: '19550418', gender: '1', postcode: 'SA1 3SN' },
  newYear: { names: 'Mohammed Ahmed', born: '19650101', gender: '1', postcode: 'B12 9AD' },
  // names that are written otherwise
  william: { names: 'William Arkwright', born: '19430517', gender: '1', postcode: 'PR1 2HE' },
  stephen: { names: 'Stephen Tolliver', born: '19710319', gender: '1', postcode: 'ST4 1NF' },
  steven: { names: 'Steven Tolliver', born: '19710319', gender: '1', postcode: 'ST4 1NF' },
  helena: { names: 'Helena Winterbourne', born: '19830628', gender: '2', postcode: 'GL1 2TH' },
  rose: { names: 'Mary Rose Pettigrew', born: '19360915', gender: '2', postcode: 'TR1 2HE' },
  gwendolen: { names: 'Gwendolen Brackenbury', born: '19290716', gender: '2', postcode: 'HR1 2LX' },
  kathleen: { names: 'Kathleen ONEILL', born: '19580221', gender: '2', postcode: 'L8 5TT' },
  imogen: { names: 'Imogen Blackwood', born: '19910827', gender: '2', postcode: 'OX4 1EE' },
  clara: {
    names: 'Clara Whitcombe',
    formerFamilyNames: ['Ashdown'],
    born: '19861023',
    gender: '2',
    postcode: 'BA1 1LZ',
  },
  constance: { names: 'Constance Ormerod', born: '19800119', gender: '2', postcode: 'BB1 7DP' },
  baby: { names: 'BABY Lockhart', born: '20260901', gender: '2', postcode: 'DG1 2BQ' },
  // twins, fathers and sons
  hannah: { names: 'Hannah Oakenshaw', born: '19970413', gender: '2', postcode: 'WF1 3QW' },
  harriet: { names: 'Harriet Oakenshaw', born: '19970413', gender: '2', postcode: 'WF1 3QW' },
  peter: { names: 'Peter Underhill', born: '19890614', gender: '1', postcode: 'TN1 1UT' },
  paul: { names: 'Paul Underhill', born: '19890614', gender: '1', postcode: 'TN1 1UT' },
  marian: { names: 'Marian Hartshorne', born: '19770916', gender: '2', postcode: 'DE1 2QL' }, // her twin is not registered
  father: { names: 'Arthur Pemberton', born: '19510214', gender: '1', postcode: 'SK1 3TD' },
  son: { names: 'Arthur Pemberton', born: '19790930', gender: '1', postcode: 'SK1 3TD' },
  rowan: { names: 'Rowan Testbey', born: '19950315', gender: '1', postcode: 'YO1 7HH' },
  rosa: { names: 'Rufus Testby', born: '19950315', gender: '1', postcode: 'PL1 2AA' },
  // days and months
  march: { names: 'Leopold Quillfeather', born: '19680311', gender: '1', postcode: 'IP1 3NH' },
  marchTaylor: { names: 'Robert Taylor', born: '19680507', gender: '1', postcode: 'HU1 1UU' },
  // special records
  naomi: {
    names: 'Naomi Silverdale',
    born: '19880817',
    gender: '2',
    postcode: 'SW1A 1AA',
    isSensitive: true,
  },
  sensitiveTaylor: {
    names: 'Margaret Taylor',
    born: '19471222',
    gender: '2',
    postcode: 'SE1 7EH',
    isSensitive: true,
  },
  cedric: {
    names: 'Cedric Moorcroft',
    born: '19311216',
    gender: '1',
    postcode: 'LN1 3AA',
    deathDate: '20240203',
  },
  ivy: { names: 'Ivy Loxley', born: '19670819', gender: '2', postcode: 'S6 6GW' },
  ivyOld: {
    names: 'Ivy Loxley',
    born: '19670819',
    gender: '2',
    postcode: 'S6 6GW',
    supersededBy: 'ivy',
  },
  lostOld: {
    names: 'Horace Penhaligon',
    born: '19400718',
    gender: '1',
    postcode: 'TR1 2HE',
    supersededBy: 'nobody',
  },
  edith: { names: 'Edith Marchbanks', born: '19530620', gender: '2', postcode: 'KT1 1EU' },
  withdrawn: {
    names: 'Edith Marchbanks',
    born: '19530620',
    gender: '2',
    postcode: 'KT1 1EU',
    isWithdrawn: true,
  },
  stranger: { names: 'Bartholomew Inkpen', born: '19090219', gender: '1', postcode: 'AB10 1AB' },
} as const satisfies Record<string, Entry>;

interface Entry extends Omit<Partial<Registered>, 'supersededBy'> {
  /** Given names, then the family name. */
  readonly names: string;
  readonly born: string;
  readonly gender: '1' | '2';
  readonly postcode: string;
  readonly supersededBy?: string;
}

type Key = keyof typeof PEOPLE;
const KEYS = Object.keys(PEOPLE) as Key[];
const [NOBODYS_NUMBER, ...NUMBERS] = testNumbers(KEYS.length + 1);
const numberOf = (key: string) => NUMBERS[KEYS.indexOf(key as Key)] ?? NOBODYS_NUMBER;

const REGISTER: Register = KEYS.map((key) => {
  const { names, born, supersededBy, ...rest }: Entry = PEOPLE[key];
  const words = names.split(' ');
  const replaced = supersededBy === undefined ? undefined : numberOf(supersededBy);
  return {
    ...rest,
    nhsNumber: known(numberOf(key)),
    givenNames: words.slice(0, -1),
    familyName: words.at(-1) ?? '',
    birthDate: born,
    ...(replaced === undefined ? {} : { supersededBy: replaced }),
  };
});

/** The row of somebody in the register as it would stand without any mistake, but for the changes. */
function rowOf(key: Key, changes: Row = {}): Row {
  const { names, born, gender, postcode }: Entry = PEOPLE[key];
  const words = names.split(' ');
  const [familyName, givenName] = [words.at(-1), words[0]];
  return { familyName, givenName, birthDate: born, gender, postcode, ...changes };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the test has too few numbers');
  return value;
}

/** What is written, and whose number it is: `traced rosalind`, `possible-match susan`, `no-match`. */
function wordsFor(decision: Decision): string {
  const code = decision.kind === 'match' ? decision.outcome : decision.code;
  const number = decision.kind === 'match' ? decision.nhsNumber : decision.candidate;
  if (number === undefined) return code;
  return `${code} ${KEYS.find((key) => numberOf(key) === number) ?? number}`;
}

interface Case {
  readonly name: string;
  /** Why this comes out, in one sentence. */
  readonly why: string;
  readonly row: Row;
  /** Under all three policies, or under each. */
  readonly expected: string | Readonly<Record<ShippedPolicy, string>>;
  /** Where the job says `accept_corrections: true`; the same when left out. */
  readonly corrected?: string;
}

const CASES: Readonly<Record<string, readonly Case[]>> = {
  'rows without an NHS number': [
    {
      name: 'everything as PDS holds it',
      why: 'Name, date of birth, gender and postcode are those of one person.',
      row: rowOf('rosalind'),
      expected: 'traced rosalind',
    },
    {
      name: 'in capitals',
      why: 'PDS and we compare without regard to case.',
      row: rowOf('rosalind', { familyName: 'THACKERAY', givenName: 'ROSALIND' }),
      expected: 'traced rosalind',
    },
    {
      name: 'nobody',
      why: 'A person who is not registered is found in no form.',
      row: { ...rowOf('rosalind'), familyName: 'Cholmondeley', givenName: 'Ermintrude' },
      expected: 'no-match',
    },
    {
      name: 'moved, and the old postcode is known to PDS',
      why: 'The name is common, but PDS finds this person at the postcode of the row, a former one.',
      row: rowOf('susan', { postcode: 'NR1 3QG' }),
      expected: 'traced susan',
    },
    {
      name: 'moved, and the previous postcode of the row is known to PDS',
      why: 'The row keeps a former postcode, and PDS finds this person there.',
      row: rowOf('susan', { postcode: 'TQ1 1AA', previousPostcode: 'BS3 2BB' }),
      expected: 'traced susan',
    },
    {
      name: 'moved, with a rare name',
      why: 'Nobody else of this name and date of birth is to be expected in the country.',
      row: rowOf('zebulon', { postcode: 'NE1 7RU' }),
      expected: 'traced zebulon',
    },
    {
      name: 'a rare name without a postcode',
      why: 'Nobody else of this name and date of birth is to be expected in the country.',
      row: rowOf('zebulon', { postcode: undefined }),
      expected: 'traced zebulon',
    },
    {
      name: 'moved, with a very common name',
      why: 'Another John Smith of this date of birth is likely, and he may be the one of the row.',
      row: rowOf('johnSmith', { postcode: 'NE1 7RU' }),
      expected: 'possible-match johnSmith',
    },
    {
      name: 'moved within the postcode district, with a very common name',
      why: 'People of one family name live near each other, so the district proves little.',
      row: rowOf('johnSmith', { postcode: 'CV1 9ZZ' }),
      expected: 'possible-match johnSmith',
    },
    {
      name: 'a common name without a postcode',
      why: 'Nothing tells this person from a namesake.',
      row: rowOf('johnSmith', { postcode: undefined }),
      expected: 'possible-match johnSmith',
    },
    {
      name: 'two of one name and date of birth, told apart by the postcode',
      why: 'PDS knows more than one, and only one of them at this postcode.',
      row: rowOf('johnJones2'),
      expected: 'traced johnJones2',
    },
    {
      name: 'two of one name and date of birth, at neither postcode',
      why: 'Nothing in the row tells which of the two it is, so no other form is tried.',
      row: rowOf('johnJones2', { postcode: 'NE1 7RU' }),
      expected: 'multiple-matches',
    },
    {
      name: 'born on 1 January, without a postcode',
      why: 'Many people have this date because theirs is not known.',
      row: rowOf('newYear', { postcode: undefined }),
      expected: 'possible-match newYear',
    },
    {
      name: 'gender unknown',
      why: 'PDS takes no search without a gender, and none is guessed.',
      row: rowOf('rosalind', { gender: undefined }),
      expected: 'unusable',
    },
    {
      name: 'the wrong gender',
      why: 'PDS finds nobody of this gender, and the other is never tried.',
      row: rowOf('rosalind', { gender: '1' }),
      expected: 'no-match',
    },
    {
      name: 'an estimated date of birth',
      why: 'A guessed date finds somebody else as easily.',
      row: rowOf('rosalind', { isBirthDateEstimated: true }),
      expected: 'unusable',
    },
    {
      name: 'another year of birth',
      why: 'No form of a date is tried but day and month exchanged.',
      row: rowOf('rosalind', { birthDate: '19750522' }),
      expected: 'no-match',
    },
  ],
  'names that are written otherwise': [
    {
      name: 'Bill for William',
      why: 'One is the short form of the other, and no other Arkwright of this sex was born that day.',
      row: rowOf('william', { givenName: 'Bill' }),
      expected: 'traced william',
    },
    {
      name: 'Steve, of the twins Stephen and Steven',
      why: 'Steve is short for both, and both live there.',
      row: rowOf('steven', { givenName: 'Steve' }),
      expected: 'multiple-matches',
    },
    {
      name: 'Steve, of the twins Stephen and Steven, without a postcode',
      why: 'Steve is short for both, and both are registered.',
      row: rowOf('steven', { givenName: 'Steve', postcode: undefined }),
      expected: 'possible-match stephen',
    },
    {
      name: 'an initial, without a twin of the same sex',
      why: 'An initial fits a sister who is not registered as well, so a person must look.',
      row: rowOf('helena', { givenName: 'H' }),
      expected: 'possible-match helena',
    },
    {
      name: 'an initial, and moved',
      why: 'An initial is too little without the postcode.',
      row: rowOf('helena', { givenName: 'H', postcode: 'NE1 7RU' }),
      expected: {
        verify: 'no-match',
        trace: 'possible-match helena',
        enrich: 'possible-match helena',
      },
    },
    {
      name: 'an initial that is another',
      why: 'Whoever lives there has another name.',
      row: rowOf('helena', { givenName: 'G' }),
      expected: 'possible-match helena',
    },
    {
      name: 'an initial, with a twin of the same sex',
      why: 'Hannah and Harriet share all that the row holds.',
      row: rowOf('hannah', { givenName: 'H' }),
      expected: 'multiple-matches',
    },
    {
      name: 'no given name',
      why: 'A brother or sister who is not registered may be meant, so a person must look.',
      row: rowOf('helena', { givenName: undefined }),
      expected: 'possible-match helena',
    },
    {
      name: 'a second given name in use',
      why: 'She may be Mary Rose; or a twin of hers who is not registered is called Rose.',
      row: rowOf('rose', { givenName: 'Rose' }),
      expected: 'possible-match rose',
    },
    {
      name: 'a typing slip in the given name',
      why: 'A name that is spelt otherwise may be that of a twin who is not registered, so a person must look.',
      row: rowOf('rosalind', { givenName: 'Rosalnid' }),
      expected: 'possible-match rosalind',
    },
    {
      name: 'a typing slip in the given name, and moved',
      why: 'Too little agrees.',
      row: rowOf('rosalind', { givenName: 'Rosalnid', postcode: 'NE1 7RU' }),
      expected: {
        verify: 'no-match',
        trace: 'possible-match rosalind',
        enrich: 'possible-match rosalind',
      },
    },
    {
      name: 'a typing slip in the family name',
      why: 'No search finds a name that PDS does not hold, and wildcards are not allowed.',
      row: rowOf('rosalind', { familyName: 'Thackerey' }),
      expected: 'no-match',
    },
    {
      name: 'names exchanged',
      why: 'With the names in their places everything agrees.',
      row: rowOf('gwendolen', { familyName: 'Gwendolen', givenName: 'Brackenbury' }),
      expected: 'traced gwendolen',
    },
    {
      name: 'an apostrophe that PDS does not hold',
      why: 'Registers write O’Neill in several ways.',
      row: rowOf('kathleen', { familyName: "O'Neill" }),
      expected: 'traced kathleen',
    },
    {
      name: 'a double-barrelled name of which PDS holds a half',
      why: 'Everything else agrees, and the name is rare; a short search does not come so far.',
      row: rowOf('imogen', { familyName: 'Blackwood-Hale' }),
      expected: { verify: 'no-match', trace: 'traced imogen', enrich: 'traced imogen' },
    },
    {
      name: 'a maiden name that PDS knows',
      why: 'PDS finds people by their former family names.',
      row: rowOf('clara', { familyName: 'Ashdown' }),
      expected: 'traced clara',
    },
    {
      name: 'a new family name that PDS does not know yet, the previous one in the row',
      why: 'PDS holds the previous family name of the row.',
      row: rowOf('constance', { familyName: 'Fanshawe', previousFamilyName: 'Ormerod' }),
      expected: 'traced constance',
    },
    {
      name: 'a new family name that PDS does not know yet',
      why: 'No form of the row has the name that PDS holds.',
      row: rowOf('constance', { familyName: 'Fanshawe' }),
      expected: 'no-match',
    },
    {
      name: 'a baby whom PDS does not hold by name yet',
      why: 'A given name cannot be compared with BABY, and a twin may be meant.',
      row: rowOf('baby', { givenName: 'Isla' }),
      expected: 'possible-match baby',
    },
  ],
  'dates of birth': [
    {
      name: 'day and month exchanged, with a rare name',
      why: 'Nobody else of this name and date of birth is to be expected in the country.',
      row: rowOf('march', { birthDate: '19681103' }),
      expected: 'traced march',
    },
    {
      name: 'day and month exchanged, with a common name',
      why: 'A guessed date needs more than a common name and a new address.',
      row: rowOf('marchTaylor', { birthDate: '19680705', postcode: 'NE1 7RU' }),
      expected: 'possible-match marchTaylor',
    },
    {
      name: 'day and month exchanged, with a common name, at the postcode',
      why: 'Nobody else of this name and date of birth is to be expected there.',
      row: rowOf('marchTaylor', { birthDate: '19680705' }),
      expected: 'traced marchTaylor',
    },
  ],
  'rows with the right NHS number': [
    {
      name: 'everything as PDS holds it',
      why: 'Date of birth and given name are those of the number.',
      row: rowOf('rosalind', { nhsNumber: numberOf('rosalind') }),
      expected: 'verified rosalind',
    },
    {
      name: 'married and moved since',
      why: 'Family names and addresses change; given name and date of birth are those of the number.',
      row: rowOf('rosalind', {
        nhsNumber: numberOf('rosalind'),
        familyName: 'Ogilvie',
        postcode: 'NE1 7RU',
      }),
      expected: 'verified rosalind',
    },
    {
      name: 'gender unknown',
      why: 'The number needs no search.',
      row: rowOf('rosalind', { nhsNumber: numberOf('rosalind'), gender: undefined }),
      expected: 'verified rosalind',
    },
    {
      name: 'another day of birth',
      why: 'Two parts of the date agree, and everything else does.',
      row: rowOf('rosalind', { nhsNumber: numberOf('rosalind'), birthDate: '19740521' }),
      expected: 'verified rosalind',
    },
    {
      name: 'another day of birth, with a common name and a new address',
      why: 'It may be the number of a namesake with a similar date of birth.',
      row: rowOf('johnSmith', {
        nhsNumber: numberOf('johnSmith'),
        birthDate: '19481129',
        postcode: 'NE1 7RU',
      }),
      expected: 'possible-match johnSmith',
    },
    {
      name: 'an initial, without a twin of the same sex',
      why: 'Nobody else of this family name, sex and date of birth is registered.',
      row: rowOf('helena', { nhsNumber: numberOf('helena'), givenName: 'H' }),
      expected: 'verified helena',
    },
    {
      name: 'an initial, with a twin of the same sex',
      why: 'The number may be the twin’s.',
      row: rowOf('hannah', { nhsNumber: numberOf('hannah'), givenName: 'H' }),
      expected: 'possible-match hannah',
    },
    {
      name: 'no given name, without a twin of the same sex',
      why: 'Nobody else of this family name, sex and date of birth is registered, and the postcode agrees.',
      row: rowOf('helena', { nhsNumber: numberOf('helena'), givenName: undefined }),
      expected: 'verified helena',
    },
    {
      name: 'deceased',
      why: 'A number goes on after death; that the person has died stands in the record.',
      row: rowOf('cedric', { nhsNumber: numberOf('cedric') }),
      expected: 'verified cedric',
    },
    {
      name: 'day and month of birth exchanged',
      why: 'The number is not confirmed with this date, but a search with the other comes to this same number.',
      row: rowOf('march', { nhsNumber: numberOf('march'), birthDate: '19681103' }),
      expected: { verify: 'not-verified', trace: 'verified march', enrich: 'verified march' },
    },
    {
      name: 'superseded',
      why: 'The number that replaces it is this person’s, under the same rule.',
      row: rowOf('ivy', { nhsNumber: numberOf('ivyOld') }),
      expected: 'superseded ivy',
    },
  ],
  'rows with a wrong NHS number': [
    {
      name: 'the number of a twin, who is registered as well',
      why: 'The given name is not that of the number; the search finds the twin that is meant.',
      row: rowOf('paul', { nhsNumber: numberOf('peter') }),
      expected: 'not-verified paul',
      corrected: 'corrected paul',
    },
    {
      name: 'the number of a twin, and no given name',
      why: 'Nothing in the row tells which of the twins is meant.',
      row: rowOf('paul', { nhsNumber: numberOf('peter'), givenName: undefined }),
      expected: 'possible-match peter',
    },
    {
      name: 'the number of a twin with a look-alike name, the person not being registered',
      why: 'Marion and Marian are two names, so a person must look whether Marian is meant.',
      row: rowOf('marian', { nhsNumber: numberOf('marian'), givenName: 'Marion' }),
      expected: 'possible-match marian',
    },
    {
      name: 'the number of the father',
      why: 'The date of birth is not that of the number; the search finds the son.',
      row: rowOf('son', { nhsNumber: numberOf('father') }),
      expected: 'not-verified son',
      corrected: 'corrected son',
    },
    {
      name: 'the number of a stranger',
      why: 'Nothing agrees with the number; the search finds whose row it is.',
      row: rowOf('rosalind', { nhsNumber: numberOf('stranger') }),
      expected: 'not-verified rosalind',
      corrected: 'corrected rosalind',
    },
    {
      name: 'the number of a stranger, and a common name',
      why: 'What the search finds is too little to be sure, whatever the job accepts.',
      row: rowOf('johnSmith', { nhsNumber: numberOf('stranger'), postcode: 'NE1 7RU' }),
      expected: 'not-verified johnSmith',
    },
    {
      name: 'the number of a stranger, the person not being registered',
      why: 'Nobody is found.',
      row: { ...rowOf('rosalind'), familyName: 'Cholmondeley', nhsNumber: numberOf('stranger') },
      expected: 'not-verified',
    },
    {
      name: 'a number that nobody has',
      why: 'The search finds whose row it is.',
      row: rowOf('rosalind', { nhsNumber: NOBODYS_NUMBER }),
      expected: 'not-verified rosalind',
      corrected: 'corrected rosalind',
    },
    {
      name: 'a number that nobody has, the person not being registered',
      why: 'Nobody is found.',
      row: { ...rowOf('rosalind'), familyName: 'Cholmondeley', nhsNumber: NOBODYS_NUMBER },
      expected: 'no-match',
    },
    {
      name: 'withdrawn, and the search finds the person',
      why: 'The number must not be used; the person has another.',
      row: rowOf('edith', { nhsNumber: numberOf('withdrawn') }),
      expected: 'invalidated edith',
      corrected: 'corrected edith',
    },
    {
      name: 'withdrawn, and the search finds nobody',
      why: 'The number must not be used.',
      row: { ...rowOf('edith'), familyName: 'Cholmondeley', nhsNumber: numberOf('withdrawn') },
      expected: 'invalidated',
    },
    {
      name: 'superseded by a number that PDS does not name',
      why: 'The number must not be used, and nobody is found.',
      row: rowOf('lostOld', { nhsNumber: numberOf('lostOld') }),
      expected: 'not-verified',
    },
    {
      name: 'superseded, on the row of somebody else',
      why: 'The replacement is not this person’s number; the search finds whose row it is.',
      row: rowOf('rosalind', { nhsNumber: numberOf('ivyOld') }),
      expected: 'not-verified rosalind',
      corrected: 'corrected rosalind',
    },
    {
      name: 'two ways of asking lead to two people',
      why: 'The number is perhaps one person’s, and the search finds another, so neither is taken.',
      row: {
        ...rowOf('rowan'),
        nhsNumber: numberOf('rowan'),
        familyName: 'Testby',
        givenName: 'R',
      },
      expected: 'not-verified',
    },
  ],
  'records that are withheld, and the dead': [
    {
      name: 'a sensitive record with a rare name',
      why: 'No address comes back and none is needed.',
      row: rowOf('naomi'),
      expected: 'traced naomi',
    },
    {
      name: 'a sensitive record with a common name',
      why: 'No address comes back, no search by postcode finds it, and a namesake is likely.',
      row: rowOf('sensitiveTaylor'),
      expected: 'possible-match sensitiveTaylor',
    },
    {
      name: 'a sensitive record with its number',
      why: 'Date of birth and given name are those of the number.',
      row: rowOf('sensitiveTaylor', { nhsNumber: numberOf('sensitiveTaylor') }),
      expected: 'verified sensitiveTaylor',
    },
    {
      name: 'deceased',
      why: 'The dead keep their numbers, and are found as others are.',
      row: rowOf('cedric'),
      expected: 'traced cedric',
    },
  ],
  'twins who are not registered': [
    {
      name: 'a look-alike name',
      why: 'Marion and Marian are two names, so Marian at the same address is not Marion.',
      row: rowOf('marian', { givenName: 'Marion' }),
      expected: 'possible-match marian',
    },
    {
      name: 'another name',
      why: 'Who lives there is a sister at best.',
      row: rowOf('helena', { givenName: 'Beatrice' }),
      expected: 'possible-match helena',
    },
  ],
};

describe.each(Object.entries(CASES))('%s', (_group, cases) => {
  describe.each(cases)('$name', ({ why, row, expected, corrected }) => {
    it.each(SHIPPED_POLICIES)(`${why} (%s)`, (name) => {
      const decide = (accept_corrections: boolean) =>
        wordsFor(
          traceRow(subjectOf(row), (question) => askRegister(REGISTER, question), {
            policy: shippedPolicy(name),
            accept_corrections,
          }).decision,
        );

      const usual = typeof expected === 'string' ? expected : expected[name];
      expect(decide(false)).toBe(usual);
      expect(decide(true)).toBe(corrected ?? usual);
    });
  });
});
