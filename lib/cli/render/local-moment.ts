// Moments as people at a place read them: "Fri 27 Mar 11:00".
import type { Instant } from '#lib/contracts/time.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Weekday, day and time in the zone; seconds and the year only where they say something. */
export function localMoment(instant: Instant, zone: string, year?: string): string {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(Date.parse(instant))
      .map(({ type, value }) => [type, value]),
  );
  const { weekday, day, month, hour, minute, second } = parts;
  const millis = instant.slice(20, 23);
  const seconds = `${second}${millis === '000' ? '' : `.${millis}`}`;
  const time = `${hour}:${minute}${seconds === '00' ? '' : `:${seconds}`}`;
  return `${weekday} ${day} ${month} ${parts['year'] === year || year === undefined ? '' : `${parts['year']} `}${time}`;
}

/** The year at a place. */
export function localYear(instant: Instant, zone: string): string {
  const parts = formatOf(zone).formatToParts(Date.parse(instant));
  return parts.find(({ type }) => type === 'year')?.value ?? '';
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(zone, format);
  return format;
}
