// More becomes known of the customer, or something changes: an identify.
import * as z from 'zod';
import { traitReferences } from '../reference.ts';
import { happenedField, timelineKind } from './timeline-kind.ts';

export const traitsKind = timelineKind(
  'traits',
  {
    traits: z
      .record(z.string(), z.unknown())
      .describe('Traits that become known or change; null takes one away.'),
    happened: happenedField,
  },
  {
    references: ({ traits }) => traitReferences(traits),
    play: ({ traits, happened }, stage) => stage.say({ kind: 'identify', traits }, happened),
  },
);
