import { EXIT, exitCodeOfError } from './exit-codes.ts';

/**
 * Known errors in their own words; a defect with where it happened, for whoever mends it. The words of JavaScript's own
 * errors are left out: they quote what was read (`"Smith" is not valid JSON`), and that may be a person's.
 */
export function explainError(error: unknown): string {
  if (!(error instanceof Error)) return 'something went wrong that has no name';
  if (exitCodeOfError(error) !== EXIT.defect) return error.message;
  const said = isOfTheLanguage(error) ? error.name : `${error.name}: ${error.message}`;
  return `this is a defect of the program; nothing that is in the ledger is lost.\n${said}\n${placesOf(error)}`;
}

function isOfTheLanguage(error: Error): boolean {
  return [SyntaxError, TypeError, RangeError, ReferenceError, URIError].some(
    (type) => error instanceof type,
  );
}

/** The lines of the stack that tell of files, without the message that stands before them. */
function placesOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^ {4}at \S/.test(line))
    .join('\n');
}
