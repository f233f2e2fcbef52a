/**
 * How customers get into a journey, and how often. Each way in is a file in `entries/`; what they have in common is in
 * `entries/entry-rules.ts`.
 */
import * as z from 'zod';
import { apiEntry } from './entries/api.ts';
import { audienceEntry } from './entries/audience.ts';
import { dateEntry } from './entries/date.ts';
import { eventEntry } from './entries/event.ts';
import { scheduleEntry } from './entries/schedule.ts';
import { entersEntry, leavesEntry } from './entries/segment.ts';
import { traitEntry } from './entries/trait.ts';
import { REQUEST_EVENT, eventProperties, traitType, type ValueType, type Vocabulary } from './vocabulary.ts';

export const entrySchema = z
  .union([
    eventEntry,
    audienceEntry,
    entersEntry,
    leavesEntry,
    scheduleEntry,
    dateEntry,
    traitEntry,
    apiEntry,
  ])
  .meta({
    description: 'What lets a customer in.',
    examples: [
      { event: 'Customer Created', reentry: 'never' },
      { enters: 'dormant', existing: 'ignore' },
      { schedule: { every: 'monday 09:00' }, segment: 'reachable-by-mail' },
      { date: { of: 'profile.birthday', repeat: 'yearly', at: '09:00' } },
    ],
  });
export type Entry = z.infer<typeof entrySchema>;

/** Names of the events that let in by time: nothing else ever happens by these names. */
export const SCHEDULE_EVENT = 'Schedule Reached';
export const DATE_EVENT = 'Date Reached';

/** The event whose properties a run has as `entry.<property>`. */
export function entryEvent(entry: Entry): string {
  if ('event' in entry) return entry.event;
  if ('enters' in entry) return 'Segment Entered';
  if ('leaves' in entry) return 'Segment Left';
  if ('trait' in entry) return 'Trait Changed';
  if ('schedule' in entry) return SCHEDULE_EVENT;
  return 'date' in entry ? DATE_EVENT : REQUEST_EVENT;
}

/** What a run has as `entry.<property>`, each with its type; undefined where the event is not declared. */
export function entryProperties(
  entry: Entry,
  vocabulary: Vocabulary,
): Readonly<Record<string, ValueType>> | undefined {
  if ('schedule' in entry) return { scheduled: 'date-time' };
  if ('date' in entry) return { date: 'date' };
  const properties = eventProperties(vocabulary, entryEvent(entry));
  if (!('trait' in entry)) return properties;
  const type = traitType(vocabulary, entry.trait.replace(/^profile\./, ''));
  return type === undefined ? properties : { ...properties, value: type, before: type };
}
