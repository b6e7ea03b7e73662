declare const brand: unique symbol;

/**
 * A real postcode in upper case, with one blank before the inward part and at most 8 characters, as
 * the PDS SMSP Provider Requirements want it.
 */
export type Postcode = string & { readonly [brand]: 'Postcode' };

/**
 * Reads a postcode, in either case and with any number of blanks anywhere.
 * `undefined` for anything else: empty, half a postcode, a wildcard, and pseudo-postcodes.
 */
export function parsePostcode(text: string): Postcode | undefined {
  const compact = withoutBlanks(text);
  const inwardLength = compact.startsWith('BFPO') ? compact.length - 4 : 3;
  const spaced = `${compact.slice(0, -inwardLength)} ${compact.slice(-inwardLength)}`;
  return isPostcode(spaced) ? spaced : undefined;
}

/**
 * Whether the text is a code of the NHS Data Dictionary for "no address here", such as ZZ99 3VZ (no
 * fixed abode), or a national dummy such as NFA. Never search with one. False for an empty text.
 */
export function isPseudoPostcode(text: string): boolean {
  return PSEUDO.test(withoutBlanks(text));
}

const PSEUDO = /^(?:Z?Z99[0-9][A-Z]Z|ZZZSECUR|ANK|NFA)$/;

const SHAPES = [
  /^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][ABD-HJLNP-UW-Z]{2}$/,
  /^GIR 0AA$/,
  /^BFPO [0-9]{1,3}$/, // forces' post offices that have not moved to BF1
];

function isPostcode(spaced: string): spaced is Postcode {
  return !isPseudoPostcode(spaced) && SHAPES.some((shape) => shape.test(spaced));
}

function withoutBlanks(text: string): string {
  return text.replace(/\s/g, '').toUpperCase();
}
