// Something happens that belongs to no customer: everybody hears of it.
import * as z from 'zod';
import { eventReferences } from '../reference.ts';
import { timelineKind } from './timeline-kind.ts';

export const audienceKind = timelineKind(
  'audience',
  {
    audience: z
      .string()
      .min(1)
      .meta({
        description:
          'An event that belongs to no customer: journeys with an "audience" ask whom it concerns.',
        examples: ['Product Restocked'],
      }),
    properties: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('The properties that the event comes with.'),
  },
  {
    toAll: true,
    references: ({ audience, properties }) => eventReferences(audience, 'audience', properties),
    play: ({ audience, properties = {} }, stage) =>
      stage.sayToAll({ kind: 'event', event: audience, properties }),
  },
);
