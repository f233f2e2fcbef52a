// What each channel's file offers to the registry (create-delivery.ts).
import type { OutgoingMessage, ProviderAnswer } from '#lib/engine/ports.ts';

/**
 * One plain call to the provider of one channel. Everything that the provider can say is an answer; the caller takes what is thrown
 * all the same for a doubt.
 */
export type ChannelSender = (message: OutgoingMessage) => Promise<ProviderAnswer>;

/** Refused without asking the provider: it is certain that it would. */
export function refused(reason: string): ProviderAnswer {
  return { kind: 'refused', reason };
}

/** Settings name nobody who sends on this channel. */
export const NO_SENDER = 'the settings name no sender for this channel';
