/**
 * A journey as a marketer writes it: `journeys/<id>.json`. The schema says which fields there are; what they mean together
 * is checked by the compiler.
 */
import * as z from 'zod';
import { deliverySchema } from './delivery.ts';
import { entrySchema } from './entry.ts';
import { exitsSchema } from './exits.ts';
import { goalSchema } from './goal.ts';
import { atEndSchema, endsSchema, startsSchema, statusSchema, whilePausedSchema } from './journey-rules.ts';
import { nameSchema } from './steps/step-kind.ts';
import { stepSchema } from './steps/step.ts';

/** Journey ids are file names and part of the names of state machines. */
export const JOURNEY_ID = /^[a-z0-9][a-z0-9-]{0,59}$/;

export const journeySchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file.'),
    name: nameSchema.describe('What people call this journey.'),
    description: z.string().optional().describe('What it is for.'),
    stage: z
      .enum(['awareness', 'consideration', 'decision', 'loyalty'])
      .optional()
      .describe('Where in their relation to the brand it meets customers.'),
    status: statusSchema,
    whilePaused: whilePausedSchema.optional(),
    starts: startsSchema.optional(),
    ends: endsSchema.optional(),
    atEnd: atEndSchema.optional(),
    entry: entrySchema,
    goal: goalSchema.optional(),
    exit: exitsSchema.default([]),
    delivery: deliverySchema.prefault({}),
    steps: z.array(stepSchema).min(1).describe('What happens, in order.'),
  })
  .meta({
    title: 'A journey',
    description: 'A journey: who enters, what happens step by step, and what takes customers out.',
  });

/** A journey with the defaults of its own fields filled in; those of settings are filled in when it is linked. */
export type Journey = z.infer<typeof journeySchema>;
