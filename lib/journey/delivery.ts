// The rules that all sends of a journey share.
import * as z from 'zod';
import { capRuleSchema, NO_QUIET_HOURS, quietWindowSchema } from './delivery-rules.ts';
import { closedSchema, NO_CLOSED_DAYS, perSecondSchema, windowsSchema } from './opening-hours.ts';
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
    windows: windowsSchema
      .optional()
      .describe(
        "When the messages of this journey may go out, for each channel. For a channel that is named here, the settings' windows do not hold.",
      ),
    closed: z
      .union([closedSchema, z.literal(NO_CLOSED_DAYS)])
      .optional()
      .describe(
        `Days on which this journey sends nothing, beside those of the settings; "${NO_CLOSED_DAYS}" to send on those as well.`,
      ),
    perSecond: perSecondSchema
      .optional()
      .describe(
        "How many messages of this journey may go out in one second, for each channel; the settings' rates hold beside it.",
      ),
    expires: expiresSchema.optional(),
    priority: z
      .int()
      .min(0)
      .max(100)
      .optional()
      .describe(
        `Decides where a cap leaves too few places: of one customer's messages that are ready or put off, the one of the journey with the highest priority takes the place. Transactional messages need none: for them it only says which journey an event lets in first. ${DEFAULT_PRIORITY} when not given.`,
      ),
  })
  .describe('Rules for all messages of this journey.');
export type Delivery = z.infer<typeof deliverySchema>;
