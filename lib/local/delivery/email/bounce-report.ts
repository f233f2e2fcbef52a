// What SES says of an e-mail that came back: for good or for now, and why.
// https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html#event-publishing-retrieving-sns-contents-bounce-object
import type { Happening } from '../happenings/happening.ts';

/** The machine that tells the customer's mail server, and is told. */
export const MAIL_SERVER = 'mta.local.example';

/**
 * The object `bounce` of a report.
 * @param timestamp ISO 8601.
 * @param id of the report, its `feedbackId`.
 */
export function bounceOf(
  { type, cause }: Extract<Happening, { what: 'bounced' }>,
  emailAddress: string,
  timestamp: string,
  id: string,
) {
  const common = { timestamp, feedbackId: id, reportingMTA: `dsn; ${MAIL_SERVER}` };
  const failed = (status: string, diagnosticCode: string) => [
    { emailAddress, action: 'failed', status, diagnosticCode },
  ];
  if (cause === 'automatic answer')
    return {
      bounceType: 'Transient',
      bounceSubType: 'General',
      bouncedRecipients: [{ emailAddress }],
      ...common,
    };
  if (cause === 'suppression list')
    return {
      bounceType: 'Permanent',
      bounceSubType: 'OnAccountSuppressionList',
      bouncedRecipients: failed(
        '5.1.1',
        'Amazon SES did not send the message to this address because it is on the suppression list for your account.',
      ),
      ...common,
    };
  if (cause === 'global suppression list')
    return {
      bounceType: 'Permanent',
      bounceSubType: 'Suppressed',
      bouncedRecipients: failed(
        '5.1.1',
        'Amazon SES has suppressed sending to this address because it has a recent history of bouncing as an invalid address.',
      ),
      ...common,
    };
  return type === 'permanent'
    ? {
        bounceType: 'Permanent',
        bounceSubType: 'General',
        bouncedRecipients: failed('5.1.1', 'smtp; 550 5.1.1 user unknown'),
        ...common,
      }
    : {
        bounceType: 'Transient',
        bounceSubType: 'MailboxFull',
        bouncedRecipients: failed('4.2.2', 'smtp; 452 4.2.2 mailbox full'),
        ...common,
      };
}
