const WORDS = { '0': 'not known', '1': 'male', '2': 'female', '9': 'not specified' } as const;

/** PERSON GENDER CODE CURRENT (NHS Data Dictionary), which is also the set that SMSP takes. */
export type Gender = keyof typeof WORDS;

/** Reads a stored code. `undefined` for anything but `0`, `1`, `2` and `9`: words are not read here. */
export function parseGender(code: string): Gender | undefined {
  return isGender(code) ? code : undefined;
}

/** For people: `female`. */
export function formatGender(gender: Gender): string {
  return WORDS[gender];
}

function isGender(code: string): code is Gender {
  return Object.hasOwn(WORDS, code);
}
