// Entry at times that are the same for everybody: every monday, the first of the month, once on a day.
import * as z from 'zod';
import { momentSchema } from '#lib/contracts/date-time.ts';
import { entryRules } from './entry-rules.ts';

/** Instead of a zone: that of each customer. */
export const CUSTOMER_ZONE = 'customer';

const timezone = z
  .string()
  .min(1)
  .optional()
  .meta({
    description:
      'The time zone of the schedule; the workspace\'s when not given. "customer": that of each customer, so that everybody ' +
      'enters at this time of their own day.',
    examples: ['customer', 'Europe/Berlin'],
  });

const recurring = z
  .strictObject({
    every: z
      .string()
      .min(1)
      .meta({
        description:
          'When, again and again: "day 09:00", "weekday 08:30", "weekend 10:00", "monday and thursday 09:00", "1st of month ' +
          '10:00", "last day of month 18:00", "first monday of month 09:00", or a rule of RFC 5545 ("FREQ=…").',
        examples: [
          'monday 09:00',
          '1st of month 10:00',
          'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=6;BYHOUR=8;BYMINUTE=0',
        ],
      }),
    timezone,
  })
  .describe('Again and again.');

const once = z
  .strictObject({
    at: momentSchema.meta({
      description: 'When, once: a date and time, in the time zone of the schedule where it has no offset.',
      examples: ['2026-11-27T08:00'],
    }),
    timezone,
  })
  .describe('Once.');

export const scheduleEntry = z
  .strictObject({
    schedule: z.union([recurring, once]).meta({
      description: 'When everybody enters whom the segment and "where" let in.',
      examples: [{ every: 'monday 09:00' }, { at: '2026-11-27T08:00', timezone: 'customer' }],
    }),
    segment: z
      .string()
      .min(1)
      .optional()
      .meta({
        description: 'Only members of this segment at that moment; without it everybody.',
        examples: ['reachable-by-mail'],
      }),
    ...entryRules,
  })
  .meta({
    description:
      'Enter at a time that is the same for everybody. `entry.scheduled` is that time. After an outage the latest time that ' +
      'was missed is made up, once.',
    examples: [{ schedule: { every: '1st of month 10:00' }, segment: 'reachable-by-mail' }],
  });
