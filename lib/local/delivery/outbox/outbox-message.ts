// A message as the outbox shows it: what a provider has taken, and what has become of it since.
import * as z from 'zod';
import type { Json } from '../../asl/json.ts';
import { happeningSchema } from '../happenings/happening.ts';

const json: z.ZodType<Json> = z.json();

export const CHANNELS = ['email', 'sms', 'push', 'whatsapp', 'webhook', 'inapp'] as const;

/** Whose message it is, as far as its provider is told or the deployment has written it down. All are texts as they came. */
export const aboutSchema = z.strictObject({
  deployment: z.string().optional(),
  customer: z.string().optional(),
  journey: z.string().optional(),
  run: z.string().optional(),
  step: z.string().optional(),
  visit: z.number().optional(),
  message: z.string().optional(),
  topic: z.string().optional(),
});
export type About = z.infer<typeof aboutSchema>;

const contentSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('email'),
    subject: z.string(),
    /** The text that mail programs show beside the subject. */
    preheader: z.string().optional(),
    html: z.string().optional(),
    text: z.string().optional(),
    from: z.string(),
    /** By which tenant of SES it went. */
    tenant: z.string().optional(),
    replyTo: z.array(z.string()),
    headers: z.array(z.strictObject({ name: z.string(), value: z.string() })),
    attachments: z.array(z.strictObject({ name: z.string(), type: z.string(), bytes: z.number() })),
  }),
  z.strictObject({
    kind: z.literal('sms'),
    text: z.string(),
    encoding: z.enum(['GSM', 'UNICODE']),
    /** As carriers cut it; each is charged. */
    parts: z.array(z.string()),
    type: z.enum(['PROMOTIONAL', 'TRANSACTIONAL']),
  }),
  z.strictObject({
    kind: z.literal('push'),
    title: z.string(),
    body: z.string(),
    image: z.string().optional(),
    link: z.string().optional(),
    data: z.record(z.string(), z.string()),
  }),
  z.strictObject({
    kind: z.literal('whatsapp'),
    template: z.string().optional(),
    language: z.string().optional(),
    parameters: z.array(z.string()),
    button: z.string().optional(),
    /** Of a message without a template. */
    text: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    method: z.string(),
    address: z.string(),
    /** JSON where it is some, a text otherwise. */
    body: json,
  }),
  z.strictObject({ kind: z.literal('inapp'), content: json }),
]);
export type MessageContent = z.infer<typeof contentSchema>;

const stateSchema = z.strictObject({
  /** Milliseconds of the business's clock since 1970. */
  at: z.number(),
  state: z.string(),
  /** A link, a reason, the text of a reply. */
  detail: z.string().optional(),
});
export type MessageState = z.infer<typeof stateSchema>;

/** As the journal keeps it. */
export const outboxMessageSchema = z.strictObject({
  id: z.string(),
  channel: z.enum(CHANNELS),
  /** When the provider took it; milliseconds of the business's clock since 1970. */
  at: z.number(),
  to: z.array(z.string()),
  sender: z.string(),
  /** By which the provider's reports name it. */
  providerId: z.string(),
  about: aboutSchema,
  /** undefined: it is one of those of which the outbox keeps only that they were there. */
  content: contentSchema.optional(),
  /** Links that a customer can follow, in the order of the message. */
  links: z.array(z.string()),
  /** `accepted` first. */
  states: z.array(stateSchema),
  /** What only the provider's reports say of it (email/email-events.ts and its neighbours). */
  envelope: json,
  /** What will become of it, unless the cloud ends before. */
  upcoming: z.array(z.strictObject({ at: z.number(), happening: happeningSchema })),
});
export type OutboxMessage = z.infer<typeof outboxMessageSchema>;
export type Channel = OutboxMessage['channel'];
