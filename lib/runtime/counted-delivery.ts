/** Counts what providers answer, so that an alarm can tell when they stop to take messages. */
import type { MetricName } from '#lib/contracts/metric-names.ts';
import type { Delivery, ProviderAnswer } from '#lib/engine/ports.ts';
import type { Counts } from './metrics.ts';

const COUNTED_AS: Readonly<Record<ProviderAnswer['kind'], MetricName>> = {
  accepted: 'SendsAccepted',
  refused: 'SendsRefused',
  'try later': 'SendsPutOff',
  unknown: 'SendsInDoubt',
};

/** The same delivery; a client that throws has left the message in doubt, and is passed on. */
export function countedDelivery(delivery: Delivery, counts: Counts): Delivery {
  return {
    async send(message) {
      try {
        const answer = await delivery.send(message);
        counts.count(COUNTED_AS[answer.kind]);
        return answer;
      } catch (error) {
        counts.count('SendsInDoubt');
        throw error;
      }
    },
  };
}
