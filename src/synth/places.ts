/** Addresses: invented towns and streets, and postcodes of a legal shape. */

import { between, chance, pick, type Random } from './random.ts';

/** Where a household lives. Empty text for a line that it does not have. */
export interface Address {
  /** House name or flat, number and street, village, town, county. */
  readonly lines: readonly [string, string, string, string, string];
  readonly postcode: string;
}

const towns: readonly (readonly [town: string, county: string, area: string])[] = [
  ['Ashcombe', 'Devonshire', 'EX'],
  ['Thornwick', 'North Yorkshire', 'YO'],
  ['Kelderby', 'West Yorkshire', 'LS'],
  ['Marlbridge', 'Greater Manchester', 'M'],
  ['Oldhaven', 'Merseyside', 'L'],
  ['Brackenford', 'West Midlands', 'B'],
  ['Holmstead', 'Essex', 'CM'],
  ['Winterbourne Abbas Green', 'Dorset', 'DT'],
  ['Llanfelin', 'Gwent', 'NP'],
  ['Pentre Glas', 'Gwynedd', 'LL'],
  ['Eastmere', 'Norfolk', 'NR'],
  ['Sandleigh', 'Kent', 'ME'],
  ['Carrowdale', 'Cumbria', 'CA'],
  ['Stowminster', 'Somerset', 'TA'],
  ['Netherfold', 'Nottinghamshire', 'NG'],
  ['Hartleigh', 'Tyne and Wear', 'NE'],
  ['Southmarsh', 'London', 'SE'],
  ['Norbridge', 'London', 'N'],
  ['Eastwell', 'London', 'E'],
  ["St Botolph's", 'Lincolnshire', 'LN'],
  ['Old Quay', 'Hampshire', 'PO'],
  ['Whinmoor Bridge', 'South Yorkshire', 'S'],
];

const streets =
  "High Street, Station Road, Church Lane, Mill Lane, Victoria Road, Park Avenue, The Green, Orchard Close, Meadow View, School Lane, Queen's Road, King Street, Chapel Row, Manor Drive, Windmill Rise, Canal Side, Beech Grove, Elm Terrace, Sycamore Way, St Mary's Walk, Blacksmith's Yard, Tannery Court, Larkspur Crescent, Old Coach Road, Bishop's Hill, Quarry Bank, Heron Gardens, Fieldfare Close".split(
    ', ',
  );

const houseNames =
  'Rose Cottage, The Old Vicarage, Hillcrest, Lane End, The Bungalow, Fairview, Ivy House, Brook Farm'.split(
    ', ',
  );

const inwardLetters = 'ABDEFGHJLNPQRSTUWXYZ';

/** Postcodes of people with no fixed abode, and other pseudo-postcodes, the likelier repeated. */
export const pseudoPostcodes: readonly string[] = [
  'ZZ99 3VZ',
  'ZZ99 3VZ',
  'ZZ99 3WZ',
  'ZZ99 3CZ',
  'ZZ99 4YZ',
];

/** An address; about 1 in 2,000 is of no fixed abode, with a pseudo-postcode and no street. */
export function drawAddress(random: Random): Address {
  if (chance(random, 0.0005)) {
    return { lines: ['', 'NO FIXED ABODE', '', '', ''], postcode: pick(random, pseudoPostcodes) };
  }
  const [town, county, area] = pick(random, towns);
  const home = chance(random, 0.12) ? `Flat ${between(random, 1, 48)}` : '';
  const first = home === '' && chance(random, 0.08) ? pick(random, houseNames) : home;
  const street = `${between(random, 1, 199)} ${pick(random, streets)}`;
  const village = chance(random, 0.2) ? pick(random, towns)[0] : '';
  return { lines: [first, street, village, town, county], postcode: postcodeIn(random, area) };
}

/** A postcode of a legal shape, with one blank. */
export function drawPostcode(random: Random): string {
  return postcodeIn(random, pick(random, towns)[2]);
}

/** A letter that may stand in the last two places of a postcode. */
export function drawInwardLetter(random: Random): string {
  return inwardLetters.charAt(random.below(inwardLetters.length));
}

/**
 * The code of an invented practice in the town of a postcode, such as Z91234; rarely V81999, which
 * means that the practice is not known.
 */
export function drawPracticeCode(random: Random, postcode: string): string {
  if (chance(random, 0.005)) return pick(random, ['V81997', 'V81998', 'V81999']);
  const town = postcode.charCodeAt(0) * 7 + postcode.charCodeAt(1) * 13;
  return `Z9${String((town * 4 + random.below(6)) % 10_000).padStart(4, '0')}`;
}

/** A number from the ranges kept for drama: never anybody's. */
export function drawTelephone(random: Random): string {
  const last = String(random.below(1000)).padStart(3, '0');
  return `${pick(random, ['07700 900', '07700 900', '01632 960', '020 7946 0'])}${last}`;
}

function postcodeIn(random: Random, area: string): string {
  const outward =
    area === 'E' && chance(random, 0.1)
      ? `EC${between(random, 1, 4)}${pick(random, ['A', 'M', 'N', 'V'])}`
      : `${area}${between(random, 1, 29)}`;
  const inward = `${random.below(10)}${drawInwardLetter(random)}${drawInwardLetter(random)}`;
  return `${outward} ${inward}`;
}
