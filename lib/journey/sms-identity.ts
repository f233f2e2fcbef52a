/**
 * Who a text message comes from: a telephone number, a sender id, or what stands for some of them in End User Messaging. Of these the
 * recipient can write back to numbers alone.
 */
import * as z from 'zod';

/**
 * Numbers as E.164 has them, and sender ids of up to eleven letters, digits and hyphens with a letter among them
 * (https://docs.aws.amazon.com/sms-voice/latest/userguide/sender-id-request-supported-countries.html); ids and ARNs are those of
 * `OriginationIdentity` (https://docs.aws.amazon.com/pinpoint/latest/apireference_smsvoicev2/API_SendTextMessage.html).
 */
const NUMBER = /^\+[1-9]\d{4,14}$/;
const SENDER_ID = /^(?=[A-Za-z0-9-]*[A-Za-z])[A-Za-z0-9-]{1,11}$/;
const ID_OR_ARN = /^(?:(?:phone|pool|sender-id)-[A-Za-z0-9]+|arn:[A-Za-z0-9_:/+-]+)$/;

export const smsIdentitySchema = z
  .string()
  .refine(
    (text) => [NUMBER, SENDER_ID, ID_OR_ARN].some((form) => form.test(text)),
    'must be a number such as "+12065550100", a sender id of up to 11 letters, digits and hyphens, or the id or ARN of a number or pool',
  );

/** Numbers, and pools, which hold numbers; nobody can write back to a sender id (docs: two-way-sms). */
export function canBeAnswered(identity: string): boolean {
  return /^(?:\+|phone-|pool-)/.test(identity) || /^arn:.*:(?:phone-number|pool)\//.test(identity);
}

/** A number of the United States or of the countries that share their code and the rules of their carriers. */
export function isNorthAmerican(identity: string): boolean {
  return identity.startsWith('+1');
}
