// The addresses with which SES lets senders try out what becomes of e-mails.
// https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
import type { Planned } from '../happenings/happenings.ts';
import { domainOf } from './email-address.ts';

const DOMAIN = 'simulator.amazonses.com';
const sent: Planned = { afterMillis: 1000, happening: { what: 'sent' } };
const delivered: Planned = { afterMillis: 2000, happening: { what: 'delivered' } };

const FATES: Readonly<Record<string, readonly Planned[]>> = {
  success: [sent, delivered],
  bounce: [sent, { afterMillis: 3000, happening: { what: 'bounced', type: 'permanent' } }],
  ooto: [
    sent,
    delivered,
    {
      afterMillis: 4000,
      happening: { what: 'bounced', type: 'transient', cause: 'automatic answer' },
    },
  ],
  complaint: [sent, delivered, { afterMillis: 5000, happening: { what: 'complained' } }],
  suppressionlist: [
    sent,
    {
      afterMillis: 3000,
      happening: { what: 'bounced', type: 'permanent', cause: 'global suppression list' },
    },
  ],
};

/**
 * What becomes of an e-mail to a simulated mailbox; undefined for any other. A label behind a plus is allowed: `bounce+7@…`. They are
 * never put on the account's suppression list.
 */
export function simulatedFate(address: string): readonly Planned[] | undefined {
  if (!isSimulated(address)) return undefined;
  const name = address.slice(0, address.lastIndexOf('@')).toLowerCase().replace(/\+.*$/s, '');
  return Object.hasOwn(FATES, name) ? FATES[name] : undefined;
}

export function isSimulated(address: string): boolean {
  return domainOf(address) === DOMAIN;
}
