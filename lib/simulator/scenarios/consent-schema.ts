/** Consent as scenarios write it: each topic with its channels, or "all" of them; and the events that say it. */
import * as z from 'zod';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';

export const consentSchema = z
  .record(z.string(), z.union([z.literal('all'), z.array(channelSchema).min(1)]))
  .meta({
    description: 'Topics, each with the channels that it is about, or "all".',
    examples: [{ promotions: ['email', 'sms'] }, { promotions: 'all' }],
  });
export type WrittenConsent = z.infer<typeof consentSchema>;

/** One event for each topic and channel; for "all" one that names no channel. */
export function consentEvents(
  consent: WrittenConsent,
  granted: boolean,
): Omit<CustomerEvent, 'id' | 'at' | 'received'>[] {
  return Object.entries(consent).flatMap(([topic, channels]) =>
    (channels === 'all' ? [undefined] : channels).map((channel) => ({
      kind: 'event' as const,
      event: 'Consent Changed',
      properties: { topic, granted, ...(channel !== undefined && { channel }) },
    })),
  );
}
