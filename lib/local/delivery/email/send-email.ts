// SendEmail: checks what SES checks, and hands one message for each recipient to the outbox.
import { ServiceError } from '../../gateway/service-error.ts';
import type { Carrier, Refusals } from '../carrier.ts';
import type { Planned } from '../happenings/happenings.ts';
import type { AccountSending } from './account-sending.ts';
import type { ConfigurationSets } from './configuration-sets.ts';
import { bareAddress } from './email-address.ts';
import { emailContent, linksOf } from './email-content.ts';
import { emailEnvelope } from './email-envelope.ts';
import type { Identities } from './identities.ts';
import { aboutTags } from '../about-tags.ts';
import { parseSendEmail } from './send-email-input.ts';
import { simulatedFate } from './simulated-mailboxes.ts';
import type { SuppressionList } from './suppression-list.ts';

export interface SendEmailOptions {
  readonly carrier: Carrier;
  readonly account: AccountSending;
  readonly sets: ConfigurationSets;
  readonly suppressed: SuppressionList;
  readonly identities: Identities;
  readonly now: () => number;
  readonly uniqueId: () => string;
}

/** Errors of SendEmail with their statuses. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html#API_SendEmail_Errors */
const ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  MessageRejected: [400, 'The message contains content that is not accepted.'],
  AccountSuspendedException: [400, 'Your account is suspended.'],
  BadRequestException: [400, 'The input is not valid.'],
  LimitExceededException: [400, 'Daily message quota exceeded.'],
  MailFromDomainNotVerifiedException: [400, 'The MAIL FROM domain is not verified.'],
  NotFoundException: [404, 'The resource that you attempted to access does not exist.'],
  SendingPausedException: [400, 'Email sending is paused for your account.'],
  TooManyRequestsException: [429, 'Maximum sending rate exceeded.'],
};

const REFUSALS: Refusals = {
  throttled: () => errorNamed('TooManyRequestsException'),
  named: (error = 'MessageRejected') => errorNamed(error),
};

/** Names that can be given to the behaviour `refuse` of e-mail. */
export const EMAIL_ERRORS: readonly string[] = Object.keys(ERRORS);

export async function sendEmail(options: SendEmailOptions, given: unknown): Promise<{ MessageId: string }> {
  const { carrier, account, sets, identities, now, uniqueId } = options;
  const input = parseSendEmail(given);
  account.check();
  const { ConfigurationSetName, EmailTags } = input;
  const set = ConfigurationSetName === undefined ? undefined : sets.get(ConfigurationSetName);
  if (set?.isSending === false)
    throw new ServiceError(
      'SendingPausedException',
      `Sending paused for configuration set <${set.name}>. For more information, please check the inbox of the email address associated with your AWS account.`,
    );
  identities.check(input.FromEmailAddress);
  const envelope = emailEnvelope(input, `----=_Part_${uniqueId()}`);
  const recipients = [
    ...input.Destination.ToAddresses,
    ...input.Destination.CcAddresses,
    ...input.Destination.BccAddresses,
  ];
  const behaviours = recipients.map((recipient) => carrier.ask('email', bareAddress(recipient), REFUSALS));
  const MessageId = messageId(now(), uniqueId());
  await Promise.all(
    recipients.map(async (recipient, index) => {
      const address = bareAddress(recipient);
      await carrier.take(
        {
          channel: 'email',
          to: [address],
          sender: input.FromEmailAddress,
          providerId: MessageId,
          about: aboutTags(EmailTags.map(({ Name, Value }) => [Name, Value])),
          content: emailContent(input),
          links: linksOf(input),
          envelope,
          isTracked: input.Content.Simple.Body.Html !== undefined,
        },
        behaviours[index],
        fateBySes(options, address, ConfigurationSetName),
      );
    }),
  );
  return { MessageId };
}

/** What SES itself decides about an address; undefined: the mail goes out. */
function fateBySes(
  { sets, suppressed }: SendEmailOptions,
  address: string,
  setName: string | undefined,
): readonly Planned[] | undefined {
  const entry = suppressed.find(address);
  const reasons =
    (setName === undefined ? undefined : sets.get(setName).suppressedReasons) ?? ACCOUNT_SUPPRESSES;
  if (entry !== undefined && reasons.includes(entry.reason))
    return [
      {
        afterMillis: 1000,
        happening:
          entry.reason === 'BOUNCE'
            ? { what: 'bounced', type: 'permanent', cause: 'suppression list' }
            : { what: 'complained', isSuppressed: true },
      },
    ];
  return simulatedFate(address);
}

/** As accounts are made. https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html */
export const ACCOUNT_SUPPRESSES: readonly ('BOUNCE' | 'COMPLAINT')[] = ['BOUNCE', 'COMPLAINT'];

/** The form of SES: `010001…-<uuid>-000000`, the beginning of which is the time. */
function messageId(at: number, unique: string): string {
  return `0107${at.toString(16).padStart(12, '0')}-${unique}-000000`;
}

function errorNamed(name: string): ServiceError {
  const [status, message] = ERRORS[name] ?? [400, name];
  return new ServiceError(name, message, status);
}
