/**
 * `22 Nov 2026, 16:45:00 GMT`, by the clock on the wall in London. `iso`: ISO 8601, UTC; whatever is no time, as
 * in the summary of a run that others have touched, stays as it is.
 */
export function readableTime(iso: string): string {
  const time = new Date(iso);
  return Number.isNaN(time.getTime()) ? iso : FORMAT.format(time);
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Europe/London',
  timeZoneName: 'short',
});
