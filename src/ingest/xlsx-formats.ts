/** Which number formats of a workbook show a date, or leading zeros. Pure. ECMA-376-1, 18.8.30. */

export type CellFormat =
  | { readonly kind: 'date' }
  /** So many digits at least. */
  | { readonly kind: 'zeros'; readonly digits: number }
  | { readonly kind: 'plain' };

/** `code` is the workbook's own format for `id`; absent for the built-in ones. */
export function formatOf(id: number, code: string | undefined): CellFormat {
  if (code === undefined) return isBuiltInDate(id) ? { kind: 'date' } : PLAIN;
  const bare =
    code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0] ?? '';
  if (/^0{2,}$/.test(bare)) return { kind: 'zeros', digits: bare.length };
  return /[dy]|m{3,}/i.test(bare) && !/general/i.test(bare) ? { kind: 'date' } : PLAIN;
}

const PLAIN: CellFormat = { kind: 'plain' };

/** Dates, with or without a time; 18 to 21 and 45 to 47 are times alone. 27 to 58 are East Asian. */
function isBuiltInDate(id: number): boolean {
  return (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}
