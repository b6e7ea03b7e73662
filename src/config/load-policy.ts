/** The search policies that come with the program, by name. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const SHIPPED = new URL('../../jobs/policies/', import.meta.url);

export const SHIPPED_POLICIES = ['verify', 'trace', 'enrich'] as const;

/**
 * A shipped policy's name → what its file says, still to be checked; a policy written out → as it is.
 * `undefined` for any other name.
 */
export function loadPolicy(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const name = SHIPPED_POLICIES.find((shipped) => shipped === value);
  return name && parse(readFileSync(new URL(`${name}.yaml`, SHIPPED), 'utf8'));
}
