// The step that lets time pass: a duration, until a time of day, or first the one and then the other.
import * as z from 'zod';
import { timeOfDaySchema, WEEKDAYS, weekdaySchema, type Weekday } from '#lib/contracts/calendar.ts';
import { durationSchema } from '#lib/contracts/duration.ts';
import { timezoneSchema } from '../settings.ts';
import { namedStep, type StepKind } from './step-kind.ts';

export const stepTimezoneSchema = timezoneSchema.describe(
  "The time zone of this step; the customer's when not given.",
);

export const waitStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('wait'),
    for: durationSchema.optional(),
    until: timeOfDaySchema
      .optional()
      .describe(
        'The next time it is so late for the customer; together with "for", the next time after that.',
      ),
    on: z
      .array(weekdaySchema)
      .min(1)
      .optional()
      .meta({
        description:
          'On which days the wait may end: with "until" the next such time on one of them, with "for" alone the same time of the next one.',
        examples: [['weekdays'], ['monday', 'thursday']],
      }),
    timezone: stepTimezoneSchema.optional(),
  })
  .meta({ id: 'wait', description: 'Let time pass.' });
export type WaitStep = z.infer<typeof waitStep>;

export const waitKind: StepKind<WaitStep> = {
  type: 'wait',
  arms: () => [],
  node: (step, around) => ({
    kind: 'wait',
    ...(step.for === undefined ? {} : { for: step.for }),
    ...(step.until === undefined ? {} : { until: step.until }),
    ...(step.on === undefined ? {} : { on: daysOf(step.on) }),
    ...(step.timezone === undefined ? {} : { timezone: step.timezone }),
    next: around.follow,
  }),
};

/** The days that a list of days and groups names, each once, monday first. */
function daysOf(on: readonly Weekday[]): string[] {
  return WEEKDAYS.filter((day, index) => on.includes(day) || on.includes(index < 5 ? 'weekdays' : 'weekend'));
}
