// The vocabulary of recurring local time that journeys, settings and manifests share: times of day, weekdays, windows.
import * as z from 'zod';

/** A local time of day to the minute, "00:00" to "23:59". */
export const timeOfDaySchema = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day from 00:00 to 23:59, such as "09:00"')
  .meta({ description: 'A local time of day, 00:00 to 23:59.', examples: ['09:00', '18:30'] });

/** The days of the week, in the order of ISO 8601 (monday is day 1). */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** One entry of a list of allowed days: a day, `weekdays` (monday to friday) or `weekend`. */
export const weekdaySchema = z
  .enum([...WEEKDAYS, 'weekdays', 'weekend'])
  .meta({ description: 'A day of the week, "weekdays" (monday to friday) or "weekend".' });

/** One entry of a list of allowed days: a day, `weekdays` (monday to friday) or `weekend`. */
export type Weekday = z.infer<typeof weekdaySchema>;

/**
 * A daily window of local time. It includes `from`, excludes `to`, and passes midnight where `from` is later than
 * `to`; where they are equal it is the whole day.
 */
export const dailyWindowSchema = z.strictObject({ from: timeOfDaySchema, to: timeOfDaySchema }).meta({
  description: 'A daily window of local time; it includes its start, excludes its end, may pass midnight.',
});

/** A daily window of local time: includes `from`, excludes `to`, may pass midnight. */
export type DailyWindow = z.infer<typeof dailyWindowSchema>;
