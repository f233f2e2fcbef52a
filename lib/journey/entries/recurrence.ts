/**
 * Recurring local times by RFC 5545 (RRULE): which rules a schedule may have, and what they come to. What comes out are
 * readings of the clocks on the wall, the same in every zone: which instant a reading is, and what becomes of one that the
 * clocks skip or show twice, is decided where there is a zone.
 */
/* oxlint-disable no-restricted-globals -- Date.UTC is a pure function; the clock is not read. */
import { Temporal } from 'temporal-polyfill';
import { DAY_MILLIS, readRule, weekdayOf } from './recurring-days.ts';
import { readingsBetween } from './recurring-periods.ts';

/** A rule in which everything is said that does not follow from its start. Plain data, part of manifests. */
export interface Recurrence {
  /** The parts of an RRULE, such as "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0". */
  readonly rule: string;
  /** Local date and time from which intervals and counts are reckoned, and before which there is none. */
  readonly from?: string | undefined;
}

/** What can stand behind each part of a rule. */
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: /^(?:YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(?:T\d{6}Z?)?$/,
  BYMONTH: list('(?:1[0-2]|[1-9])'),
  BYMONTHDAY: list('-?(?:3[01]|[12]\\d|[1-9])'),
  BYYEARDAY: list('-?[1-9]\\d{0,2}'),
  BYWEEKNO: list('-?[1-9]\\d?'),
  BYDAY: list('[+-]?\\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)'),
  BYHOUR: list('(?:2[0-3]|1\\d|\\d)'),
  BYMINUTE: list('[0-5]?\\d'),
  BYSECOND: list('0'),
  BYSETPOS: list('-?[1-9]\\d{0,2}'),
  WKST: /^(?:MO|TU|WE|TH|FR|SA|SU)$/,
};

/** A rule without a start begins here, on a monday; nothing that depends on it is accepted without a start. */
const BEGINNING = '2024-01-01T00:00:00';
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** Rules that are asked about again and again are few; each year of one is reckoned once. */
const REMEMBERED_YEARS = 500;
const remembered = new Map<string, readonly number[]>();

/**
 * Reads a rule, with or without "RRULE:", after a "DTSTART:20260105T090000" on a line of its own where it has one. What does
 * not say its time of day, and intervals and counts without a start, are problems.
 */
export function parseRecurrence(text: string): Recurrence | { readonly problem: string } {
  const lines = text.trim().split(/\s+/);
  const start = lines.length === 2 && lines[0]?.startsWith('DTSTART') === true ? lines[0] : undefined;
  if (lines.length > (start === undefined ? 1 : 2))
    return { problem: 'it has more lines than DTSTART and RRULE' };
  const from = start === undefined ? undefined : startOf(start);
  if (start !== undefined && from === undefined)
    return { problem: `"${start}" is not a local start such as "DTSTART:20260105T090000"` };
  const parts = partsOf(lines.at(-1) ?? '');
  if ('problem' in parts) return parts;
  const missing = missingIn(parts, from);
  if (missing !== undefined) return { problem: missing };
  const rule = [...complete(parts, from ?? BEGINNING)].map(([name, value]) => `${name}=${value}`).join(';');
  try {
    reckon({ rule, from }, 2024);
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'it cannot be reckoned' };
  }
  return { rule, from };
}

/**
 * The readings of a year, in order: milliseconds since 1970 as if the clocks showed UTC. Throws RangeError for a rule that
 * `parseRecurrence` has not written.
 */
export function readingsIn(recurrence: Recurrence, year: number): readonly number[] {
  const key = `${year} ${recurrence.from ?? ''} ${recurrence.rule}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_YEARS) remembered.clear();
  const readings = reckon(recurrence, year);
  remembered.set(key, readings);
  return readings;
}

function reckon({ rule: text, from }: Recurrence, year: number): readonly number[] {
  const first = Date.UTC(year, 0, 1);
  const next = Date.UTC(year + 1, 0, 1);
  // Without intervals and counts every year can be reckoned by itself, from a week before it, so that its first week is whole.
  const begin = from === undefined ? first - 7 * DAY_MILLIS : Date.parse(`${from}Z`);
  // A rule without a start of its own begins on a Monday.
  const rule = readRule(text, from === undefined ? 0 : weekdayOf(Math.floor(begin / DAY_MILLIS)));
  const readings: number[] = [];
  let counted = 0;
  for (const reading of readingsBetween(rule, begin, first, next)) {
    counted += 1;
    if (rule.count !== undefined && counted > rule.count) break;
    if (rule.until !== undefined && reading > rule.until) break;
    if (reading >= first) readings.push(reading);
  }
  return readings;
}

function zonedText(local: string): Temporal.ZonedDateTime {
  return Temporal.PlainDateTime.from(local).toZonedDateTime('UTC');
}

function partsOf(text: string): Map<string, string> | { readonly problem: string } {
  const parts = new Map<string, string>();
  for (const part of text.replace(/^RRULE:/, '').split(';')) {
    const [name = '', value = ''] = part.split('=');
    const form = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (form === undefined) return { problem: `"${part}" is no part of a rule` };
    if (!form.test(value)) return { problem: `"${part}" says nothing that a schedule can follow` };
    if (parts.has(name)) return { problem: `"${name}" is written twice` };
    parts.set(name, value);
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) return { problem: 'COUNT and UNTIL exclude each other' };
  return parts.has('FREQ') ? parts : { problem: 'FREQ is missing' };
}

function missingIn(parts: ReadonlyMap<string, string>, from: string | undefined): string | undefined {
  if (from !== undefined) return undefined;
  if (!parts.has('BYHOUR') && parts.get('FREQ') !== 'HOURLY')
    return 'it does not say at what time: add BYHOUR and BYMINUTE';
  const counted = ['INTERVAL', 'COUNT'].find((name) => (parts.get(name) ?? '1') !== '1');
  return counted === undefined
    ? undefined
    : `${counted} needs a start: write "DTSTART:20260105T090000" before the rule`;
}

/** Fills in what a rule takes from its start. */
function complete(written: ReadonlyMap<string, string>, from: string): Map<string, string> {
  const parts = new Map(written);
  const start = zonedText(from);
  const has = (...names: string[]): boolean => names.some((name) => parts.has(name));
  const freq = parts.get('FREQ');
  const days = ['BYDAY', 'BYMONTHDAY', 'BYYEARDAY', 'BYWEEKNO'];
  if (freq === 'WEEKLY' && !has('BYDAY')) parts.set('BYDAY', WEEKDAYS[start.dayOfWeek - 1] ?? 'MO');
  if ((freq === 'MONTHLY' || freq === 'YEARLY') && !has(...days)) {
    if (freq === 'YEARLY' && !has('BYMONTH')) parts.set('BYMONTH', String(start.month));
    parts.set('BYMONTHDAY', String(start.day));
  }
  if (freq !== 'HOURLY' && !has('BYHOUR')) parts.set('BYHOUR', String(start.hour));
  if (!has('BYMINUTE')) parts.set('BYMINUTE', String(start.minute));
  parts.set('BYSECOND', '0');
  const until = parts.get('UNTIL');
  // The end is local time as well: a day is meant to its end.
  if (until !== undefined)
    parts.set('UNTIL', `${until.length === 8 ? `${until}T235959` : until.replace('Z', '')}Z`);
  return parts;
}

function startOf(line: string): string | undefined {
  const [, year, month, day, hour, minute] =
    /^DTSTART:(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})00$/.exec(line) ?? [];
  const text = `${year}-${month}-${day}T${hour}:${minute}:00`;
  try {
    return year === undefined
      ? undefined
      : Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toString({ smallestUnit: 'second' });
  } catch {
    return undefined;
  }
}

function list(item: string): RegExp {
  return new RegExp(`^${item}(?:,${item})*$`);
}
