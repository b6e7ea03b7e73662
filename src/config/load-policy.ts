/** The search policies that come with the program, by name. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const SHIPPED = new URL('../../jobs/policies/', import.meta.url);

export const SHIPPED_POLICIES = ['verify', 'trace', 'enrich'] as const;

/** A shipped policy's name → what its file says, still to be checked; anything else as it is. */
export function loadPolicy(value: unknown): unknown {
  const name = SHIPPED_POLICIES.find((shipped) => shipped === value);
  return name === undefined ? value : parse(readFileSync(new URL(`${name}.yaml`, SHIPPED), 'utf8'));
}
