/**
 * Back-pressure: on a channel with a rate (`perSecond`), each marketing message goes out in a slot of its own. The sender takes
 * the slot through the port `Slots`; a slot that lies ahead is one wait until then. Transactional messages do not wait.
 */
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer } from '../input.ts';
import type { SlotCounter } from '../ports.ts';

/** How late a send may come to its slot and still use it: what it takes the platform to wake an execution. */
const SLOT_LIVES_MILLIS = 10_000;

/** When it is the send's turn on the channel; or that a slot has to be taken first. */
export function turnOf(
  { now, workspace }: Deciding,
  { step, run }: SendCall,
  channel: Channel,
  taken: { readonly channel: Channel; readonly at: Instant } | undefined,
  deferred: Run['deferred'],
):
  | { readonly kind: 'turn'; readonly channel: Channel; readonly until: Instant }
  | Extract<Answer, { kind: 'slot' }> {
  const rates = [
    { counter: channel, rate: workspace.settings.perSecond?.[channel] },
    { counter: `${channel}/${run.journey}`, rate: step.perSecond?.[channel] },
  ];
  const counters = rates.flatMap(({ counter, rate }): SlotCounter[] =>
    rate === undefined ? [] : [{ counter, perSecond: rate }],
  );
  if (step.class === 'transactional' || counters.length === 0) return { kind: 'turn', channel, until: now };
  if (taken?.channel === channel) return { kind: 'turn', channel, until: taken.at };
  const waited = deferred?.slot === channel && deferred.until <= now;
  if (waited && now <= addMillis(deferred.until, SLOT_LIVES_MILLIS))
    return { kind: 'turn', channel, until: now };
  return { kind: 'slot', channel, counters };
}
