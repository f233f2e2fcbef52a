// The step that waits for something to happen or to become true, at most so long.
/* oxlint-disable unicorn/no-thenable -- `then` is a word of the language; nothing here is awaited. */
import * as z from 'zod';
import { durationSchema, parseDuration } from '#lib/contracts/duration.ts';
import { anyKeySchema, eventNameSchema, whereSchema, writtenCondition } from '../event-match.ts';
import { namedStep, saveAsSchema, type Arm, type StepKind } from './step-kind.ts';
import { WHEN_ARM } from '../waits.ts';
import type { Steps } from './step.ts';
import { stepTimezoneSchema } from './wait.ts';
import { untilFields, untilSchema } from './wait-until.ts';

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
      type: z.literal('waitFor').describe('Which kind of step this is.'),
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
        .optional()
        .describe(
          'The events to wait for. The first to happen decides; of several at once, the first written.',
        ),
      when: writtenCondition
        .optional()
        .describe('Instead of events: what must be true of the customer. Where it is true already, at once.'),
      then: steps
        .optional()
        .describe('What happens when the condition of "when" is true; without it, the steps after this one.'),
      within: durationSchema.optional().describe('How long to wait at most.'),
      until: untilSchema
        .optional()
        .describe(
          'Wait at most until the next time it is so late, a date and time, or { "date", "offset", "at" }, instead of "within".',
        ),
      timezone: stepTimezoneSchema.optional(),
      since: sinceSchema.optional(),
      saveAs: saveAsSchema
        .optional()
        .describe(
          'Keeps the properties of the event that ended the wait under this name, for later steps: saved.<name>.<property>.',
        ),
      otherwise: steps
        .optional()
        .describe('What happens when time is up; without it, the steps after this one.'),
    })
    .meta({
      id: 'waitFor',
      description:
        'Wait until an event happens ("events") or a condition is true ("when"), or time is up. One of the two has to be there, ' +
        'and "within" or "until".',
      examples: [
        {
          id: 'comes-back',
          type: 'waitFor',
          within: '2 days',
          events: [{ event: 'Cart Viewed', then: [{ type: 'exit', reason: 'came back' }] }],
          otherwise: [{ id: 'offer', type: 'send', message: 'ten-percent', channel: 'email' }],
        },
        {
          id: 'until-gold',
          type: 'waitFor',
          when: { 'profile.loyaltyTier': 'gold' },
          until: '2026-12-24T18:00:00Z',
        },
      ],
    });
export type WaitForStep = z.infer<ReturnType<typeof waitForStep>>;

export const waitForKind: StepKind<WaitForStep> = {
  type: 'waitFor',
  arms: (step) => [
    ...(step.events ?? []).map(({ event, then }, index): Arm => ({
      name: event,
      path: ['events', index, 'then'],
      steps: then ?? [],
    })),
    ...(step.when === undefined ? [] : [{ name: WHEN_ARM, path: ['then'], steps: step.then ?? [] }]),
    { name: 'otherwise', path: ['otherwise'], steps: step.otherwise ?? [] },
  ],
  node: (step, around) => {
    const events = step.events ?? [];
    return {
      kind: 'waitFor',
      ...(step.within === undefined ? {} : { within: step.within }),
      ...untilFields(step.until),
      ...(step.timezone === undefined ? {} : { timezone: step.timezone }),
      since: step.since ?? 'step',
      ...(step.saveAs === undefined ? {} : { saveAs: step.saveAs }),
      events: events.map(({ event, where }, index) => ({
        event,
        ...(where === undefined ? {} : { where: around.resolveCondition(where) }),
        next: around.armStarts[index] ?? null,
      })),
      ...(step.when === undefined
        ? {}
        : {
            when: {
              condition: around.resolveCondition(step.when),
              next: around.armStarts[events.length] ?? null,
            },
          }),
      otherwise: around.armStarts.at(-1) ?? null,
    };
  },
};
