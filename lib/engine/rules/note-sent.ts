/** Tells that a message has gone out, or may have: whether its sender heard of it, or the provider's report came first. */
import { runOfSend } from '#lib/contracts/ids.ts';
import { note, announce, type Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { CERTAIN } from './channel-order.ts';

/** What is told of a send. */
export type ToldSend = Pick<
  SendRecord,
  'key' | 'journey' | 'step' | 'message' | 'channel' | 'topic' | 'class' | 'chosen' | 'odds'
>;

/** `version` of the run; a report may come when the run is no longer known. `segments` of a text message: only its sender knows them. */
export function noteSent(
  deciding: Deciding,
  { version }: { readonly version?: string },
  { key, journey, step, message, channel, topic, class: messageClass, chosen, odds }: ToldSend,
  outcome: 'accepted' | 'unknown',
  segments?: number,
): void {
  note(deciding, {
    kind: 'sends',
    journey,
    ...(version === undefined ? {} : { version }),
    run: runOfSend(key),
    step,
    message,
    channel,
    // Consent was asked for: the topic is part of why it came.
    ...(topic === undefined || messageClass === 'transactional' ? {} : { topic }),
    outcome,
    ...(segments === undefined ? {} : { segments }),
    ...(chosen === undefined ? {} : { reason: chosen, probability: (odds ?? CERTAIN) / CERTAIN }),
  });
  // Told apart by its key: a run sends more than once.
  announce(
    deciding,
    'Message Sent',
    { id: key, at: deciding.now },
    { message: message.split('@')[0], channel, ...(topic === undefined ? {} : { topic }), journey, step },
  );
}
