/**
 * Text from elsewhere (a certificate, a path) that may be shown on a terminal: what could move the cursor, change
 * colours or turn the direction of reading stands as `?`. Line breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');
}
