// Entry by an event of the customer.
import * as z from 'zod';
import { eventNameSchema } from '../event-match.ts';
import { entryRules } from './entry-rules.ts';

export const eventEntry = z.strictObject({ event: eventNameSchema, ...entryRules }).meta({
  description: 'Enter when this event happens.',
  examples: [{ event: 'Customer Created', reentry: 'never' }],
});
