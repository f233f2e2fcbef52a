/**
 * The schema of a condition for editors: all forms as a union, so that an editor completes and explains them. What is
 * wrong with a condition is told by `parseCondition`, whose messages are better than a union's.
 */
import * as z from 'zod';
import { combineSchemas } from './combine.ts';
import { compareSchema } from './compare.ts';
import { didSchema } from './did.ts';
import { inSegmentSchema } from './in-segment.ts';
import { messageWasSchema } from './message-was.ts';
import { completedSchema, inJourneySchema } from './of-journey.ts';
import { reachableSchema } from './reachable.ts';
import { sendWasSchema } from './send-was.ts';

const nested: z.ZodType = z.lazy(() => conditionSchema);
const { all, any, not } = combineSchemas(nested);

export const conditionSchema: z.ZodType = z
  .union([
    all,
    any,
    not,
    didSchema(nested),
    inSegmentSchema,
    sendWasSchema,
    messageWasSchema,
    inJourneySchema,
    completedSchema,
    reachableSchema,
    compareSchema,
  ])
  .meta({
    id: 'condition',
    description: 'What must be true. Several fields in one object mean that all of them hold.',
    examples: [
      { 'profile.country': ['DE', 'AT'] },
      { all: [{ 'event.price': { gte: 20 } }, { reachable: 'email', topic: 'promotions' }] },
    ],
  });
