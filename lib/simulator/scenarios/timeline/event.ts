// The customer does something: an event reaches the journeys.
import * as z from 'zod';
import { eventReferences } from '../reference.ts';
import { happenedField, timelineKind } from './timeline-kind.ts';

export const eventKind = timelineKind(
  'event',
  {
    event: z
      .string()
      .min(1)
      .meta({ description: 'An event of the customer.', examples: ['Product Added'] }),
    properties: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('The properties that the event comes with.'),
    happened: happenedField,
  },
  {
    references: ({ event, properties }) => eventReferences(event, 'event', properties),
    play: ({ event, properties = {}, happened }, stage) =>
      stage.say({ kind: 'event', event, properties }, happened),
  },
);
