// The law leaves some hours open to marketing. Windows and quiet hours that leave none of them never let anything go out.
import { WEEKDAYS, type DailyWindow } from '#lib/contracts/calendar.ts';
import { channelSchema, type Channel, type Opening } from '#lib/contracts/step-calls.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import { legalOpenings, legalWithDefaults, namedCountries } from '#lib/journey/legal-hours.ts';
import { openingsOf } from '#lib/journey/opening-hours.ts';
import { finding } from '../diagnostics.ts';
import { quietWindow } from '../link.ts';
import type { Check } from './journey-context.ts';

const DAY = 1440;
const WEEK = 7 * DAY;

export const legalWindows: Check = function* legalWindows(context) {
  const { journey, settings, steps } = context;
  if (!context.whole || settings === undefined) return;
  const { delivery } = journey;
  const legal = legalWithDefaults(settings.legal);
  for (const channel of channelSchema.options) {
    const sends = steps.some(({ step }) => step.type === 'send' && isMarketingBy(channel, step));
    const windows = delivery.windows?.[channel] ?? settings.windows?.[channel];
    const quiet = quietWindow(delivery, settings);
    if (!sends || (windows === undefined && quiet === undefined)) continue;
    const own = openMinutes(windows === undefined ? undefined : openingsOf(windows), quiet);
    // Windows that never open at all are told elsewhere.
    if (!own.includes(true)) continue;
    for (const country of everywhereFirst(namedCountries(legal, channel))) {
      const law = legalOpenings(legal, channel, { country, states: [] }).map((open) => openMinutes(open));
      if (law.length === 0 || own.some((open, minute) => open && law.every((each) => each[minute]))) continue;
      const field = delivery.windows?.[channel] === undefined ? ['quietHours'] : ['windows', channel];
      const path = delivery[field[0] as 'quietHours' | 'windows'] === undefined ? [] : ['delivery', ...field];
      yield finding('windows-not-legal', path, { channel, country });
      // What holds everywhere is not told again of single countries.
      if (country === undefined) break;
    }
  }

  function isMarketingBy(channel: Channel, step: Extract<(typeof steps)[number]['step'], { type: 'send' }>) {
    return (step.class ?? delivery.class) !== 'transactional' && channelsOf(step.channel).includes(channel);
  }
};

function everywhereFirst(countries: readonly (string | undefined)[]): readonly (string | undefined)[] {
  return countries.includes(undefined)
    ? [undefined, ...countries.filter((country) => country !== undefined)]
    : countries;
}

/** For each minute of a week, from Monday 00:00, whether it is open. */
function openMinutes(openings: readonly Opening[] | undefined, quiet?: DailyWindow): boolean[] {
  const open = Array.from({ length: WEEK }, () => openings === undefined);
  for (const { on, from, to } of openings ?? [])
    for (const day of on) fill(open, WEEKDAYS.indexOf(day) * DAY + minuteOf(from), lengthOf(from, to), true);
  if (quiet !== undefined)
    for (let day = 0; day < 7; day += 1)
      fill(open, day * DAY + minuteOf(quiet.from), lengthOf(quiet.from, quiet.to), false);
  return open;
}

function fill(minutes: boolean[], start: number, length: number, value: boolean): void {
  for (let minute = start; minute < start + length; minute += 1) minutes[minute % WEEK] = value;
}

/** From a time to one that is later, or on the next day; equal: a whole day. */
function lengthOf(from: string, to: string): number {
  return (minuteOf(to) - minuteOf(from) + DAY) % DAY || DAY;
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
