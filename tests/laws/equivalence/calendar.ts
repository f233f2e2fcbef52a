// Lengths, dates and times of day in UTC, as the tests reckon them: by the calendar of JavaScript, and by nothing of ours.
const DAY = 86_400_000;
const UNITS = { minute: 60_000, hour: 3_600_000, day: DAY };
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** So long after an instant; `sign` -1: before it. */
export function endOfLength(length: string, from: number, sign = 1): number {
  const iso = /^P(\d+)DT(\d+)H$/.exec(length);
  if (iso !== null) return from + sign * (Number(iso[1]) * DAY + Number(iso[2]) * UNITS.hour);
  const [count, unit = ''] = length.split(' ');
  const millis = UNITS[unit.replace(/s$/, '') as keyof typeof UNITS];
  if (Number.isNaN(Number(count)) || millis === undefined) throw new Error(`unknown length ${length}`);
  return from + sign * Number(count) * millis;
}

function timeOn(time: string, from: number): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return new Date(from).setUTCHours(hour, minute, 0, 0);
}

/** The next time it is so late, on one of the days: strictly after the instant, or at it as well. */
export function nextTime(
  time: string,
  from: number,
  orNow: boolean,
  days: readonly string[] | undefined,
): number {
  const earliest = orNow ? from : from + 1;
  let at = timeOn(time, from);
  while (at < earliest || !isAllowed(at, days)) at += DAY;
  return at;
}

/** The same time on the first of the days from then on. */
export function onAllowedDay(from: number, days: readonly string[]): number {
  let at = from;
  while (!isAllowed(at, days)) at += DAY;
  return at;
}

function isAllowed(at: number, days: readonly string[] | undefined): boolean {
  if (days === undefined) return true;
  const day = new Date(at).getUTCDay();
  const group = day === 0 || day === 6 ? 'weekend' : 'weekdays';
  return days.includes(group) || days.includes(WEEKDAYS[day] ?? '');
}

/** When the quiet hours are over; the same instant where none are. */
export function quietUntil(from: string, to: string, now: number): number {
  const isQuiet = now >= timeOn(from, now) || now < timeOn(to, now);
  return isQuiet ? nextTime(to, now, false, undefined) : now;
}

/** A date as an instant, moved by whole days before or after, at a time of day; undefined for what is no date. */
export function dateOf(
  value: unknown,
  offset: string | undefined,
  time: string | undefined,
): number | undefined {
  const read = typeof value === 'string' && value.startsWith('20') ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(read)) return undefined;
  const [count = '', unit = '', direction] = (offset ?? '').split(' ');
  const moved =
    offset === undefined ? read : endOfLength(`${count} ${unit}`, read, direction === 'before' ? -1 : 1);
  return time === undefined ? moved : timeOn(time, moved);
}
