/** Which requests share a pace. */
import { createHash } from 'node:crypto';

/**
 * One name for each host and port: whoever answers there under another path, or under the same name with the dot of
 * DNS at its end, has agreed to one rate. 16 hexadecimal digits.
 */
export function paceName({ hostname, port, protocol }: URL): string {
  const host = `${protocol}//${hostname.replace(/\.$/, '')}:${port}`;
  return createHash('sha256').update(host).digest('hex').slice(0, 16);
}
