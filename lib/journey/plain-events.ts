/**
 * Events that an application puts on the bus in its own form, told in the settings: where the customer's id stands in them, and which
 * event of the vocabulary they are. What the event says (`detail`) becomes its properties as it is.
 */
import * as z from 'zod';

/** `detail.customer.id`: where a value stands in the event. */
const detailPath = z
  .string()
  .regex(
    /^detail(?:\.[^.\s[\]][^.[\]]*)+$/,
    'must be a place inside the event\'s detail, not in a list, such as "detail.customer.id"',
  )
  .max(200);

export const plainEventsSchema = z
  .strictObject({
    source: z
      .string()
      .min(1)
      .max(256)
      .regex(
        /^(?!aws\.|wend\.)/,
        'must be a source of your own: those that begin with "aws." and "wend." are taken',
      )
      .meta({
        description: 'The source that your application puts its events on the bus with.',
        examples: ['shop.orders'],
      }),
    events: z
      .record(z.string().min(1).max(128), z.string().min(1).max(100))
      .refine((events) => Object.keys(events).length > 0, 'must name at least one event: none is read so')
      .optional()
      .meta({
        description:
          'Which detail-type is which event of the vocabulary. Others of this source are not read. Without it, the ' +
          "detail-type is the event's name.",
        examples: [{ 'order.completed': 'Order Completed' }],
      }),
    customer: detailPath.meta({
      description: "Where the customer's id stands.",
      examples: ['detail.customer.id'],
    }),
    id: detailPath.optional().meta({
      description:
        'Where the id of the event stands, by which a repetition is told apart. Without it, that of the bus: then what an ' +
        'application puts there twice counts twice.',
      examples: ['detail.order_id'],
    }),
    at: detailPath.optional().meta({
      description:
        'Where the moment stands at which it happened, with an offset. Without it, the time that the bus knows.',
      examples: ['detail.placed_at'],
    }),
  })
  .describe('Events of one source of an application.');

/** How the events of one source are read. */
export type PlainEvents = z.infer<typeof plainEventsSchema>;

/** The name of the event that a detail-type of the source is; undefined for one that is not read. */
export function plainEventName({ events }: PlainEvents, detailType: string): string | undefined {
  if (events === undefined) return detailType;
  return Object.hasOwn(events, detailType) ? events[detailType] : undefined;
}
