/** Whether a channel can reach the customer with a send at all: what no waiting mends. */
import type { Channel, SendSettings } from '#lib/contracts/step-calls.ts';
import type { Deciding } from '../deciding.ts';
import { addressesOf, isSuppressed } from './addresses.ts';
import { hasConsent } from './consent.ts';

/** The reason why it cannot, undefined where it can. Transactional messages obey suppression alone. */
export function whyUnreachable(
  deciding: Deciding,
  settings: SendSettings,
  channel: Channel,
): string | undefined {
  if (isSuppressed(deciding.document, channel)) return 'suppressed';
  if (addressesOf(deciding.document, channel).length === 0) return 'no address';
  if (settings.class === 'marketing' && !hasConsent(deciding, settings.topic, channel)) return 'no consent';
  return undefined;
}
