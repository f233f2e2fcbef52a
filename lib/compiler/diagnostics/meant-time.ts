// What a text that is no time of day, no date and no offset was meant to be, and where it belongs instead.
import { parseDateOffset } from '#lib/contracts/date-offset.ts';
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { parseDuration } from '#lib/contracts/duration.ts';
import { durationMeant } from './meant-text.ts';

const NAMED_TIMES: Readonly<Record<string, string>> = { noon: '12:00', midday: '12:00', midnight: '00:00' };

/** The time of day that was meant: "09:00" for "9:00", "9am" and "9 o'clock". */
function timeMeant(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (Object.hasOwn(NAMED_TIMES, plain)) return NAMED_TIMES[plain];
  const [, hour, minute = '00', half] =
    /^(\d{1,2})(?:[:.h](\d{2}))?(?::00)?\s*(a\.?m\.?|p\.?m\.?|o'clock)?$/.exec(plain) ?? [];
  if (hour === undefined || (half === undefined && !/[:.h]/.test(plain))) return undefined;
  const isMorning = half?.startsWith('a') ?? false;
  const isEvening = half?.startsWith('p') ?? false;
  const twelve = isMorning || isEvening;
  if (Number(minute) > 59 || Number(hour) > (twelve ? 12 : 23) || (twelve && Number(hour) === 0))
    return undefined;
  const hours = twelve ? (Number(hour) % 12) + (isEvening ? 12 : 0) : Number(hour);
  const meant = `${String(hours).padStart(2, '0')}:${minute}`;
  return meant === text ? undefined : meant;
}

/** A sentence for who wrote something else where a time of day is expected. */
export function hintForTimeOfDay(text: string): string | undefined {
  const meant = timeMeant(text);
  return meant === undefined ? undefined : `Did you mean "${meant}"?`;
}

/** For who wrote something else behind "until": what was meant, or the field that says it. */
export function hintForUntil(text: string): string | undefined {
  const plain = text.trim();
  const time = timeMeant(plain);
  if (time !== undefined) return `Did you mean "${time}"?`;
  if (/^\d{4}-\d{2}-\d{2}$/.test(plain))
    return `For a day of the calendar say at what time: { "date": "${plain}", "at": "09:00" }.`;
  const [, date, clock] = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2})?$/.exec(plain) ?? [];
  if (date !== undefined)
    return `In the customer's own time that is { "date": "${date}", "at": "${clock}" }; for the same moment everywhere add an offset, such as "${date}T${clock}:00Z".`;
  if (/^(?:profile|entry|saved)\./.test(plain))
    return `Dates of the customer are written { "date": "${plain}" }.`;
  const duration = 'problem' in parseDuration(plain) ? durationMeant(plain) : plain;
  if (duration !== undefined) return `For a length of time write "for": "${duration}".`;
  const [day = '', hour] = plain.toLowerCase().split(' ');
  if (day === 'tomorrow')
    return `Write "for": "1 day", or "until": "${timeMeant(hour ?? '') ?? '09:00'}" for the next time it is so late.`;
  const weekday = WEEKDAYS.find(
    (each) => each === day.replace(/s$/, '') || (day.length > 2 && each.startsWith(day)),
  );
  return weekday === undefined
    ? undefined
    : `Write "until": "${timeMeant(hour ?? '') ?? (hour !== undefined && /^\d\d:\d\d$/.test(hour) ? hour : '09:00')}", "on": ["${weekday}"].`;
}

/** A date as it is written in Germany or with slashes, year first; undefined where the order of day and month is open. */
export function dateMeant(text: string): string | undefined {
  const [, day, month, year] = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text.trim()) ?? [];
  const [, first, second, third] = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text.trim()) ?? [];
  const parts = day === undefined ? [first, second, third] : [year, month, day];
  if (parts[0] === undefined || Number(parts[1]) > 12 || Number(parts[2]) > 31) return undefined;
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

/** For who wrote a moment where a length of time stands; `reason` tells whether a date and time may stand there as well. */
export function hintForDuration(text: string, reason: string): string | undefined {
  if (reason.includes('or a date and time') && /^\d{4}-\d{2}-\d{2}$/.test(text.trim()))
    return `Say at what time as well, with its offset: "${text.trim()}T00:00:00Z".`;
  if (/ (?:before|after)$/.test(text.trim()))
    return `"before" and "after" need a date: "until": { "date": "profile.…", "offset": "${text.trim()}" }.`;
  if (/^\d{1,2}:\d{2}$/.test(text.trim()))
    return `A time of day is written "until": "${timeMeant(text) ?? text.trim()}".`;
  return undefined;
}

/** For who wrote something else behind "offset": "3 days before" for "before 3 days", "3 days earlier" or "3 days in advance". */
export function hintForOffset(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  const [, length = ''] = /(\d{1,9}\s*[a-z]{1,20})/.exec(plain) ?? [];
  const duration = 'problem' in parseDuration(length) ? durationMeant(length) : length;
  if (duration === undefined) return undefined;
  const isAfter = /after|later|since|past|following/.test(plain);
  const isBefore = /before|earlier|prior|ahead|advance|until|till|ago/.test(plain);
  if (isAfter === isBefore) return undefined;
  const meant = `${duration} ${isAfter ? 'after' : 'before'}`;
  return 'problem' in parseDateOffset(meant) ? undefined : `Did you mean "${meant}"?`;
}
