// The step that puts an event of the customer on the bus.
import * as z from 'zod';
import { eventNameSchema } from '../event-match.ts';
import { valuesSchema } from '../values.ts';
import { namedStep, type StepKind } from './step-kind.ts';

export const emitStep = z
  .strictObject({
    ...namedStep,
    type: z.literal('emit').describe('Which kind of step this is.'),
    event: eventNameSchema.describe("An event of the settings' vocabulary; no built-in one."),
    properties: valuesSchema("The event's properties.").optional(),
  })
  .meta({
    id: 'emit',
    description:
      'Put an event of this customer on the bus. Other journeys see it, later waits of this run too, and applications that ' +
      'listen to the bus.',
    examples: [
      {
        id: 'say-gold',
        type: 'emit',
        event: 'Tier Reached',
        properties: { tier: 'gold', points: '{{ profile.loyaltyPoints }}' },
      },
    ],
  });
export type EmitStep = z.infer<typeof emitStep>;

export const emitKind: StepKind<EmitStep> = {
  type: 'emit',
  arms: () => [],
  node: ({ id, type, event, properties }, around) => ({
    kind: 'action',
    settings: { type, id, event, properties: properties ?? {} },
    next: around.follow,
  }),
};
