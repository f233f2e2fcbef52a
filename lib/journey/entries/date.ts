// Entry on a date of the customer: a birthday every year, the end of a trial once.
import * as z from 'zod';
import { timeOfDaySchema } from '#lib/contracts/calendar.ts';
import { dateOffsetSchema } from '#lib/contracts/date-offset.ts';
import { entryRules } from './entry-rules.ts';
import { profileField } from './trait.ts';

export const dateEntry = z
  .strictObject({
    date: z
      .strictObject({
        of: profileField.meta({
          description: 'The trait that holds the date.',
          examples: ['profile.birthday', 'profile.voucherEndsOn'],
        }),
        repeat: z
          .literal('yearly')
          .optional()
          .describe(
            'yearly: on this day of every year; 29 February is 28 February in other years. Without it once, on the date itself.',
          ),
        offset: dateOffsetSchema.optional(),
        at: timeOfDaySchema.optional().describe("At what time of that day, in the customer's time zone."),
      })
      .meta({
        description:
          "When: a date of the customer, moved by an offset, in the customer's time zone. When the trait changes, the entry " +
          'moves with it. A time that has passed before the date was known lets nobody in.',
        examples: [
          { of: 'profile.birthday', repeat: 'yearly', at: '09:00' },
          { of: 'profile.voucherEndsOn', offset: '14 days before', at: '10:00' },
        ],
      }),
    ...entryRules,
  })
  .meta({
    description: 'Enter on a date of the customer. `entry.date` is that date.',
    examples: [{ date: { of: 'profile.birthday', repeat: 'yearly', at: '09:00' } }],
  });
