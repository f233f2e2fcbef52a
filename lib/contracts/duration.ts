// How long something takes, as a marketer writes it ("3 days") or as ISO 8601 (`P3D`). Calendar parts stay apart from
// exact ones: a day is not 24 hours where the clocks change, a month has no fixed length at all.
import * as z from 'zod';

/**
 * A length of time. `years`, `months` and `days` are calendar units that need a time zone to become an instant;
 * `milliseconds` are exact. Weeks are folded into days; hours, minutes and seconds into milliseconds. All parts have
 * the same sign.
 */
export interface Duration {
  readonly years: number;
  readonly months: number;
  readonly days: number;
  readonly milliseconds: number;
}

/** What `parseDuration` refuses unless told otherwise. */
export interface DurationOptions {
  /** Accept a length of nothing, such as "0 minutes". */
  readonly allowZero?: boolean;
  /** Accept a leading minus: "-3 days", "-P3D". */
  readonly allowNegative?: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A guard against slips of the keyboard and against arithmetic that leaves the calendar. */
const MOST_YEARS = 1000;

const WORDS = '\\d{1,15} (?:second|minute|hour|day|week|month|year)s?';
const ISO =
  'P(?=[\\dT])(?:\\d{1,9}Y)?(?:\\d{1,9}M)?(?:\\d{1,9}W)?(?:\\d{1,9}D)?' +
  '(?:T(?=\\d)(?:\\d{1,12}H)?(?:\\d{1,12}M)?(?:\\d{1,15}(?:\\.\\d{1,3})?S)?)?';
const EITHER_FORM = new RegExp(`^(?:${WORDS}|${ISO})$`);
const ISO_PARTS =
  /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?$/;

const EXPECTED =
  'write a number and a unit, such as "90 minutes", "3 days" or "1 month", or ISO 8601 such as "P1DT2H"';

/**
 * Reads a duration in words ("90 minutes", "1 hour", "3 days", "2 weeks", "1 month", "1 year", "30 seconds") or in
 * ISO 8601 (`P1Y2M3W4DT5H6M7.5S`, a fraction on the seconds only).
 * @returns the duration, or the problem in words that can be shown to whoever wrote the text.
 */
export function parseDuration(text: string, options: DurationOptions = {}): Duration | { problem: string } {
  const negative = text.startsWith('-');
  const length = negative ? text.slice(1) : text;
  if (!EITHER_FORM.test(length)) return { problem: `"${text}" is not a duration: ${EXPECTED}` };
  const duration = length.startsWith('P') ? fromIso(length) : fromWords(length);
  if (isZero(duration) && options.allowZero !== true)
    return { problem: `"${text}" is no time at all: the duration must be longer than zero` };
  if (negative && options.allowNegative !== true)
    return { problem: `"${text}" is negative: the duration must be longer than zero` };
  if (roughYears(duration) > MOST_YEARS)
    return { problem: `"${text}" is longer than ${MOST_YEARS} years, the longest duration` };
  return negative ? negateDuration(duration) : duration;
}

/** A duration as it stands in a journey: text that `parseDuration` accepts, longer than zero. It stays text. */
export const durationSchema = z
  .string()
  .superRefine((text, context) => {
    const parsed = parseDuration(text);
    if ('problem' in parsed) context.addIssue({ code: 'custom', message: parsed.problem });
  })
  .meta({
    description:
      'How long: a number and a unit ("90 minutes", "1 hour", "3 days", "2 weeks", "1 month", "1 year") or ISO 8601 ' +
      '("P1DT2H"). Hours and less are exact; a day is a calendar day in the zone, so 09:00 stays 09:00.',
    pattern: EITHER_FORM.source,
    examples: ['90 minutes', '1 hour', '3 days', '2 weeks', '1 month', 'P1DT2H'],
  });

/** True where the duration has hours and less only, so that its end needs no time zone. */
export function isExact(duration: Duration): boolean {
  return duration.years === 0 && duration.months === 0 && duration.days === 0;
}

/** The same length in the other direction. */
export function negateDuration(duration: Duration): Duration {
  // 0 - n and not -n: a minus zero would show up in comparisons and in JSON-minded tests.
  return {
    years: 0 - duration.years,
    months: 0 - duration.months,
    days: 0 - duration.days,
    milliseconds: 0 - duration.milliseconds,
  };
}

/**
 * A duration for people: "3 days", "90 minutes"; where one unit does not say it, ISO 8601. `parseDuration` reads it
 * back to the same duration. 24 hours stay hours, for they are not a day where the clocks change.
 */
export function formatDuration(duration: Duration): string {
  const { years, months, days, milliseconds } = duration;
  if (Math.min(years, months, days, milliseconds) < 0) return `-${formatDuration(negateDuration(duration))}`;
  const present = [years, months, days, milliseconds].filter((amount) => amount !== 0).length;
  if (present > 1) return toIso(duration);
  if (years > 0) return counted(years, 'year');
  if (months > 0) return counted(months, 'month');
  if (days > 0) return counted(days, 'day');
  if (milliseconds % SECOND !== 0) return toIso(duration);
  if (milliseconds % MINUTE !== 0) return counted(milliseconds / SECOND, 'second');
  if (milliseconds % HOUR !== 0 || milliseconds === 0) return counted(milliseconds / MINUTE, 'minute');
  return counted(milliseconds / HOUR, 'hour');
}

function fromWords(text: string): Duration {
  const [count = '', unit = ''] = text.split(' ');
  const amount = Number(count);
  const none = { years: 0, months: 0, days: 0, milliseconds: 0 };
  switch (unit.replace(/s$/, '')) {
    case 'year':
      return { ...none, years: amount };
    case 'month':
      return { ...none, months: amount };
    case 'week':
      return { ...none, days: amount * 7 };
    case 'day':
      return { ...none, days: amount };
    case 'hour':
      return { ...none, milliseconds: amount * HOUR };
    case 'minute':
      return { ...none, milliseconds: amount * MINUTE };
    default:
      return { ...none, milliseconds: amount * SECOND };
  }
}

function fromIso(text: string): Duration {
  const matched = ISO_PARTS.exec(text) ?? [];
  const amount = (position: number): number => Number(matched[position] ?? 0);
  const thousandths = Number((matched[8] ?? '').padEnd(3, '0'));
  return {
    years: amount(1),
    months: amount(2),
    days: amount(3) * 7 + amount(4),
    milliseconds: amount(5) * HOUR + amount(6) * MINUTE + amount(7) * SECOND + thousandths,
  };
}

function toIso({ years, months, days, milliseconds }: Duration): string {
  const date = part(years, 'Y') + part(months, 'M') + part(days, 'D');
  const hours = Math.floor(milliseconds / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  const time = part(hours, 'H') + part(minutes, 'M') + part((milliseconds % MINUTE) / SECOND, 'S');
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function part(amount: number, designator: string): string {
  return amount === 0 ? '' : `${amount}${designator}`;
}

function counted(amount: number, unit: string): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`;
}

function isZero(duration: Duration): boolean {
  return isExact(duration) && duration.milliseconds === 0;
}

function roughYears({ years, months, days, milliseconds }: Duration): number {
  return years + months / 12 + (days + milliseconds / DAY) / 365;
}
