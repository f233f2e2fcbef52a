/**
 * The customer confirms what was asked for in their name (double opt-in). They are let through only while the request waits: a link that
 * is used after a refusal, or when the request has expired, confirms nothing.
 */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '../document.ts';
import { isRequested, whyNoConsent } from '../rules/consent-precedence.ts';
import { switchedWorkspace } from './switched-workspace.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';

export interface Confirming {
  readonly customer: string;
  readonly topic: string;
  /** run/step/visit of the message that the link stands in: kept in the ledger. */
  readonly send?: string;
  /** Where the customer was, as the ledger and `source` tell it. */
  readonly source: string;
}

/**
 * Confirms everything that is asked for about the topic, with one commit. `confirmed`: it is consent now; `confirmed already`: it was
 * before, and the same link used again says the same; `nothing to confirm`: the request has expired, or was refused since. Throws the faults of
 * `decideAndCommit`.
 */
export async function confirmConsent(
  engine: Engine<DecidingPorts>,
  { customer, topic, send, source }: Confirming,
): Promise<'confirmed' | 'confirmed already' | 'nothing to confirm'> {
  const workspace = switchedWorkspace(engine.workspace, await engine.ports.switches.current());
  const now = engine.ports.clock.now();
  let waited = false;
  const { document } = await decideAndCommit(engine, customer, (before) => {
    const asked = Object.keys(before.requested?.[topic] ?? {}).filter((channel) =>
      isRequested({ document: before, workspace, now }, topic, channel),
    );
    waited = asked.length > 0;
    const isEach = channelSchema.options.every((channel) => asked.includes(channel));
    const named = isEach ? asked.filter((channel) => channel === ANY) : asked;
    return [...(isEach ? [undefined] : []), ...named].map((channel) =>
      confirmation(before, { topic, channel, send, source }, now),
    );
  });
  if (waited) return 'confirmed';
  const isGranted =
    document !== undefined &&
    channelSchema.options.some(
      (channel) => whyNoConsent({ document, workspace, now }, topic, channel) === undefined,
    );
  return isGranted ? 'confirmed already' : 'nothing to confirm';
}

function confirmation(
  { customer, requested }: CustomerDocument,
  {
    topic,
    channel,
    send,
    source,
  }: Omit<Confirming, 'customer' | 'send'> & { channel: string | undefined; send: string | undefined },
  now: Instant,
): CustomerEvent {
  const asked = JSON.stringify(requested?.[topic]);
  return {
    kind: 'event',
    // Of one request there is one confirmation, however often the button is pressed.
    id: hashHex(`confirmed ${customer} ${topic} ${channel ?? ''} ${asked}`, 32),
    at: now,
    received: now,
    event: 'Consent Changed',
    properties: {
      topic,
      ...(channel === undefined ? {} : { channel }),
      granted: true,
      confirmed: true,
      source,
      ...(send === undefined ? {} : { send }),
    },
  };
}
