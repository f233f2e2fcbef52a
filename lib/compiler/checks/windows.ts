// Windows have to open at some time: a channel without any hours, or with hours that all lie in quiet hours, never sends. A
// range of closed days has to lead forward.
import type { DailyWindow } from '#lib/contracts/calendar.ts';
import { channelSchema, type Channel, type Opening } from '#lib/contracts/step-calls.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { openingsOf, type Closed, type Windows } from '#lib/journey/opening-hours.ts';
import type { Settings } from '#lib/journey/settings.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { HOLIDAY_PLACES, holidayRules } from '../holidays/places.ts';
import { quietWindow } from '../link.ts';
import { minuteOf } from '../week-minutes.ts';
import type { Check, JourneyContext } from './journey-context.ts';

const MINUTES_OF_DAY = 1440;

export const windows: Check = function* windows(context) {
  const { journey, settings } = context;
  const { delivery } = journey;
  if (Array.isArray(delivery.closed)) yield* checkClosed(delivery.closed, ['delivery', 'closed']);
  // Hours that could not be read are not hours that are missing.
  if (!context.whole) return;
  const quiet = settings === undefined ? undefined : quietWindow(delivery, settings);
  for (const channel of channelSchema.options) {
    const own = delivery.windows?.[channel];
    const written = own ?? (isUsed(context, channel) ? settings?.windows?.[channel] : undefined);
    if (written === undefined || !neverOpen(openingsOf(written), quiet)) continue;
    if (own !== undefined) yield neverOpens(['delivery', 'windows', channel], channel, own, quiet);
    // Where both come from the settings, it is told there.
    else if (delivery.quietHours !== undefined)
      yield neverOpens(['delivery', 'quietHours'], channel, written, quiet);
  }
};

export function checkSettingsHours({ windows: written = {}, closed, quietHours }: Settings): Finding[] {
  const quiet = Object.hasOwn(quietHours, 'default') ? quietHours['default'] : undefined;
  return [
    ...checkClosed(closed, ['closed']),
    ...channelSchema.options.flatMap((channel) => {
      const hours = written[channel];
      return hours === undefined || !neverOpen(openingsOf(hours), quiet)
        ? []
        : [neverOpens(['windows', channel], channel, hours, quiet)];
    }),
  ];
}

function checkClosed(closed: Closed, path: JsonPath): Finding[] {
  return closed.flatMap((days, index) => {
    if (typeof days === 'string') return [];
    if ('from' in days)
      return days.from <= days.to
        ? []
        : [finding('closed-backwards', [...path, index], { from: days.from, to: days.to })];
    if (holidayRules(days.holidays) !== undefined) return [];
    const unknown = { name: days.holidays, known: HOLIDAY_PLACES };
    return [finding('unknown-holidays', [...path, index, 'holidays'], unknown)];
  });
}

/** Some marketing message of the journey may go out on the channel. */
function isUsed({ steps, journey }: JourneyContext, channel: Channel): boolean {
  return steps.some(
    ({ step }) =>
      step.type === 'send' &&
      (step.class ?? journey.delivery.class) !== 'transactional' &&
      channelsOf(step.channel).includes(channel),
  );
}

function neverOpens(
  path: JsonPath,
  channel: Channel,
  written: NonNullable<Windows[Channel]>,
  quiet: DailyWindow | undefined,
): Finding {
  const isEmpty = Object.keys(written).length === 0;
  return finding('windows-never-open', path, { channel, quiet: isEmpty ? undefined : quiet });
}

function neverOpen(openings: readonly Opening[], quiet: DailyWindow | undefined): boolean {
  return openings.every(({ from, to }) => {
    const start = minuteOf(from);
    const length = (minuteOf(to) - start + MINUTES_OF_DAY) % MINUTES_OF_DAY || MINUTES_OF_DAY;
    for (let minute = start; minute < start + length; minute += 1)
      if (!isQuiet(minute % MINUTES_OF_DAY, quiet)) return false;
    return true;
  });
}

function isQuiet(minute: number, quiet: DailyWindow | undefined): boolean {
  if (quiet === undefined || quiet.from === quiet.to) return false;
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)];
  return from < to ? from <= minute && minute < to : minute >= from || minute < to;
}
