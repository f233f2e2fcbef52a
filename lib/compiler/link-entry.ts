// The entry of a manifest: what lets customers in, with the zone of schedules and the mode of re-entry filled in.
import { parseSchedule } from '#lib/journey/entries/schedule-text.ts';
import type { EntryTrigger } from '#lib/journey/entries/trigger.ts';
import type { Entry } from '#lib/journey/entry.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { percentOf } from '#lib/journey/percent.ts';

/**
 * @param resolve fills in what a condition leaves to the journey
 * @param prints properties of the entry event that messages print
 */
export function linkEntry(
  entry: Entry,
  timezone: string,
  resolve: (condition: unknown) => unknown,
  prints: readonly string[],
): Manifest['entry'] {
  return {
    trigger: linkTrigger(entry, timezone, resolve),
    ...(prints.length === 0 ? {} : { prints: [...prints] }),
    ...(entry.where === undefined ? {} : { where: resolve(entry.where) }),
    ...(entry.key === undefined ? {} : { key: entry.key }),
    reentry: linkReentry(entry.reentry),
    ...(entry.holdout === undefined ? {} : { holdout: percentOf(entry.holdout) }),
  };
}

function linkTrigger(entry: Entry, timezone: string, resolve: (condition: unknown) => unknown): EntryTrigger {
  if ('audience' in entry) return { kind: 'audience', event: entry.event, audience: resolve(entry.audience) };
  if ('event' in entry) return { kind: 'event', event: entry.event };
  if ('enters' in entry) return { kind: 'enters', segment: entry.enters, existing: entry.existing };
  if ('leaves' in entry) return { kind: 'leaves', segment: entry.leaves };
  if ('trait' in entry)
    return { kind: 'trait', trait: entry.trait, ...(entry.to === undefined ? {} : { to: entry.to }) };
  if ('date' in entry) return { kind: 'date', ...entry.date };
  return 'schedule' in entry ? linkSchedule(entry, timezone) : { kind: 'api' };
}

function linkSchedule(
  { schedule, segment }: Extract<Entry, { schedule: unknown }>,
  timezone: string,
): EntryTrigger {
  const zone = schedule.timezone ?? timezone;
  const members = segment === undefined ? {} : { segment };
  if ('at' in schedule) return { kind: 'schedule', zone, at: schedule.at, ...members };
  const parsed = parseSchedule(schedule.every);
  // What cannot be read is told by a check; the manifest of such a journey is never used.
  const every = 'problem' in parsed ? { rule: schedule.every } : parsed;
  return { kind: 'schedule', zone, every, ...members };
}

function linkReentry(reentry: Entry['reentry']): Manifest['entry']['reentry'] {
  if (reentry === undefined) return { mode: 'after exit' };
  if (typeof reentry === 'string') return { mode: reentry };
  const limit = reentry.atMost === undefined ? {} : { atMost: reentry.atMost };
  return 'after' in reentry
    ? { mode: 'after', after: reentry.after, ...limit }
    : { mode: reentry.mode, ...limit };
}
