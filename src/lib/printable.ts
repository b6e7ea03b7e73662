/**
 * Text from elsewhere (a cell, a certificate, a path) that is shown on a terminal or a page: what could move the cursor,
 * change colours, hide or turn the direction of reading.
 */
const STEERING = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/gu;

/** On one line: `?` for each such character; line breaks and tabs become spaces. */
export function printable(text: string): string {
  return printableLines(text.replace(/\s+/g, ' '));
}

/** The same for whole lines, whose ends stay. */
export function printableLines(text: string): string {
  return text.replaceAll('\t', ' ').replace(STEERING, '?');
}

/** JSON that means the same: such characters are written as escapes. */
export function printableJson(value: unknown, indent?: number): string {
  return escapeJson(JSON.stringify(value, undefined, indent));
}

/** For text that is JSON already. */
export function escapeJson(json: string): string {
  return json.replace(STEERING, (found) =>
    found
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );
}
