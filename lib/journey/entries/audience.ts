// Entry by an event that belongs to no customer (a product is back, a shop opens): everyone whom it concerns enters.
import * as z from 'zod';
import { eventNameSchema, writtenCondition } from '../event-match.ts';
import { entryRules } from './entry-rules.ts';

export const audienceEntry = z
  .strictObject({
    event: eventNameSchema,
    audience: writtenCondition.describe(
      'Whom the event concerns: every customer of whom this is true when it happens enters. It may compare what is known ' +
        'of the customer with the event ("same as": "event.<property>").',
    ),
    ...entryRules,
  })
  .meta({
    description:
      'Enter by an event that belongs to no customer: the application sends it without a customer id, and everyone who ' +
      'fulfils the condition enters.',
    examples: [
      {
        event: 'Product Restocked',
        audience: { 'profile.wishlist': { contains: { 'same as': 'event.product_id' } } },
      },
    ],
  });
