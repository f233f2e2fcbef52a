/** Whether a channel can reach the customer with a send at all: what no waiting mends. */
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import { addressesOf, isSuppressed } from './addresses.ts';
import { hasConsent } from './consent.ts';
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
  if (!hasConsent(deciding, settings.topic, channel)) return 'no consent';
  if (isPausedByCustomer(deciding.document, at)) return PAUSED_BY_CUSTOMER;
  return undefined;
}
