/** Given names one letter apart that parents give to twins, the same gender in each pair. */
const pairs: readonly (readonly [gender: '1' | '2', one: string, other: string])[] = [
  ['1', 'Jayden', 'Kayden'],
  ['1', 'Jaden', 'Jayden'],
  ['1', 'Aidan', 'Adan'],
  ['1', 'Harry', 'Barry'],
  ['1', 'Callum', 'Calum'],
  ['1', 'Hassan', 'Hasan'],
  ['1', 'Mohammed', 'Mohammad'],
  ['1', 'Jake', 'Jace'],
  ['1', 'Ronnie', 'Donnie'],
  ['1', 'Dean', 'Sean'],
  ['2', 'Ava', 'Eva'],
  ['2', 'Mia', 'Nia'],
  ['2', 'Anna', 'Hanna'],
  ['2', 'Ella', 'Ellia'],
  ['2', 'Amina', 'Amira'],
  ['2', 'Jean', 'Joan'],
  ['2', 'Carol', 'Carole'],
  ['2', 'Sara', 'Zara'],
  ['2', 'Lily', 'Lila'],
  ['2', 'Layla', 'Laila'],
];

/** The pairs of a gender code. */
export function lookAlikePairs(gender: string): readonly (readonly [string, string])[] {
  return pairs.filter((pair) => pair[0] === gender).map(([, one, other]) => [one, other] as const);
}

/** A name one letter from this one; `undefined` when the table has none. */
export function lookAlikeOf(givenName: string): string | undefined {
  const pair = pairs.find(([, one, other]) => one === givenName || other === givenName);
  if (pair === undefined) return undefined;
  return pair[1] === givenName ? pair[2] : pair[1];
}
