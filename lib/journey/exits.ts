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

const segment = z
  .string()
  .min(1)
  .meta({ examples: ['reachable-by-mail'] });

const entersExit = z
  .strictObject({
    enters: segment.describe('A segment: the name of its file without the ending.'),
    reason: reasonSchema.optional(),
  })
  .describe('Leave when the customer enters this segment, also by time alone.');

const leavesExit = z
  .strictObject({
    leaves: segment.describe('A segment: the name of its file without the ending.'),
    reason: reasonSchema.optional(),
  })
  .describe('Leave when the customer leaves this segment, also by time alone.');

export const exitsSchema = z.array(z.union([eventExit, conditionExit, entersExit, leavesExit])).meta({
  description: 'What takes a customer out, at any step.',
  examples: [[{ event: 'Order Cancelled', reason: 'cancelled' }], [{ leaves: 'reachable-by-mail' }]],
});
export type Exits = z.infer<typeof exitsSchema>;

/** The reason of an exit that names none: its event, "enters" or "leaves" with the segment, or "condition". */
export function exitReason(exit: Exits[number]): string {
  if (exit.reason !== undefined) return exit.reason;
  if ('event' in exit) return exit.event;
  if ('when' in exit) return 'condition';
  return 'enters' in exit ? `enters ${exit.enters}` : `leaves ${exit.leaves}`;
}
