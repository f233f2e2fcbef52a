/** Which call of a Task this is, for the log: the ids of its payload, and nothing else of it. */
import * as z from 'zod';
import { customerIdSchema, runIdSchema } from '#lib/contracts/ids.ts';

/** Names of journeys, versions and steps are letters, digits and hyphens; anything else may be somebody's. */
const name = z
  .string()
  .regex(/^[\w-]{1,200}$/)
  .optional()
  .catch(undefined);

/** Each by itself: a payload that does not parse is the one that somebody has to find. */
const callSchema = z
  .object({
    run: z
      .object({
        run: runIdSchema.optional().catch(undefined),
        leg: z.int().optional().catch(undefined),
        customer: customerIdSchema.optional().catch(undefined),
        journey: name,
        version: name,
      })
      .catch({}),
    step: z.object({ id: name }).optional().catch(undefined),
    attempt: z.int().optional().catch(undefined),
  })
  .catch({ run: {} });

export function aboutCall(payload: unknown): Readonly<Record<string, string | number | undefined>> {
  const { run, step, attempt } = callSchema.parse(payload);
  return { ...run, step: step?.id, attempt };
}
