// Reports about WhatsApp messages, as AWS End User Messaging Social puts them on the default bus.
// https://docs.aws.amazon.com/social-messaging/latest/userguide/managing-event-destinations-status.html
import type { Happening } from '../happenings/happening.ts';
import type { Report } from '../happenings/happenings.ts';

/** Of an account that is nobody's. */
const ACCOUNT = '1000000000000000';
const NUMBER = '15555550100';

export const reportWhatsAppMessage: Report = (message, happening, at) => {
  const told = statusOf(happening);
  if (told === undefined) return undefined;
  const { status, name } = told;
  return {
    source: 'aws.social-messaging',
    detailType: `WhatsApp Message ${name}`,
    detail: {
      wabaId: ACCOUNT,
      originationPhoneNumber: NUMBER,
      originationPhoneNumberId: message.sender.replace(/^.*(?:phone-number-id-|\/)/, ''),
      messageId: message.providerId,
      status,
      // Seconds, as Meta counts.
      eventTimestamp: String(Math.floor(at / 1000)),
      ...(status === 'failed'
        ? {
            errors: [{ code: 131026, title: 'Message undeliverable', message: 'Message undeliverable' }],
          }
        : {}),
    },
    resources: [],
    at,
  };
};

/** undefined: what a customer writes comes as another event, which holds no text and names no message. */
function statusOf(happening: Happening): { readonly status: string; readonly name: string } | undefined {
  switch (happening.what) {
    case 'sent':
      return { status: 'sent', name: 'Sent' };
    case 'delivered':
      return { status: 'delivered', name: 'Delivered' };
    case 'opened':
      return { status: 'read', name: 'Read' };
    case 'bounced':
      return { status: 'failed', name: 'Failed' };
    case 'delayed':
    case 'complained':
    case 'rejected':
    case 'clicked':
    case 'unsubscribed':
    case 'replied':
      return undefined;
  }
}
