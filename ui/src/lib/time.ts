const steps: [limit: number, seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [60 * 60, 60, 'minute'],
  [24 * 60 * 60, 60 * 60, 'hour'],
  [7 * 24 * 60 * 60, 24 * 60 * 60, 'day'],
  [30 * 24 * 60 * 60, 7 * 24 * 60 * 60, 'week'],
  [365 * 24 * 60 * 60, 30 * 24 * 60 * 60, 'month'],
  [Infinity, 365 * 24 * 60 * 60, 'year'],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const absolute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});

/** "3 hours ago", from Unix seconds. */
export function relativeTime(seconds: number, now = Date.now() / 1000): string {
  const past = now - seconds;
  if (Math.abs(past) < 60) return 'just now';
  const step = steps.find(([limit]) => Math.abs(past) < limit);
  if (!step) return absoluteTime(seconds);
  return relative.format(-Math.round(past / step[1]), step[2]);
}

/** "Nov 3, 2026, 2:10 PM", from Unix seconds. */
export const absoluteTime = (seconds: number) => absolute.format(new Date(seconds * 1000));

/** "14:10:09", from Unix milliseconds. */
export const clockTime = (milliseconds: number) => clock.format(new Date(milliseconds));
