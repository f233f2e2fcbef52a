// The step that waits for something to happen, at most so long.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import * as z from 'zod';
import { timeOfDaySchema } from '#lib/contracts/calendar.ts';
import { durationSchema, parseDuration } from '#lib/contracts/duration.ts';
import { anyKeySchema, eventNameSchema, whereSchema } from '../event-match.ts';
import { namedStep, type Arm, type StepKind } from './step-kind.ts';
import type { Steps } from './step.ts';
import { stepTimezoneSchema } from './wait.ts';

const sinceSchema = z
  .string()
  .superRefine((text, context) => {
    if (text === 'step' || text === 'entry') return;
    const parsed = parseDuration(text);
    if ('problem' in parsed)
      context.addIssue({
        code: 'custom',
        message: `${parsed.problem}; or write "step" or "entry"`,
      });
  })
  .meta({
    description:
      'From when on events count: "step" (since the step before ended, the default), "entry" (since the customer entered), ' +
      'or so far back. What has happened already lets the customer go on at once.',
    examples: ['step', 'entry', '1 day'],
  });

export const waitForStep = (steps: z.ZodType<Steps>) =>
  z
    .strictObject({
      ...namedStep,
      type: z.literal('waitFor'),
      events: z
        .array(
          z.strictObject({
            event: eventNameSchema,
            where: whereSchema.optional(),
            anyKey: anyKeySchema.optional(),
            then: steps.optional().describe('What happens then; without it, the steps after this one.'),
          }),
        )
        .min(1)
        .describe(
          'The events to wait for. The first to happen decides; of several at once, the first written.',
        ),
      within: durationSchema.optional().describe('How long to wait at most.'),
      until: timeOfDaySchema
        .optional()
        .describe('Wait at most until the next time it is so late, instead of "within".'),
      timezone: stepTimezoneSchema.optional(),
      since: sinceSchema.optional(),
      otherwise: steps
        .optional()
        .describe('What happens when time is up; without it, the steps after this one.'),
    })
    .meta({ id: 'waitFor', description: 'Wait until an event happens, or time is up.' });
export type WaitForStep = z.infer<ReturnType<typeof waitForStep>>;

export const waitForKind: StepKind<WaitForStep> = {
  type: 'waitFor',
  arms: (step) => [
    ...step.events.map(({ event, then }, index): Arm => ({
      name: event,
      path: ['events', index, 'then'],
      steps: then ?? [],
    })),
    { name: 'otherwise', path: ['otherwise'], steps: step.otherwise ?? [] },
  ],
  node: (step, around) => ({
    kind: 'waitFor',
    ...(step.within === undefined ? {} : { within: step.within }),
    ...(step.until === undefined ? {} : { until: step.until }),
    ...(step.timezone === undefined ? {} : { timezone: step.timezone }),
    since: step.since ?? 'step',
    events: step.events.map(({ event, where }, index) => ({
      event,
      ...(where === undefined ? {} : { where: around.resolveCondition(where) }),
      next: around.armStarts[index] ?? null,
    })),
    otherwise: around.armStarts[step.events.length] ?? null,
  }),
};
