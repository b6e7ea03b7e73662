/** `2026-11-22 16:45:00 UTC`. `iso`: ISO 8601, UTC. */
export function readableTime(iso: string): string {
  return `${iso.slice(0, 19).replace('T', ' ')} UTC`;
}
