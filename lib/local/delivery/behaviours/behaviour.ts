// How a recipient, or the provider, behaves: set by whoever tries out what a journey does when something goes wrong.
import * as z from 'zod';
import type { Channel } from '../outbox/outbox-message.ts';

/** Of the business's clock, after the provider has taken the message. A year is more than any journey waits for a report. */
const seconds = z.number().min(0).max(31_536_000);

export const behaviourSchema = z.discriminatedUnion('does', [
  /** Arrives: what everybody does who has no other behaviour. */
  z.strictObject({ does: z.literal('deliver'), afterSeconds: seconds.optional() }),
  /** Is taken, and nothing is ever heard of it. */
  z.strictObject({ does: z.literal('stay silent') }),
  z.strictObject({
    does: z.literal('bounce'),
    type: z.enum(['permanent', 'transient']),
    afterSeconds: seconds.optional(),
  }),
  z.strictObject({ does: z.literal('complain'), afterSeconds: seconds.optional() }),
  /** Taken, and then not sent because of its content. */
  z.strictObject({ does: z.literal('reject') }),
  /** Arrives late; a mail provider tells that it is late. */
  z.strictObject({ does: z.literal('delay'), seconds }),
  z.strictObject({
    does: z.literal('open'),
    afterSeconds: seconds.optional(),
    byMachine: z.boolean().optional(),
  }),
  /** Opens as well. Without a link it is the first of the message. */
  z.strictObject({
    does: z.literal('click'),
    link: z.string().optional(),
    afterSeconds: seconds.optional(),
    byMachine: z.boolean().optional(),
  }),
  z.strictObject({ does: z.literal('unsubscribe'), afterSeconds: seconds.optional() }),
  /** `STOP` and its like opt a number out. */
  z.strictObject({
    does: z.literal('reply'),
    text: z.string().min(1).max(1600),
    afterSeconds: seconds.optional(),
  }),
  /** The provider says that it is asked too often. */
  z.strictObject({ does: z.literal('throttle') }),
  /** The provider refuses the call; `error` is one of its own, and without it that of a message it does not want. */
  z.strictObject({ does: z.literal('refuse'), error: z.string().optional() }),
  /** What an endpoint or a function outside answers; without it, 200 and `{}`. */
  z.strictObject({
    does: z.literal('answer'),
    status: z.int().min(200).max(599).default(200),
    /** JSON of a function's answer, or what an endpoint says. */
    body: z.string().max(1_000_000).default('{}'),
  }),
  /** The provider takes the message, and its answer comes after everybody's patience. */
  z.strictObject({ does: z.literal('time out') }),
]);
export type Behaviour = z.infer<typeof behaviourSchema>;

const EVERYBODY = ['deliver', 'stay silent', 'throttle', 'refuse', 'time out'] as const;

/** What can be set for a channel; what is missing here cannot happen there, or nobody would be told of it. */
export const POSSIBLE: Readonly<Record<Channel, readonly Behaviour['does'][]>> = {
  email: [...EVERYBODY, 'bounce', 'complain', 'reject', 'delay', 'open', 'click', 'unsubscribe', 'reply'],
  sms: [...EVERYBODY, 'bounce', 'reject', 'delay', 'unsubscribe', 'reply'],
  whatsapp: [...EVERYBODY, 'bounce', 'delay', 'open', 'reply'],
  // A dead token is a bounce that the answer itself tells.
  push: [...EVERYBODY, 'bounce', 'open', 'click'],
  webhook: ['answer', 'throttle', 'refuse', 'time out'],
  // The write into the table is the delivery.
  inapp: [],
};
