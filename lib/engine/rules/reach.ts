/** Whether a channel can reach the customer with a send at all: what no waiting mends. */
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import { addressesOf, isSuppressed } from './addresses.ts';
import { whyNoConsent } from './consent-precedence.ts';
import { isPausedByCustomer, PAUSED_BY_CUSTOMER } from './preferences.ts';

/** The reason why it cannot at the instant, undefined where it can. Transactional messages obey suppression alone. */
export function whyUnreachable(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
  at: Instant = deciding.now,
): string | undefined {
  if (isSuppressed(deciding.document, channel)) return 'suppressed';
  if (addressesOf(deciding.document, channel).length === 0) return 'no address';
  if (settings.class === 'transactional') return undefined;
  const refusal = whyNoConsent(deciding, settings.topic, channel);
  if (refusal !== undefined) return refusal;
  return isPausedByCustomer(deciding.document, at) ? PAUSED_BY_CUSTOMER : undefined;
}
