/**
 * How far a deployment has come in time: one item of the table, kept by the function that runs every minute. What is in it has been
 * seen to; whoever finds it old catches up from there.
 */
import * as z from 'zod';
import { customerIdSchema } from './ids.ts';
import { instantSchema } from './time.ts';

/** A customer at the instant at which somebody should look. */
const dueLookSchema = z.object({ at: instantSchema, customer: customerIdSchema });
export type DueLook = z.infer<typeof dueLookSchema>;

export const deploymentClockSchema = z.object({
  revision: z.int().positive().describe('One more with each change: of two ticks at once only one is kept'),
  tick: instantSchema.describe('Schedules are seen to up to here, inclusive'),
  repository: z
    .string()
    .describe('Mark of the repository that this deployment is made of (`mark` of the workspace file)'),
  deployed: z.string().describe('Mark of the deployment by which everybody was looked at last'),
  switches: z.string().describe('Mark of the switches by which everybody was looked at last'),
  changed: z
    .object({ deployed: z.string(), switches: z.string(), since: instantSchema })
    .optional()
    .describe('Marks that differ from these, since when: everybody is looked at once they have settled'),
  looked: z
    .record(z.string(), dueLookSchema)
    .describe('Part of the index of looks → the last customer who was handed on, in this round'),
  round: instantSchema.describe(
    'Since when the present round goes: the next one begins at the beginning of the index',
  ),
});
export type DeploymentClock = z.infer<typeof deploymentClockSchema>;
