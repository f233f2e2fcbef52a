/**
 * E-mail by SES: one `SendEmail` with simple content. SES makes the MIME message and encodes the subject; events about it come back
 * through the configuration set, with the tags that are given here.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';
import { messageTags } from '#lib/contracts/message-tags.ts';
import type { RenderedMessage } from '#lib/engine/ports.ts';
import { NO_SENDER, refused, type ChannelSender } from './channel-sender.ts';
import { asciiAddress, asciiSender } from './email-address.ts';
import { listHeaders } from './list-headers.ts';
import { failureOf, type FailureTable } from './provider-failure.ts';

/** Who an e-mail is from, by the name of the sender in settings. */
export type EmailSenders = (name: string) =>
  | {
      readonly from: string;
      readonly replyTo?: string | undefined;
      /** The tenant of SES that it is sent by: its own reputation, its own pause. */
      readonly tenant?: string | undefined;
    }
  | undefined;

/** Errors of `SendEmail`, as its page lists them. */
const FAILURES: FailureTable = {
  // Content or address; in the sandbox also an address that is not verified.
  MessageRejected: 'refused',
  BadRequestException: 'refused',
  // SES has restricted the account for good.
  AccountSuspendedException: 'refused',
  // Paused by SES or by an operator, an identity not verified yet, the quota of the day, a configuration set that is missing.
  SendingPausedException: 'try later',
  MailFromDomainNotVerifiedException: 'try later',
  LimitExceededException: 'try later',
  NotFoundException: 'try later',
};

export function createEmail(options: {
  readonly client: Pick<SESv2Client, 'send'>;
  readonly deployment: string;
  readonly configurationSet: string;
  readonly senders: EmailSenders;
}): ChannelSender {
  const { client, deployment, configurationSet, senders } = options;
  return async ({ sent, class: messageClass, rendered }) => {
    const sender = senders(rendered.sender ?? 'default');
    if (sender === undefined) return refused(NO_SENDER);
    const from = asciiSender(sender.from);
    const replyTo = sender.replyTo === undefined ? [] : [asciiSender(sender.replyTo)];
    if (from === undefined || replyTo.includes(undefined)) return refused('the sender has no usable address');
    const to = rendered.to.map(asciiAddress);
    if (to.length !== 1 || to[0] === undefined) return refused('the address is none that SES can write to');
    // Transactional messages cannot be unsubscribed from, and belong to no list.
    const headers =
      messageClass === 'marketing'
        ? listHeaders({ topic: sent.topic, from, unsubscribe: rendered.unsubscribe })
        : [];
    try {
      const { MessageId } = await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { ToAddresses: [to[0]] },
          ReplyToAddresses: replyTo.filter((address) => address !== undefined),
          Content: {
            Simple: { ...contentOf(rendered), ...(headers.length === 0 ? {} : { Headers: headers }) },
          },
          ConfigurationSetName: configurationSet,
          EmailTags: messageTags(deployment, sent),
          ...(sender.tenant === undefined ? {} : { TenantName: sender.tenant }),
        }),
      );
      return MessageId === undefined
        ? { kind: 'unknown', reason: 'SES: no message id' }
        : { kind: 'accepted', id: MessageId };
    } catch (error) {
      return failureOf('SES', error, FAILURES);
    }
  };
}

function contentOf({ subject = '', html, text }: RenderedMessage) {
  return {
    Subject: utf8(oneLine(subject)),
    Body: {
      ...(html === undefined ? {} : { Html: utf8(html) }),
      ...(text === undefined ? {} : { Text: utf8(text) }),
    },
  };
}

/** The renderer makes one line of it; that a subject never begins another header is not left to it alone. */
function oneLine(subject: string): string {
  return subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

/** SES takes seven bits where no character set is named. */
function utf8(Data: string) {
  return { Data, Charset: 'UTF-8' };
}
