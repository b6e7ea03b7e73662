/** Whether a request names this machine as such. Another name that leads here is a page elsewhere trying to look. */
export function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost):\d+$/.test(host ?? '');
}
