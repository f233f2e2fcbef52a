// What customers do and no provider tells on the bus: the application tells it, as in production.
import { sendKey } from '#lib/contracts/ids.ts';
import type { Happening } from '../happenings/happening.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import { isOptOut } from '../text-message/opt-out-lists.ts';

/** Channels on which the provider tells what customers write back. */
export type TwoWayChannels = ReadonlySet<OutboxMessage['channel']>;

/** An event that an application reports: its name and properties as docs/play.md has them. */
export interface ApplicationReport {
  /** The same for the same report, should it come again. */
  readonly id: string;
  /** Milliseconds of the business's clock since 1970. */
  readonly at: number;
  /** The deployment's id of the customer. */
  readonly customer: string;
  readonly event: string;
  readonly properties: Readonly<Record<string, string>>;
}

/** undefined: the provider tells it, or answers it by itself; or nothing says whose customer it was. */
export function applicationReport(
  message: OutboxMessage,
  happening: Happening,
  at: number,
  twoWay: TwoWayChannels,
): ApplicationReport | undefined {
  const { channel, about } = message;
  const { customer, run, step, visit, message: name } = about;
  const event = applicationEvent(channel, happening, twoWay);
  if (event === undefined || customer === undefined) return undefined;
  return {
    id: `${message.id}-${happening.what}-${at}`,
    at,
    customer,
    event,
    properties: {
      channel,
      ...(run === undefined || step === undefined || visit === undefined
        ? {}
        : { send: sendKey(run, step, visit) }),
      ...(name === undefined ? {} : { message: name }),
      ...(happening.what === 'replied' ? { text: happening.text } : {}),
      ...(happening.what === 'clicked' && happening.link !== '' ? { link: happening.link } : {}),
    },
  };
}

/** Its name; undefined where no application has to tell it. */
export function applicationEvent(
  channel: OutboxMessage['channel'],
  happening: Happening,
  twoWay: TwoWayChannels,
): string | undefined {
  switch (happening.what) {
    case 'replied':
      if (twoWay.has(channel)) return undefined;
      // AWS itself answers the keyword.
      return channel === 'sms' && isOptOut(happening.text) ? undefined : 'Message Replied';
    case 'opened':
      if (channel === 'inapp') return 'Message Shown';
      return channel === 'push' ? 'Message Opened' : undefined;
    case 'clicked':
      return channel === 'email' ? undefined : 'Message Clicked';
    case 'sent':
    case 'delivered':
    case 'delayed':
    case 'bounced':
    case 'complained':
    case 'rejected':
    case 'unsubscribed':
      return undefined;
  }
}
