/**
 * When a channel may be used: `windows` and `closed` as a marketer writes them, and the lists that the engine reads.
 */
import * as z from 'zod';
import { WEEKDAYS, type Weekday } from '#lib/contracts/calendar.ts';
import { channelSchema, type Channel, type ClosedDays, type Opening } from '#lib/contracts/step-calls.ts';
import { durationSchema, isExact, parseDuration } from '#lib/contracts/duration.ts';
import { parseInstant } from '#lib/contracts/time.ts';

/** What `closed` says where a journey sends on the days on which settings are closed. */
export const NO_CLOSED_DAYS = 'none';

const HOURS = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;

const hoursSchema = z
  .string()
  .superRefine((text, context) => {
    const [, from, to] = HOURS.exec(text) ?? [];
    if (from === undefined) {
      const meant = hoursMeant(text);
      const example = meant === undefined ? 'such as "09:00-18:00"' : `write it as "${meant}"`;
      context.addIssue({ code: 'custom', message: `"${text}" is not a time from and to: ${example}` });
    } else if (from === to)
      context.addIssue({
        code: 'custom',
        message: `"${text}" has no length: the whole day is "00:00-24:00", a day without hours is left out`,
      });
  })
  .meta({
    description:
      'Local time from and to, such as "09:00-18:00". The start is included, the end is not. It may pass midnight ' +
      '("18:00-02:00") and then belongs to the day on which it starts.',
    pattern: HOURS.source,
    examples: ['09:00-18:00', '18:00-24:00'],
  });

const dayHoursSchema = z.union([hoursSchema, z.array(hoursSchema).min(1)]).meta({
  id: 'hours',
  description: 'Hours of one day, or several in a list.',
  examples: ['09:00-18:00', ['10:00-12:00', '14:00-16:00']],
});

const NAMES: readonly Weekday[] = [...WEEKDAYS, 'weekdays', 'weekend'];

const channelWindowsSchema = z
  .strictObject(
    Object.fromEntries(
      NAMES.map((name) => [name, dayHoursSchema.optional().describe(`Hours ${dayInWords(name)}.`)]),
    ) as Record<Weekday, z.ZodOptional<typeof dayHoursSchema>>,
  )
  .meta({
    id: 'windows',
    description:
      'Hours for days of the week, "weekdays" (monday to friday) or "weekend"; a day of its own replaces its group. ' +
      'On days that are not named nothing is sent.',
    examples: [{ weekdays: '09:00-18:00', saturday: ['10:00-12:00', '14:00-16:00'] }],
  });
type ChannelWindows = z.infer<typeof channelWindowsSchema>;

/** `windows` of settings and journeys. */
export const windowsSchema = z
  .strictObject(
    Object.fromEntries(
      channelSchema.options.map((channel) => [
        channel,
        channelWindowsSchema.optional().describe(`When marketing may go out by ${channel}.`),
      ]),
    ) as Record<Channel, z.ZodOptional<typeof channelWindowsSchema>>,
  )
  .meta({ examples: [{ sms: { weekdays: '09:00-18:00', saturday: '10:00-14:00' } }] });
export type Windows = z.infer<typeof windowsSchema>;

const dateSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, {
    error: 'is not a date: write year, month and day, such as "2026-12-25"',
    abort: true,
  })
  .refine((text) => parseInstant(`${text}T00:00:00.000Z`) !== undefined, 'is no day of the calendar')
  .meta({ description: 'A day of the calendar.', examples: ['2026-12-25'] });

/** `closed` of settings and journeys. */
export const closedSchema = z
  .array(
    z.union([
      dateSchema,
      z
        .strictObject({ from: dateSchema, to: dateSchema })
        .describe('All days from one to another, both included.'),
      z
        .strictObject({
          holidays: z
            .string()
            .min(1)
            .meta({
              description:
                'A country or state by its code (ISO 3166): "US", "GB-ENG", "DE" for what is one in all of Germany, "DE-BY" for Bavaria.',
              examples: ['DE-BY', 'US'],
            }),
        })
        .describe('All public holidays of a place.'),
    ]),
  )
  .meta({
    examples: [['2026-12-25', { from: '2026-12-31', to: '2027-01-01' }, { holidays: 'DE-BY' }]],
  });
export type Closed = z.infer<typeof closedSchema>;

/** `perSecond` of settings and journeys. 0 is read so that the check can say what it would mean. */
export const perSecondSchema = z
  .strictObject(
    Object.fromEntries(
      channelSchema.options.map((channel) => [
        channel,
        z.int().min(0).optional().describe(`Marketing messages by ${channel} in any second.`),
      ]),
    ) as Record<Channel, z.ZodOptional<z.ZodInt>>,
  )
  .meta({ examples: [{ email: 50, sms: 5 }] });

/** What `spread` says where everybody may go out at the very opening. */
const NO_SPREAD = 'none';
/**
 * Where the settings say nothing. Nobody minds whether a message comes at 08:00 or at 08:10, and 900 seconds turn a peak of 50,000 at
 * one instant into 56 a second, which functions, the table and providers take without throttling.
 */
const DEFAULT_SPREAD_MILLIS = 15 * 60_000;
/** Who waits for the morning shall not get it at noon. */
const LONGEST_SPREAD_MILLIS = 4 * 3_600_000;

/** `spread` of the settings. */
export const spreadSchema = z
  .union([z.literal(NO_SPREAD), durationSchema])
  .refine(
    (written) => spreadMillisOf(written) <= LONGEST_SPREAD_MILLIS,
    'is longer than 4 hours, the most that a message may be spread by',
  )
  .meta({
    description:
      'Messages that quiet hours, windows, closed days or the law have held back go out up to this much after the opening, each at an ' +
      `instant of its own; never beyond the window's end or their expiry. 15 minutes where nothing is said, "${NO_SPREAD}" for all at once.`,
    examples: ['15 minutes', NO_SPREAD],
  });

/** The length of a spread as written; absent: the default. Days and months are longer than any. */
export function spreadMillisOf(written: string | undefined): number {
  if (written === undefined) return DEFAULT_SPREAD_MILLIS;
  if (written === NO_SPREAD) return 0;
  const length = parseDuration(written);
  if ('problem' in length) return 0;
  return isExact(length) ? length.milliseconds : Number.POSITIVE_INFINITY;
}

type Day = (typeof WEEKDAYS)[number];

/** A channel's hours as the engine reads them: one entry for each stretch, days resolved. */
export function openingsOf(written: ChannelWindows): Opening[] {
  const hours = new Map<Day, readonly string[]>();
  const add = (days: readonly Day[], of: Weekday): void => {
    const given = written[of];
    if (given === undefined) return;
    for (const day of days) hours.set(day, typeof given === 'string' ? [given] : given);
  };
  add(WEEKDAYS.slice(0, 5), 'weekdays');
  add(WEEKDAYS.slice(5), 'weekend');
  for (const day of WEEKDAYS) add([day], day);
  const together = new Map<string, Day[]>();
  for (const day of WEEKDAYS)
    for (const stretch of hours.get(day) ?? [])
      together.set(stretch, [...(together.get(stretch) ?? []), day]);
  return [...together].map(([stretch, on]) => {
    const [from = '', to = ''] = stretch.split('-');
    // The end of the day is the midnight that the next day begins with.
    return { on, from, to: to === '24:00' ? '00:00' : to };
  });
}

/** Closed days as ranges, both ends included; without the public holidays. */
export function closedDaysOf(written: Closed): ClosedDays[] {
  return written.flatMap((days) => {
    if (typeof days === 'string') return [{ from: days, to: days }];
    return 'from' in days ? [days] : [];
  });
}

/** The places whose public holidays are closed, each once. */
export function holidayPlacesOf(written: Closed): string[] {
  const places = written.flatMap((days) =>
    typeof days !== 'string' && 'holidays' in days ? [days.holidays] : [],
  );
  return [...new Set(places)];
}

const TIME = String.raw`(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?`;
const LOOSE_HOURS = new RegExp(`^\\s*${TIME}\\s*(?:-|–|—|to|until|bis)\\s*${TIME}\\s*$`, 'i');

/** "9-17", "9:00 – 17:00", "9am to 5pm" and the like: the hours that were surely meant. */
function hoursMeant(text: string): string | undefined {
  const parts = LOOSE_HOURS.exec(text);
  if (parts === null) return undefined;
  const [, from, fromMinute, fromHalf, to, toMinute, toHalf] = parts;
  const meant = `${timeMeant(from, fromMinute, fromHalf)}-${timeMeant(to, toMinute, toHalf)}`;
  return HOURS.test(meant) ? meant : undefined;
}

function timeMeant(hour = '', minute = '00', half: string | undefined): string {
  const ofHalf =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return `${String(ofHalf).padStart(2, '0')}:${minute}`;
}

function dayInWords(day: Weekday): string {
  const { success } = z.enum(WEEKDAYS).safeParse(day);
  if (success) return `on ${day}`;
  return day === 'weekdays' ? 'from monday to friday' : 'on saturday and sunday';
}
