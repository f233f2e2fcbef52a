// What takes a customer out of a journey wherever in it they are.
import * as z from 'zod';
import { anyKeySchema, eventNameSchema, whereSchema, writtenCondition } from './event-match.ts';
import { reasonSchema } from './steps/step-kind.ts';

const eventExit = z
  .strictObject({
    event: eventNameSchema,
    where: whereSchema.optional(),
    anyKey: anyKeySchema.optional(),
    reason: reasonSchema.optional(),
  })
  .describe('Leave when this event happens.');

const conditionExit = z
  .strictObject({
    when: writtenCondition.describe(
      'What must be true. It is looked at with every event of the customer and before every step, not by time alone.',
    ),
    reason: reasonSchema.optional(),
  })
  .describe('Leave where this is true.');

export const exitsSchema = z.array(z.union([eventExit, conditionExit])).meta({
  description: 'What takes a customer out, at any step.',
  examples: [[{ event: 'Order Cancelled', reason: 'cancelled' }]],
});
export type Exits = z.infer<typeof exitsSchema>;

/** The reason of an exit that names none: its event, or "condition". */
export function exitReason(exit: Exits[number]): string {
  return exit.reason ?? ('event' in exit ? exit.event : 'condition');
}
