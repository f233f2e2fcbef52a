/**
 * `at` in a scenario: when something happens or must have happened. Three forms: so long after the start ("2 hours",
 * "-10 days"), a local time ("2026-03-29 09:00 Europe/Berlin", without a zone the workspace's), or an instant.
 */
import * as z from 'zod';
import { parseDuration } from '#lib/contracts/duration.ts';
import { fromMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import { addDuration } from '#lib/engine/time/add-duration.ts';
import { localInstant } from '#lib/engine/time/local-time.ts';
import { isZone } from '#lib/engine/time/zone-names.ts';

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2})(?::(\d{2}))?(?: (\S+))?$/;
/** Nobody's local time is further from UTC; only to find out whether the date and time exist at all. */
const ANY_ZONE = 'UTC';
const EPOCH = fromMillis(0);

const EXPECTED =
  'write how long after the start, such as "2 hours", a local time such as "2026-03-29 09:00 Europe/Berlin", or an ' +
  'instant such as "2026-03-29T07:00:00Z"';

/** `at` as it is written. */
export const momentSchema = z
  .string()
  .superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({
    description:
      'When: how long after the start ("2 hours", "3 days", before it "-10 days"; days are calendar days in the zone of the ' +
      'workspace), a local time ("2026-03-29 09:00 Europe/Berlin"; without a zone in that of the workspace), or an instant.',
    examples: ['0 minutes', '2 hours', '3 days', '2026-03-29 09:00 Europe/Berlin', '2026-03-29T07:00:00Z'],
  });

/**
 * The instant that is meant.
 * @param zone of the workspace: for days, and for local times that name none.
 * @throws RangeError for a text that `momentSchema` refuses.
 */
export function resolveMoment(text: string, start: Instant, zone: string): Instant {
  const offset = parseDuration(text, { allowZero: true, allowNegative: true });
  if (!('problem' in offset)) return addDuration(start, offset, zone);
  const local = LOCAL_TIME.exec(text);
  const instant = local === null ? parseInstant(text) : readLocal(local, zone);
  if (instant === undefined) throw new RangeError(EXPECTED);
  return instant;
}

/** The start of a scenario, which is never an offset. */
export function startOf({ start }: { readonly start: string }, zone: string): Instant {
  return resolveMoment(start, EPOCH, zone);
}

function readLocal(
  [, date = '', time = '', seconds = '00', zone]: RegExpExecArray,
  otherwise: string,
): Instant | undefined {
  if (parseInstant(`${date}T${time}:${seconds}Z`) === undefined || time >= '24:00') return undefined;
  const minute = localInstant(date, time, zone ?? otherwise);
  return parseInstant(minute.replace(/:\d{2}\.000Z$/, `:${seconds}.000Z`));
}

function isKnownZone(name: string): boolean {
  return isZone(name);
}

function problemOf(text: string): string | undefined {
  const local = LOCAL_TIME.exec(text);
  if (local === null) {
    const offset = parseDuration(text, { allowZero: true, allowNegative: true });
    const readable = !('problem' in offset) || parseInstant(text) !== undefined;
    return readable ? undefined : `"${text}" is no moment: ${EXPECTED}`;
  }
  const zone = local[4];
  if (zone !== undefined && !isKnownZone(zone))
    return `"${zone}" is no time zone: write an IANA name such as "Europe/Berlin"`;
  return readLocal(local, ANY_ZONE) === undefined
    ? `"${text}" is no moment: there is no such date or time`
    : undefined;
}
