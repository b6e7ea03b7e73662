import type { Demographics } from '../domain/demographics.ts';
import { isKnownFamilyName } from './family-names.ts';
import { isKnownGivenName } from './given-names.ts';

/** Whether both names are known as what they stand for, and as nothing else: no use in exchanging them. */
export function standWhereTheyBelong({ familyName = '', givenName = '' }: Demographics): boolean {
  return looksSwapped({ familyName: givenName, givenName: familyName });
}

/** Whether the family name is one that only given names are, and the given name the other way round. */
export function looksSwapped({ familyName = '', givenName = '' }: Demographics): boolean {
  return (
    isKnownGivenName(familyName) &&
    !isKnownFamilyName(familyName) &&
    isKnownFamilyName(givenName) &&
    !isKnownGivenName(givenName)
  );
}
