// The step that lets time pass: a duration, until a time of day or a date, or first the one and then the other.
import * as z from 'zod';
import { WEEKDAYS, weekdaySchema, type Weekday } from '#lib/contracts/calendar.ts';
import { durationSchema } from '#lib/contracts/duration.ts';
import { timezoneSchema } from '../settings.ts';
import { namedStep, type StepKind } from './step-kind.ts';
import { untilFields, untilSchema } from './wait-until.ts';

export const stepTimezoneSchema = timezoneSchema.describe(
  "The time zone of this step; the customer's when not given.",
);

const ifPastSchema = z
  .union([
    z.enum(['continue', 'exit']),
    z.strictObject({
      goto: z.string().min(1).describe('The id of the step to go on with; the steps after that one follow.'),
    }),
  ])
  .meta({
    description:
      'What happens where the date is past when the step is reached, or is missing: go on at once (default), leave the ' +
      'journey, or go on with another step. A date that is now is not past.',
    examples: ['exit', { goto: 'last-day' }],
  });

export const waitStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('wait').describe('Which kind of step this is.'),
    for: durationSchema.optional(),
    until: untilSchema
      .optional()
      .describe(
        'A time of day: the next time it is so late for the customer; together with "for", the next time after that. Or a date ' +
          'and time, or { "date", "offset", "at" }; together with "for", whichever is later.',
      ),
    on: z
      .array(weekdaySchema)
      .min(1)
      .optional()
      .meta({
        description:
          'On which days the wait may end: with a time of day the next such time on one of them, otherwise the same time of the next one.',
        examples: [['weekdays'], ['monday', 'thursday']],
      }),
    timezone: stepTimezoneSchema.optional(),
    ifPast: ifPastSchema.optional(),
    spread: durationSchema.optional().meta({
      description:
        'Ends up to this much later, evenly over all customers, so that not everybody is written to at the same moment.',
      examples: ['2 hours'],
    }),
  })
  .meta({
    id: 'wait',
    description: 'Let time pass. It needs "for" or "until", or both: then first the one, then the other.',
    examples: [
      { id: 'two-days', type: 'wait', for: '2 days', until: '09:00', on: ['weekdays'] },
      {
        id: 'before-it-ends',
        type: 'wait',
        until: { date: 'profile.voucherEndsOn', offset: '3 days before', at: '09:00' },
        ifPast: 'exit',
      },
    ],
  });
export type WaitStep = z.infer<typeof waitStep>;

export const waitKind: StepKind<WaitStep> = {
  type: 'wait',
  arms: () => [],
  node: (step, around) => ({
    kind: 'wait',
    ...(step.for === undefined ? {} : { for: step.for }),
    ...untilFields(step.until),
    ...(step.on === undefined ? {} : { on: daysOf(step.on) }),
    ...(step.timezone === undefined ? {} : { timezone: step.timezone }),
    // What happens anyway is not written down: nobody has to ask for it.
    ...(step.ifPast === undefined || step.ifPast === 'continue' ? {} : { ifPast: step.ifPast }),
    ...(step.spread === undefined ? {} : { spread: step.spread }),
    next: around.follow,
  }),
};

/** The days that a list of days and groups names, each once, monday first. */
function daysOf(on: readonly Weekday[]): string[] {
  return WEEKDAYS.filter((day, index) => on.includes(day) || on.includes(index < 5 ? 'weekdays' : 'weekend'));
}
