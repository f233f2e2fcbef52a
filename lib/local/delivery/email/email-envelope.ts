// What SES repeats of an e-mail in each report about it: kept with the message, because its content is not kept for ever.
import * as z from 'zod';
import type { Json } from '../../asl/json.ts';
import { bareAddress, domainOf } from './email-address.ts';
import type { SendEmailInput } from './send-email-input.ts';

const envelopeSchema = z.strictObject({
  source: z.string(),
  /** All recipients of the call; the message in the outbox is that of one of them. */
  destination: z.array(z.string()),
  to: z.array(z.string()),
  subject: z.string(),
  contentType: z.string(),
  tags: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  configurationSet: z.string().optional(),
  contactList: z.string().optional(),
  topic: z.string().optional(),
});
export type EmailEnvelope = z.infer<typeof envelopeSchema>;

export function emailEnvelope(input: SendEmailInput, boundary: string): Json {
  const { ToAddresses, CcAddresses, BccAddresses } = input.Destination;
  const { Subject, Body, Attachments } = input.Content.Simple;
  const isAlternative = Body.Html !== undefined && Body.Text !== undefined;
  const envelope: EmailEnvelope = {
    source: input.FromEmailAddress,
    destination: [...ToAddresses, ...CcAddresses, ...BccAddresses],
    to: ToAddresses,
    subject: Subject.Data,
    contentType:
      Attachments.length > 0
        ? `multipart/mixed; boundary="${boundary}"`
        : isAlternative
          ? `multipart/alternative; boundary="${boundary}"`
          : `text/${Body.Html === undefined ? 'plain' : 'html'}; charset=UTF-8`,
    tags: input.EmailTags.map(({ Name, Value }) => ({ name: Name, value: Value })),
    ...(input.ConfigurationSetName === undefined ? {} : { configurationSet: input.ConfigurationSetName }),
    ...(input.ListManagementOptions === undefined
      ? {}
      : {
          contactList: input.ListManagementOptions.ContactListName,
          ...(input.ListManagementOptions.TopicName === undefined
            ? {}
            : { topic: input.ListManagementOptions.TopicName }),
        }),
  };
  return envelope as Json;
}

/** As `emailEnvelope` has written it; it comes from our own journal. */
export function readEmailEnvelope(envelope: Json): EmailEnvelope {
  return envelopeSchema.parse(envelope);
}

/** The domain of whoever sends, as identities of SES are named. */
export function senderDomain({ source }: Pick<EmailEnvelope, 'source'>): string {
  return domainOf(bareAddress(source));
}
