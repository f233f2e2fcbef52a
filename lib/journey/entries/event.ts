// Entry by an event of the customer.
import * as z from 'zod';
import { eventNameSchema } from '../event-match.ts';
import { commonFields } from './common.ts';

export const eventEntry = z.strictObject({ event: eventNameSchema, ...commonFields }).meta({
  description: 'Enter when this event happens.',
  examples: [{ event: 'Customer Created', reentry: 'never' }],
});
