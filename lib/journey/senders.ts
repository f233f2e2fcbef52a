/** Who messages come from, on each channel: the senders of `settings.json`. */
import * as z from 'zod';
import { smsIdentitySchema } from './sms-identity.ts';

/** An address, or a name and an address in angle brackets; adapters encode both for the provider. */
const mailboxSchema = z
  .string()
  .regex(
    /^(?:[^<>\p{Cc}]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/u,
    'must be an address, or a name and an address: "Shop <hello@shop.example>"',
  );

const emailSenderSchema = z
  .strictObject({
    from: mailboxSchema.meta({
      description: 'The From address. SES has to have verified it, or its domain.',
      examples: ['Shop <hello@shop.example>'],
    }),
    replyTo: mailboxSchema.optional().describe('Where answers go; without it, to the From address.'),
    // https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateTenant.html
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be up to 64 letters, digits, hyphens and underscores')
      .optional()
      .describe(
        'The tenant of SES that it is sent by, so that each brand has a reputation of its own. The address and the configuration set of the deployment have to be associated with it.',
      ),
  })
  .describe('Who e-mails come from.');

/** https://docs.aws.amazon.com/sms-voice/latest/userguide/registrations-sms-senderid-india.html */
const registryId = z.string().regex(/^\d{10,30}$/, 'must be the digits of an id of the registry');

const smsCountrySchema = z
  .strictObject({
    sender: smsIdentitySchema
      .optional()
      .describe('The number, sender id or pool for this country; without it, that of the sender.'),
    entityId: registryId
      .optional()
      .describe('India: the id of your company (Principal Entity) in the registry of the carriers (DLT).'),
    templates: z
      .record(z.string().min(1), registryId)
      .optional()
      .meta({
        description:
          'India: the id under which each text is registered, by message; "cart-text.hi" for the text in one language.',
        examples: [{ 'cart-text': '1107160000000000001' }],
      }),
  })
  .refine((country) => Object.keys(country).length > 0, 'says nothing about this country: name a "sender"')
  .describe('What one country asks for.');

const smsSenderSchema = z
  .strictObject({
    sender: smsIdentitySchema.describe(
      'A phone number or sender id that recipients see, or the id or ARN of a pool of them in End User Messaging.',
    ),
    countries: z
      .record(
        z.string().regex(/^[A-Z]{2}$/, 'must be the two letters of a country (ISO 3166), such as "US"'),
        smsCountrySchema,
      )
      .optional()
      .meta({
        description:
          'Senders for single countries, by the country that the number of the customer belongs to.',
        examples: [{ US: { sender: '+12065550100' } }],
      }),
    maxPrice: z
      .string()
      // https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html: MaxPrice has a point in it.
      .regex(
        /^(?!0+\.0+$)\d{1,2}\.\d{1,5}$/,
        'must be US dollars with a point, such as "0.10", and more than nothing',
      )
      .optional()
      .meta({
        description: 'What one text message may cost at most, in US dollars; dearer ones are refused.',
        examples: ['0.10'],
      }),
  })
  .describe('Who text messages come from.');

const whatsappSenderSchema = z
  .strictObject({
    sender: z
      .string()
      .min(1)
      .meta({
        description: 'The phone number id of the WhatsApp account in End User Messaging Social.',
        examples: ['phone-number-id-01234567890123456789012345678901'],
      }),
  })
  .describe('Who WhatsApp messages come from.');

const pushSenderSchema = z
  .strictObject({
    application: z
      .string()
      .min(1)
      .describe('The application that notifications go to, by its id in End User Messaging Push.'),
    sandbox: z
      .boolean()
      .optional()
      .describe(
        'true: tokens of Apple devices belong to development builds of the app, which only the sandbox of APNs knows.',
      ),
  })
  .describe('Which application push notifications go to.');

const webhookSenderSchema = z
  .strictObject({
    endpoint: z.string().min(1).describe('An endpoint by its name under "endpoints".'),
  })
  .describe('Which system gets the messages on the channel "webhook".');

export const senderSchema = z
  .strictObject({
    email: emailSenderSchema.optional(),
    sms: smsSenderSchema.optional(),
    whatsapp: whatsappSenderSchema.optional(),
    push: pushSenderSchema.optional(),
    webhook: webhookSenderSchema.optional(),
  })
  .describe('Who a message comes from, for each channel.');
type Sender = z.infer<typeof senderSchema>;

/** Who text messages come from, and what single countries ask for. */
export type SmsSender = NonNullable<Sender['sms']>;
