/**
 * Schedules in plain words, the usual ones: "day 09:00", "weekday 08:30", "monday and thursday 09:00", "1st of month 10:00",
 * "last friday of month 17:00". Everything else is written as a rule of RFC 5545.
 */
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { parseRecurrence, type Recurrence } from './recurrence.ts';

const WEEKDAY = `(?:${WEEKDAYS.join('|')})`;
const TIME = '(?<hour>[01]\\d|2[0-3]):(?<minute>[0-5]\\d)';
const DAYS = new RegExp(`^(?<days>${WEEKDAY}(?:(?:, | and |, and )${WEEKDAY})*) ${TIME}$`);
const GROUP = new RegExp(`^(?<group>day|weekday|weekend) ${TIME}$`);
const OF_MONTH = new RegExp(`^(?<day>\\d{1,2})(?:st|nd|rd|th) of month ${TIME}$`);
const LAST_OF_MONTH = new RegExp(`^last day of month ${TIME}$`);
const WEEKDAY_OF_MONTH = new RegExp(
  `^(?<which>first|second|third|fourth|last) (?<weekday>${WEEKDAY}) of month ${TIME}$`,
);

const GROUPS: Readonly<Record<string, string>> = {
  day: 'FREQ=DAILY',
  weekday: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekend: 'FREQ=WEEKLY;BYDAY=SA,SU',
};
const WHICH: Readonly<Record<string, string>> = {
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  last: '-1',
};

/** A month of this length has every day up to it. */
const SURE_DAYS = 28;

/** What may be written, for hints. */
export const PLAIN_SCHEDULES = [
  'day 09:00',
  'weekday 08:30',
  'monday 09:00',
  'monday and thursday 09:00',
  '1st of month 10:00',
  'last day of month 18:00',
  'first monday of month 09:00',
];

/** Reads a schedule in plain words or as a rule; `meant` is what a misspelt one probably was. */
export function parseSchedule(
  text: string,
): Recurrence | { readonly problem: string; readonly meant?: string | undefined } {
  if (/FREQ=|RRULE|DTSTART/.test(text)) return parseRecurrence(text);
  const rule = plainRule(text);
  if (rule !== undefined) return typeof rule === 'string' ? parseRecurrence(rule) : rule;
  const meant = asMeant(text);
  const known = meant !== text && typeof plainRule(meant) === 'string';
  return { problem: `"${text}" is not a schedule`, meant: known ? meant : undefined };
}

function plainRule(text: string): string | { readonly problem: string; readonly meant: string } | undefined {
  const groups = (form: RegExp): Record<string, string> | undefined => form.exec(text)?.groups;
  const group = groups(GROUP);
  if (group !== undefined) return `${GROUPS[group['group'] ?? '']}${at(group)}`;
  const days = groups(DAYS);
  if (days !== undefined) return `FREQ=WEEKLY;BYDAY=${daysOf(days['days'] ?? '')}${at(days)}`;
  const last = groups(LAST_OF_MONTH);
  if (last !== undefined) return `FREQ=MONTHLY;BYMONTHDAY=-1${at(last)}`;
  const weekday = groups(WEEKDAY_OF_MONTH);
  if (weekday !== undefined)
    return `FREQ=MONTHLY;BYDAY=${WHICH[weekday['which'] ?? '']}${short(weekday['weekday'] ?? '')}${at(weekday)}`;
  const month = groups(OF_MONTH);
  if (month === undefined) return undefined;
  const day = Number(month['day']);
  if (day >= 1 && day <= SURE_DAYS) return `FREQ=MONTHLY;BYMONTHDAY=${day}${at(month)}`;
  return {
    problem: `not every month has a day ${day}`,
    meant: `last day of month ${month['hour']}:${month['minute']}`,
  };
}

function at({ hour = '', minute = '' }: Record<string, string>): string {
  return `;BYHOUR=${Number(hour)};BYMINUTE=${Number(minute)}`;
}

function daysOf(text: string): string {
  const named = text.split(/, and |, | and /);
  return WEEKDAYS.filter((day) => named.includes(day))
    .map(short)
    .join(',');
}

/** The two letters that RFC 5545 has for a weekday. */
function short(weekday: string): string {
  return weekday.slice(0, 2).toUpperCase();
}

/** The usual slips: "Every Monday at 9:00", "daily 09:00", "mondays 9 am", "first monday of the month 09:00". */
function asMeant(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/^(?:every|each|on) /, '')
    .replace(/\bat /, '')
    .replace(/\bdaily\b|\bdays\b/, 'day')
    .replace(/\bweekdays\b/, 'weekday')
    .replace(new RegExp(`(${WEEKDAY})s\\b`, 'g'), '$1')
    .replace(/ (?:of )?(?:the|each|every) month/, ' of month')
    .replace(
      /\b(\d{1,2})(?::(\d{2}))? ?(am|pm)$/,
      (_, hour: string, minute = '00', half: string) =>
        `${(Number(hour) % 12) + (half === 'pm' ? 12 : 0)}:${minute}`,
    )
    .replace(/\b(\d):(\d{2})$/, '0$1:$2')
    .replace(/ +/g, ' ');
}
