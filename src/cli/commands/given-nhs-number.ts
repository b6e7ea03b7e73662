import { text } from 'node:stream/consumers';
import { type NhsNumber, parseNhsNumber } from '../../domain/nhs-number.ts';
import { ConfigError } from '../../errors.ts';

/**
 * The value of `--nhs-number`, in any way of writing it. `-` reads it from standard input, so that it stands in no list
 * of processes. Throws ConfigError.
 */
export async function givenNhsNumber(value: string): Promise<NhsNumber> {
  const given = value === '-' ? await text(process.stdin) : value;
  const number = parseNhsNumber(given.replace(/\s/g, ''));
  if (number !== undefined) return number;
  throw new ConfigError(
    '--nhs-number is no NHS number: ten digits, the last of which checks the others.',
  );
}
