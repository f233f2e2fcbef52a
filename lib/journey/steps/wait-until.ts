/**
 * Until when a wait lasts, as it is written behind "until": a time of day, a date and time, or a date of the customer, of the
 * event that let the customer in, or of an earlier step, with an offset and a time of day.
 */
import * as z from 'zod';
import { timeOfDaySchema } from '#lib/contracts/calendar.ts';
import { dateOffsetSchema } from '#lib/contracts/date-offset.ts';
import { parseInstant } from '#lib/contracts/time.ts';
import { parseField } from '../conditions/field.ts';
import { parseMoment } from '../conditions/operators.ts';
import type { DateOf } from '../flow.ts';

/** What may be written for `until` as a text. */
const untilTextSchema = z
  .string()
  .superRefine((text, context) => {
    if (timeOfDaySchema.safeParse(text).success || parseInstant(text) !== undefined) return;
    context.addIssue({
      code: 'custom',
      message: `"${text}" is no time of day, such as "09:00", and no date and time with its offset, such as "2026-12-24T18:00:00Z"`,
    });
  })
  .meta({
    description: 'The next time it is so late ("09:00"), or a fixed moment ("2026-12-24T18:00:00Z").',
    examples: ['09:00', '2026-12-24T18:00:00Z'],
  });

/** A name of a value that may be a date: everything but `run.round`, and `event`, which is not at hand in a wait. */
const dateFieldSchema = z
  .string()
  .superRefine((text, context) => {
    const field = parseField(text);
    if (field !== undefined && field.root !== 'run' && field.root !== 'event') return;
    if (parseMoment(text) !== undefined) return;
    context.addIssue({
      code: 'custom',
      message:
        `"${text}" is no date: name one of the customer ("profile.renewsOn"), of the event that let the customer in ` +
        '("entry.delivery_date") or of an earlier step ("saved.order.date"), or write one, such as "2026-12-24"',
    });
  })
  .meta({
    description:
      'Which date: profile.<trait> (followed when it changes during the wait), entry.<property>, saved.<name>.<property>, ' +
      'or a date such as "2026-12-24".',
    examples: ['profile.voucherEndsOn', 'entry.delivery_date', '2026-12-24'],
  });

const untilDateSchema = z
  .strictObject({
    date: dateFieldSchema,
    offset: dateOffsetSchema.optional(),
    at: timeOfDaySchema
      .optional()
      .describe(
        'The local time on that day; without it, the moment of the date itself (a date alone: midnight).',
      ),
  })
  .meta({
    id: 'untilDate',
    description: 'A date, moved by the offset, then the time of day.',
    examples: [{ date: 'profile.voucherEndsOn', offset: '3 days before', at: '09:00' }],
  });

export const untilSchema = z.union([untilTextSchema, untilDateSchema]);
export type Until = z.infer<typeof untilSchema>;

/** The fields of a node for what stands behind "until": a time of day, or a date. */
export function untilFields(until: Until | undefined): { until?: string; date?: DateOf } {
  if (until === undefined) return {};
  if (typeof until !== 'string') {
    const { date: of, offset, at } = until;
    return {
      date: { of, ...(offset === undefined ? {} : { offset }), ...(at === undefined ? {} : { at }) },
    };
  }
  const instant = parseInstant(until);
  return instant === undefined ? { until } : { date: { of: instant } };
}
