/**
 * What the engine needs to know of one compiled version of a journey: entry, goal, exits and the graph. Written by the
 * compiler beside the state machine, committed, and never changed: a run keeps the manifest it started with (promise P7).
 */
import * as z from 'zod';
import { entryTriggerSchema } from './entries/trigger.ts';
import { conditionText, flowSchema } from './flow.ts';

const reentrySchema = z.object({
  mode: z.enum(['never', 'after exit', 'after', 'always']),
  after: z.string().optional().describe('A duration since the last entry, with mode "after"'),
  atMost: z.int().positive().optional().describe('Entries for life'),
});

const manifestSchema = z.object({
  format: z.literal(1),
  journey: z.string(),
  version: z.string(),
  entry: z.object({
    trigger: entryTriggerSchema,
    where: conditionText.optional(),
    prints: z
      .array(z.string())
      .optional()
      .describe(
        'Properties of the entry event that messages print; a run keeps them, and those that conditions read',
      ),
    key: z.string().optional().describe('Path such as event.cart_id'),
    reentry: reentrySchema,
    holdout: z.number().min(0).max(100).optional().describe('Percent'),
  }),
  goal: z
    .object({
      event: z.string(),
      where: conditionText.optional(),
      within: z.string().optional(),
      ends: z.boolean(),
      start: z.string().optional().describe('The node of the first step to take before the run ends'),
    })
    .optional(),
  saved: z
    .record(z.string(), z.array(z.string()))
    .optional()
    .describe(
      'Of what steps keep by `saveAs`, the properties that messages and values print (`*`: all); a run keeps them, and ' +
        'those that conditions read',
    ),
  priority: z.number().describe('Of several journeys that one event lets in, the highest is decided first'),
  exits: z.array(
    z.union([
      z.object({ event: z.string(), where: conditionText.optional(), reason: z.string() }),
      z.object({ when: conditionText, reason: z.string() }),
      z.object({ enters: z.string().describe('A segment'), reason: z.string() }),
      z.object({ leaves: z.string().describe('A segment'), reason: z.string() }),
    ]),
  ),
  flow: flowSchema,
});
export type Manifest = z.infer<typeof manifestSchema>;
