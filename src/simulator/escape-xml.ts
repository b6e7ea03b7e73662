/** Text for use between tags and in attributes written with double quotes. */
export function escapeXml(text: string): string {
  return /[&<>"\t\n\r]/.test(text) ? text.replace(/[&<>"\t\n\r]/g, escapeCharacter) : text;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** White space as a reference, which attribute normalisation leaves alone. */
function escapeCharacter(character: string): string {
  return ENTITIES[character] ?? `&#${character.charCodeAt(0)};`;
}
