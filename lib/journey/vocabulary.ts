/**
 * The names and types that conditions may use: what settings declare, and what is built in. Types come from here only; a
 * name that is in neither place is a mistake of the journey.
 */
import * as z from 'zod';

const VALUE_TYPES = ['text', 'number', 'yes/no', 'date', 'date-time', 'list', 'place'] as const;

export const valueTypeSchema = z.enum(VALUE_TYPES).meta({
  description:
    'text; number; yes/no (true or false); date ("2026-12-24"); date-time ("2026-12-24T18:00:00Z"); list (of texts or ' +
    'numbers); place ({ "lat", "lon" }).',
});
export type ValueType = z.infer<typeof valueTypeSchema>;

const name = z.string().min(1).max(100);
/** Dots lead into an object: "address.city" is the property city of the property address. */
const dottedName = z
  .string()
  .regex(/^[^.\s][^.]*(?:\.[^.\s][^.]*)*$/, 'a name may not start or end with a dot or a space')
  .max(100);

export const vocabularySchema = z
  .strictObject({
    events: z
      .record(
        name,
        z.record(dottedName, valueTypeSchema).describe('The properties of this event, each with its type.'),
      )
      .default({})
      .describe('The events that your applications send, each with its properties.'),
    traits: z
      .record(dottedName, valueTypeSchema)
      .default({})
      .describe('What is known of a customer, each with its type.'),
  })
  .meta({
    description: 'The events and traits that journeys may use, with their types.',
    examples: [{ events: { 'Order Completed': { total: 'number' } }, traits: { firstName: 'text' } }],
  });
export type Vocabulary = z.infer<typeof vocabularySchema>;

/** Traits with a meaning of their own: addresses, and how a customer is written to. Settings need not declare them. */
export const BUILT_IN_TRAITS: Readonly<Record<string, ValueType>> = {
  email: 'text',
  phone: 'text',
  timezone: 'text',
  locale: 'text',
  country: 'text',
};

const aboutMessage: Readonly<Record<string, ValueType>> = {
  message: 'text',
  channel: 'text',
  topic: 'text',
  journey: 'text',
  step: 'text',
};
/** Providers name the send by its key, `run/step/visit`; an application that knows no more names the message. */
const aboutReport: Readonly<Record<string, ValueType>> = { ...aboutMessage, send: 'text' };
/** An application asks for a journey to begin (entries/api.ts); settings may declare what else it says. */
export const REQUEST_EVENT = 'Journey Requested';

/** Consent to a topic that has to be confirmed (double opt-in). */
export const CONSENT_REQUESTED = 'Consent Requested';
/** An operator or application says what may not be written to, or may be again. */
export const SUPPRESSION_ADDED = 'Suppression Added';
export const SUPPRESSION_LIFTED = 'Suppression Lifted';

/** A customer asks on their page for their data, or for its erasure; `request`: `export` or `erasure`. */
export const PRIVACY_REQUESTED = 'Privacy Requested';

const aboutJourney: Readonly<Record<string, ValueType>> = { journey: 'text' };

/** Who was erased is a customer again: told by an application when they register anew. */
export const CUSTOMER_RETURNED = 'Customer Returned';

/**
 * Events that the product itself puts into a customer's stream or understands, with their properties. `value` and `before` of
 * a changed trait have no type here: they have that of the trait.
 */
export const BUILT_IN_EVENTS: Readonly<Record<string, Readonly<Record<string, ValueType>>>> = {
  'Customer Created': {},
  [CUSTOMER_RETURNED]: {},
  'Trait Changed': { trait: 'text' },
  'Consent Changed': {
    topic: 'text',
    channel: 'text',
    granted: 'yes/no',
    source: 'text',
    text: 'text',
    proof: 'text',
    confirmed: 'yes/no',
    import: 'yes/no',
  },
  [CONSENT_REQUESTED]: { topic: 'text', channel: 'text' },
  [SUPPRESSION_ADDED]: { channel: 'text', reason: 'text', source: 'text', proof: 'text' },
  [SUPPRESSION_LIFTED]: { channel: 'text', source: 'text', proof: 'text' },
  // `frequency`: "all", "daily", "weekly" or "monthly"; `pausedUntil`: null where it is over.
  'Preferences Changed': { frequency: 'text', pausedUntil: 'date-time' },
  [PRIVACY_REQUESTED]: { request: 'text' },
  'Segment Entered': { segment: 'text' },
  'Segment Left': { segment: 'text' },
  [REQUEST_EVENT]: aboutJourney,
  'Journey Entered': aboutJourney,
  'Journey Completed': aboutJourney,
  'Journey Exited': { ...aboutJourney, reason: 'text' },
  'Message Sent': aboutMessage,
  'Message Delivered': aboutReport,
  // `machine`: true where a mail scanner or a privacy proxy did it.
  'Message Opened': { ...aboutReport, machine: 'yes/no' },
  'Message Clicked': { ...aboutReport, link: 'text', machine: 'yes/no' },
  // "hard" or "soft".
  'Message Bounced': { ...aboutReport, type: 'text', reason: 'text' },
  // The provider has taken it and then held it back: for what it says, or by a setting of the account.
  'Message Rejected': { ...aboutReport, reason: 'text' },
  // It is still being tried, for hours. Passed by the rules only where a journey asks for it.
  'Message Delayed': { ...aboutReport, reason: 'text' },
  'Message Complained': { ...aboutReport, reason: 'text' },
  'Message Replied': { ...aboutReport, text: 'text' },
  'Message Unsubscribed': aboutReport,
  'Message Shown': aboutReport,
  'Message Dismissed': aboutReport,
  'Message Skipped': { ...aboutMessage, reason: 'text' },
  'Message Failed': { ...aboutMessage, reason: 'text' },
};

/** The properties of an event, settings' before built-in ones; undefined for an event that nobody has declared. */
export function eventProperties(
  vocabulary: Vocabulary,
  event: string,
): Readonly<Record<string, ValueType>> | undefined {
  const declared = Object.hasOwn(vocabulary.events, event) ? vocabulary.events[event] : undefined;
  if (declared !== undefined) return event === REQUEST_EVENT ? { ...aboutJourney, ...declared } : declared;
  return Object.hasOwn(BUILT_IN_EVENTS, event) ? BUILT_IN_EVENTS[event] : undefined;
}

/** The type of a trait; undefined for one that nobody has declared. */
export function traitType(vocabulary: Vocabulary, trait: string): ValueType | undefined {
  if (Object.hasOwn(vocabulary.traits, trait)) return vocabulary.traits[trait];
  return Object.hasOwn(BUILT_IN_TRAITS, trait) ? BUILT_IN_TRAITS[trait] : undefined;
}
