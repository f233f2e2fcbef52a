/** What providers report about messages, over the account's default bus: events of the customers whom the messages went to. */
import { Fault } from '#lib/contracts/faults.ts';
import { reportEvent } from '#lib/contracts/provider-events/provider-event.ts';
import { isProviderSource, readProviderEvent } from '#lib/contracts/provider-events/read-provider-event.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { Clock, MessageLinks } from '#lib/engine/ports.ts';
import type { SourceReader } from './source-reader.ts';

/**
 * Reports of text messages name nothing but the provider's id, which is remembered once the provider has answered: the first report may
 * be faster. One that is older and still of an unknown message is about what another system of the account has sent.
 */
const REMEMBERED_WITHIN_MILLIS = 60_000;

/** `read` throws the fault `MessageUnknown` where a report may be faster than what it is about, and those of `links`. */
export function providerEvents(
  deployment: string,
  links: Pick<MessageLinks, 'find'>,
  clock: Pick<Clock, 'now'>,
): SourceReader {
  return {
    takes: ({ source }) => isProviderSource(source),
    async read({ source, detailType, detail, time, received }) {
      const reading = readProviderEvent(deployment, { source, 'detail-type': detailType, detail });
      switch (reading.kind) {
        case 'refused':
          return { refused: reading.reason };
        case 'not ours':
          return { passedOver: 'about a message of another system' };
        case 'nothing to tell':
          return { passedOver: reading.reason };
        case 'about': {
          const { sent, channel, report } = reading;
          return { customer: sent.customer, event: reportEvent(report, sent, channel, received) };
        }
        case 'by id': {
          const { channel, id, report } = reading;
          const sent = await links.find(channel, id);
          if (sent !== undefined)
            return { customer: sent.customer, event: reportEvent(report, sent, channel, received) };
          if (addMillis(time, REMEMBERED_WITHIN_MILLIS) < clock.now())
            return { passedOver: 'about a message of another system' };
          throw new Fault(
            'MessageUnknown',
            'a report about a message that is not known yet; it should be tried again later',
          );
        }
      }
    },
  };
}
