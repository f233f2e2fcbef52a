/** What inputs have newly told of messages: each report counts once, where the document learns of it. */
import type { Channel, MessageClass } from '#lib/contracts/step-calls.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { OutcomeCounts } from '#lib/journey/breaker.ts';
import type { CustomerDocument } from '../document.ts';
import type { Input } from '../input.ts';

/** One message of a journey, delivered, bounced for good or complained about. */
export interface Outcome {
  readonly journey: string;
  readonly channel: Channel;
  readonly class: MessageClass;
  /** When it was sent. */
  readonly sent: Instant;
  readonly kind: keyof OutcomeCounts;
}

/** Events that tell an outcome, and the report that the document keeps of it. */
const TELLING: Readonly<Record<string, readonly [report: string, kind: keyof OutcomeCounts]>> = {
  'Message Delivered': ['delivered', 'delivered'],
  'Message Bounced': ['hardBounced', 'bounced'],
  'Message Complained': ['complained', 'complained'],
};

/**
 * What the account's own suppression list has held back was never sent, and SES counts it in no rate: a list of old addresses that was
 * brought in must not stop a journey.
 * https://docs.aws.amazon.com/ses/latest/dg/sending-email-suppression-list.html
 */
const HELD_BACK = 'OnAccountSuppressionList';

/** Outcomes that `after` knows and `before` does not. Only inputs that tell some are looked at: most batches cost nothing here. */
export function newOutcomes(
  before: CustomerDocument,
  after: CustomerDocument,
  inputs: readonly Input[],
): Outcome[] {
  const told = new Set(
    inputs.flatMap((input) => (input.kind === 'event' ? (TELLING[input.event]?.[0] ?? []) : [])),
  );
  if (told.size === 0) return [];
  const heldBack = new Set(
    inputs.flatMap((input) =>
      input.kind === 'event' && input.properties['reason'] === HELD_BACK ? [input.properties['send']] : [],
    ),
  );
  const known = new Map(before.sends.map((send) => [send.key, send.reports]));
  return after.sends.flatMap(({ key, journey, channel, class: messageClass, at: sent, reports = {} }) =>
    Object.values(TELLING).flatMap(([report, kind]) =>
      !heldBack.has(key) &&
      told.has(report) &&
      reports[report] !== undefined &&
      known.get(key)?.[report] === undefined
        ? [{ journey, channel, class: messageClass, sent, kind }]
        : [],
    ),
  );
}
