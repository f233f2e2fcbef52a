/**
 * Messages that expire before anything opens: whoever comes to them at the beginning of the night or of the weekend never gets them, and
 * only the log says so. Where nothing is written of when they expire, nobody has thought of it; where it is, a short time is meant,
 * unless most of the messages would be lost by it. Reckoned with windows, quiet hours and the law that holds everywhere, week by week; closed days and
 * holidays are rare, and what one country's law adds is not known of a customer.
 */
import { WEEKDAYS } from '#lib/contracts/calendar.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import { finding } from '../diagnostics.ts';
import { shortestLength } from '../lengths.ts';
import { DEFAULT_EXPIRES } from '../link.ts';
import { openOn } from '../opening-minutes.ts';
import { longestClosed, minutesLost } from '../week-minutes.ts';
import type { Check } from './journey-context.ts';

const MINUTE = 60_000;
/** Of the minutes of a week: with more, what was written is hardly what was meant. */
const MOST_LOST = 0.5;

export const expiresWhileClosed: Check = function* expiresWhileClosed({ journey, settings, steps, whole }) {
  if (settings === undefined || !whole) return;
  const { delivery } = journey;
  let isTold = false;
  for (const { step, path } of steps) {
    if (step.type !== 'send' || (step.class ?? delivery.class) === 'transactional') continue;
    if (step.ifQuiet === 'skip') continue;
    const expires = step.expires ?? delivery.expires ?? DEFAULT_EXPIRES;
    if (parseInstant(expires) !== undefined) continue;
    const open = channelsOf(step.channel).map((channel) => openOn(channel, delivery, settings));
    // Whatever is open on one of the channels: for who can be reached on all of them.
    const any = open[0]?.map((_, minute) => open.some((one) => one[minute] === true)) ?? [];
    const closed = longestClosed(any);
    const minutes = shortestLength(expires) / MINUTE;
    // What never opens is told elsewhere.
    if (closed.minutes <= minutes || !Number.isFinite(closed.minutes)) continue;
    const isWritten = step.expires !== undefined || delivery.expires !== undefined;
    // Nothing is said for the journey as a whole, and that is told once.
    if (!isWritten && isTold) continue;
    isTold ||= !isWritten;
    if (isWritten && minutesLost(any, minutes) <= any.length * MOST_LOST) continue;
    const written =
      step.expires === undefined && delivery.expires !== undefined
        ? ['delivery', 'expires']
        : [...path, step.expires === undefined ? 'channel' : 'expires'];
    yield finding('expires-while-closed', written, {
      expires,
      isWritten,
      closedFor: inWords(closed.minutes),
      from: timeOfWeek(closed.from),
      to: timeOfWeek(closed.from + closed.minutes),
    });
  }
};

function inWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours} hours` : `${hours} hours and ${rest} minutes`;
}

/** "Saturday 16:00". */
function timeOfWeek(minute: number): string {
  const day = WEEKDAYS[Math.floor(minute / 1440) % 7] ?? '';
  const time = [Math.floor((minute % 1440) / 60), minute % 60].map((part) => String(part).padStart(2, '0'));
  return `${day.slice(0, 1).toUpperCase()}${day.slice(1)} ${time.join(':')}`;
}
