/**
 * Content of the channels that are written as JSON. Texts are Liquid; which fields there are follows what the services take:
 * push https://docs.aws.amazon.com/end-user-messaging/latest/push/ , WhatsApp's approved templates with numbered parameters
 * https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates .
 */
import * as z from 'zod';
import type { Channel } from '#lib/contracts/step-calls.ts';

const text = (description: string) => z.string().min(1).describe(`${description}. Liquid`);
const $schema = z.string().optional().describe('Where an editor finds the description of this file');
const link = text('Where a tap leads: https, or a link into the app');

const pushContentSchema = z.strictObject({
  $schema,
  title: text('First line, in bold'),
  body: text('The notification itself; phones show about 110 characters'),
  link: link.optional(),
  image: text('Address of a picture').optional(),
  data: z.record(z.string(), z.string()).optional().describe('Handed to the app as it is; values are Liquid'),
});

const whatsappContentSchema = z.strictObject({
  $schema,
  template: z.string().min(1).describe('Name of the template that WhatsApp has approved'),
  language: z.string().min(2).describe('Language code of the approved template, such as en_GB'),
  parameters: z
    .array(text('Value of the next placeholder of the template'))
    .default([])
    .describe('Values of the placeholders of the template, in their order. Liquid'),
  button: text('Changing end of the address of the template’s button').optional(),
  preview: text('The whole text as the customer reads it; for people, not sent').optional(),
});

const inappContentSchema = z.strictObject({
  $schema,
  title: text('Headline'),
  body: text('A sentence or two'),
  image: text('Address of a picture').optional(),
  button: z
    .strictObject({ label: text('What the button says'), link })
    .optional()
    .describe('A button, where there is one'),
  placement: z.enum(['banner', 'card', 'full screen']).default('card').describe('How the app shows it'),
});

/** Whatever the receiving system expects; texts are Liquid, and a text that is one `{{ … }}` alone keeps its type. */
const webhookContentSchema = z.record(z.string(), z.json());

export type JsonChannel = Exclude<Channel, 'email' | 'sms'>;

/** Schema of each channel's content, and the names of its fields for suggestions. */
export const JSON_CONTENT: Readonly<
  Record<JsonChannel, { readonly schema: z.ZodType; readonly fields: readonly string[] }>
> = {
  push: { schema: pushContentSchema, fields: Object.keys(pushContentSchema.shape) },
  whatsapp: { schema: whatsappContentSchema, fields: Object.keys(whatsappContentSchema.shape) },
  inapp: { schema: inappContentSchema, fields: Object.keys(inappContentSchema.shape) },
  webhook: { schema: webhookContentSchema, fields: [] },
};
