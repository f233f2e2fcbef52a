/**
 * `settings.json`: what holds for the whole workspace. Brand, default time zone and locale, vocabulary, topics, senders,
 * and the rules of delivery that journeys inherit.
 */
import * as z from 'zod';
import { durationSchema } from '#lib/contracts/duration.ts';
import { capRuleSchema, NO_QUIET_HOURS, quietWindowSchema } from './delivery-rules.ts';
import { breakerSchema } from './breaker.ts';
import { legalSchema } from './legal-hours.ts';
import { fatigueRuleSchema } from './fatigue.ts';
import { closedSchema, perSecondSchema, spreadSchema, windowsSchema } from './opening-hours.ts';
import { plainEventsSchema } from './plain-events.ts';
import { repliesSchema } from './replies.ts';
import { serviceCasesSchema } from './service-cases.ts';
import { valueTypeSchema, vocabularySchema } from './vocabulary.ts';
import { recommendationSchema } from './recommendation.ts';
import { senderSchema } from './senders.ts';
import { topicSchema } from './topic.ts';

export const timezoneSchema = z
  .string()
  .min(1)
  .meta({ description: 'An IANA time zone.', examples: ['Europe/Berlin', 'America/New_York', 'UTC'] });

const localeSchema = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, 'must be a locale such as "en" or "pt-BR"')
  .meta({ description: 'A language, where needed with its region.', examples: ['en', 'de', 'pt-BR'] });

const urlSchema = z.string().regex(/^https?:\/\/[^\s]+$/, 'must be a web address that starts with https://');

/** Ids of topics and names of senders and quiet hours: lower-case words with hyphens. */
const shortName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,59}$/,
    'must be lower-case letters, digits and hyphens, such as "product-news"',
  );

const answerSchema = z
  .record(z.string().min(1), valueTypeSchema)
  .default({})
  .describe('What it answers: each property with its type. Only these can be used under "saved".');

const functionSchema = z
  .strictObject({
    lambda: z
      .string()
      .min(1)
      .meta({
        description: 'The name or ARN of the Lambda function.',
        examples: ['shop-churn-score'],
      }),
    description: z.string().optional().describe('What it does.'),
    answer: answerSchema,
  })
  .describe('A Lambda function that journeys may call.');

const endpointSchema = z
  .strictObject({
    url: urlSchema.describe('Where the call goes.'),
    method: z.enum(['POST', 'PUT', 'PATCH']).default('POST').describe('How it is called.'),
    headers: z
      .record(
        z.string().regex(/^[A-Za-z0-9-]+$/, 'must be the name of a header, such as "Authorization"'),
        z.union([
          z.string(),
          z.strictObject({
            secret: z.string().min(1).describe('The name of a secret in AWS Secrets Manager.'),
          }),
        ]),
      )
      .default({})
      .meta({
        description:
          'Headers of every call: a text, or a secret by its name. A secret itself never stands here.',
        examples: [{ Authorization: { secret: 'crm-token' } }],
      }),
    signedWith: z
      .array(z.string().min(1))
      .min(1)
      .max(2)
      .optional()
      .meta({
        description:
          'Names of secrets in AWS Secrets Manager by which every call is signed as Standard Webhooks has it: one, and two while one takes the place of the other.',
        examples: [['crm-signature']],
      }),
    timeout: durationSchema
      .default('10 seconds')
      .describe('How long an answer may take; without one, the call is tried again.'),
    description: z.string().optional().describe('What it does.'),
    answer: answerSchema,
  })
  .describe('An HTTP endpoint that journeys may call.');

export const settingsSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the description of this file.'),
    brand: z
      .strictObject({
        name: z.string().min(1).describe('The name that messages speak in.'),
        address: z
          .string()
          .min(1)
          .optional()
          .describe('The postal address in the footer; the law asks for one in many countries.'),
        website: urlSchema.optional().describe('The address of the website.'),
      })
      .describe('Who writes to the customers.'),
    timezone: timezoneSchema.describe('The time zone of customers whose own is not known.'),
    locale: localeSchema.describe('The language of customers whose own is not known or not written in.'),
    vocabulary: vocabularySchema.prefault({}),
    topics: z.record(shortName, topicSchema).default({}).describe('What customers consent to, by id.'),
    defaultTopic: z.string().optional().describe('The topic of journeys and sends that name none.'),
    senders: z
      .record(shortName, senderSchema)
      .default({})
      .describe('Senders by name; "default" is used by messages that name none.'),
    caps: z.array(capRuleSchema).default([]).describe('Caps that hold for all journeys together.'),
    fatigue: z
      .array(fatigueRuleSchema)
      .default([])
      .describe('Fewer marketing messages to those who do not react, for each channel.'),
    quietHours: z
      .record(
        shortName.refine(
          (name) => name !== NO_QUIET_HOURS,
          `"${NO_QUIET_HOURS}" is kept for journeys without quiet hours`,
        ),
        quietWindowSchema,
      )
      .default({})
      .describe('Quiet hours by name; "default" holds for journeys that name none.'),
    windows: windowsSchema
      .optional()
      .describe(
        "When marketing messages may go out, for each channel, in the customer's time zone. A channel without windows may be used at any time.",
      ),
    closed: closedSchema
      .default([])
      .describe("Days on which no marketing message goes out, in the customer's time zone."),
    legal: legalSchema
      .optional()
      .describe(
        'Hours that the law leaves open to marketing, where the recipient is; they hold for all journeys, also for those inside. Text messages keep to "recipient-day" and "us-states" where nothing else is said.',
      ),
    spread: spreadSchema.optional(),
    breaker: breakerSchema.optional(),
    perSecond: perSecondSchema
      .optional()
      .describe(
        'How many marketing messages may go out in one second, for each channel; the others wait for their turn. Leave room below what the provider allows: transactional messages do not wait.',
      ),
    functions: z
      .record(shortName, functionSchema)
      .default({})
      .describe('Lambda functions that journeys may call by "invoke", by name.'),
    endpoints: z
      .record(shortName, endpointSchema)
      .default({})
      .describe('HTTP endpoints that journeys may call by "webhook", by name.'),
    recommend: z
      .record(shortName, recommendationSchema)
      .default({})
      .describe('Items of the catalogue that messages may show, by name: {{ recommend.<name> }}.'),
    plainEvents: z
      .array(plainEventsSchema)
      .default([])
      .meta({
        description:
          'Events that your applications put on the bus in a form of their own, by their source. Those in the form of ' +
          'Segment calls need no entry here.',
        examples: [[{ source: 'shop.orders', customer: 'detail.customer.id' }]],
      }),
    replies: repliesSchema,
    serviceCases: serviceCasesSchema,
    trackedLinks: z
      .array(z.enum(['sms', 'whatsapp', 'push', 'inapp']))
      .optional()
      .meta({
        description:
          "Channels whose links lead over the deployment's own pages, so that journeys learn when one is followed. E-mail is tracked by SES. A tracked link is long: a text message with one takes a segment or two more.",
        examples: [['push', 'whatsapp']],
      }),
    links: z
      .strictObject({
        unsubscribe: urlSchema.describe('The page behind {{ unsubscribe_url }}.'),
        preferences: urlSchema.describe('The page behind {{ preferences_url }}.'),
        why: urlSchema.describe('The page behind {{ why_url }}: why a customer got this message.'),
      })
      .optional()
      .describe('Pages that every message can link to; who and what is added to the address.'),
  })
  .meta({ title: 'Settings of a Wend workspace', description: 'What holds for all journeys and messages.' });

/** Settings with their defaults filled in. */
export type Settings = z.infer<typeof settingsSchema>;
