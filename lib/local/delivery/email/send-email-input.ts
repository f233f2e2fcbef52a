// What SendEmail is asked for, checked as SES does. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
import * as z from 'zod';
import { isObject } from '../../asl/json.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { refuseOptions } from '../../gateway/refused-options.ts';
import { ServiceError } from '../../gateway/service-error.ts';
import { checkMailbox } from './email-address.ts';

const charset = z.string().optional();
const textSchema = z.strictObject({ Data: z.string(), Charset: charset });

/** Names of headers, RFC 5322 section 2.2, and the lengths of https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html */
const headerSchema = z.strictObject({
  Name: z.string().regex(/^[!-9;-~]{1,126}$/, 'is no name of a header'),
  Value: z.string().regex(/^[^\r\n\0]{0,995}$/, 'is no value of a header'),
});

const attachmentSchema = z.strictObject({
  /** Base64. */
  RawContent: z.base64(),
  FileName: z.string().min(1).max(255),
  ContentType: z.string().max(78).optional(),
  ContentDisposition: z.enum(['ATTACHMENT', 'INLINE']).optional(),
  ContentDescription: z.string().max(1000).optional(),
  ContentId: z.string().max(78).optional(),
  ContentTransferEncoding: z.enum(['BASE64', 'QUOTED_PRINTABLE', 'SEVEN_BIT']).optional(),
});

const simpleSchema = z.strictObject({
  Subject: textSchema,
  Body: z
    .strictObject({ Text: textSchema.optional(), Html: textSchema.optional() })
    .refine(({ Text, Html }) => Text !== undefined || Html !== undefined, 'has neither Text nor Html'),
  Headers: z.array(headerSchema).max(15).default([]),
  Attachments: z.array(attachmentSchema).default([]),
});

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html */
const tagText = z
  .string()
  .regex(
    /^[A-Za-z0-9_-]{1,256}$/,
    'only ASCII letters, digits, underscores and dashes, from 1 to 256 of them',
  );

const addresses = z.array(z.string()).default([]);

const inputSchema = z.strictObject({
  FromEmailAddress: z.string(),
  Destination: z.strictObject({
    ToAddresses: addresses,
    CcAddresses: addresses,
    BccAddresses: addresses,
  }),
  ReplyToAddresses: addresses,
  Content: z.strictObject({ Simple: simpleSchema }),
  EmailTags: z.array(z.strictObject({ Name: tagText, Value: tagText })).default([]),
  ConfigurationSetName: z.string().optional(),
  /** Everybody has a tenant of every name here: reputations are not kept apart. */
  TenantName: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'is no name of a tenant')
    .optional(),
  ListManagementOptions: z
    .strictObject({ ContactListName: z.string(), TopicName: z.string().optional() })
    .optional(),
});
export type SendEmailInput = z.output<typeof inputSchema>;

/** What SES takes and nothing here could keep its promise on: better refused than sent otherwise than asked for. */
const CONTENT_NOT_HERE: readonly (readonly [name: string, why: string])[] = [
  ['Raw', 'MIME messages are not read here; send Content.Simple.'],
  ['Template', 'templates of SES are not kept here; send Content.Simple.'],
];
const NOT_HERE = [
  'EndpointId',
  'ConfigurationOverrides',
  'FromEmailAddressIdentityArn',
  'FeedbackForwardingEmailAddress',
  'FeedbackForwardingEmailAddressIdentityArn',
];

/** https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const MOST_RECIPIENTS = 50;

/** @throws ServiceError: BadRequestException as SES; NotImplemented with the name of what is missing here. */
export function parseSendEmail(input: unknown): SendEmailInput {
  refuseOptions(input, NOT_HERE);
  const content = isObject(input) ? input['Content'] : undefined;
  for (const [name, why] of CONTENT_NOT_HERE)
    if (isObject(content) && content[name] !== undefined)
      throw new ServiceError('NotImplemented', `SendEmail with Content.${name}: ${why}`, 501);
  const parsed = parseInput(inputSchema, input, 'BadRequestException');
  const { ToAddresses, CcAddresses, BccAddresses } = parsed.Destination;
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  if (recipients.length === 0) throw new ServiceError('BadRequestException', 'There are no recipients.');
  if (recipients.length > MOST_RECIPIENTS)
    throw new ServiceError('BadRequestException', `Recipient count exceeds ${MOST_RECIPIENTS}.`);
  for (const mailbox of [parsed.FromEmailAddress, ...recipients, ...parsed.ReplyToAddresses])
    checkMailbox(mailbox);
  return parsed;
}
