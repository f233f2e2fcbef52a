// The rules that all sends of a journey share.
import * as z from 'zod';
import { capRuleSchema, NO_QUIET_HOURS, quietWindowSchema } from './delivery-rules.ts';
import { classSchema, expiresSchema } from './steps/send.ts';

/** The priority of a journey that names none. */
export const DEFAULT_PRIORITY = 50;

export const deliverySchema = z
  .strictObject({
    topic: z
      .string()
      .min(1)
      .optional()
      .describe("What customers consented to; the settings' default topic when not given."),
    class: classSchema.optional(),
    caps: z.array(capRuleSchema).optional().describe('Caps for this journey, beside those of the settings.'),
    quietHours: z
      .union([z.string().min(1), quietWindowSchema])
      .optional()
      .meta({
        description:
          `Quiet hours by their name in the settings, or a window; "${NO_QUIET_HOURS}" for none. ` +
          'Without it, those named "default" where the settings have them.',
        examples: ['default', { from: '21:00', to: '08:00' }],
      }),
    expires: expiresSchema.optional(),
    priority: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        `Of several journeys that one event lets in, the one of the highest priority is decided first, and so takes a place under a cap first. ${DEFAULT_PRIORITY} when not given.`,
      ),
  })
  .describe('Rules for all messages of this journey.');
export type Delivery = z.infer<typeof deliverySchema>;
