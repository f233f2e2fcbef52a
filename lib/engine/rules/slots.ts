/**
 * Back-pressure: on a channel with a rate, each marketing message goes out in a slot of its own. A rate is what settings and journeys
 * say (`perSecond`), and what was learned from a provider that throttles. The sender takes the slot through the port `Slots`; one
 * that lies ahead is one wait until then. Transactional messages do not wait.
 */
import { MOST_PER_SECOND, placesIn, secondOf } from '#lib/contracts/learned-rate.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import type { SlotCounter } from '../ports.ts';

/** How late a send may come to its slot and still use it: what it takes the platform to wake an execution. */
const SLOT_LIVES_MILLIS = 10_000;

/** Of the sender: the slot that it has taken, the channel that holds it back, and what was learned of the channels. */
type Told = Pick<Extract<Input, { kind: 'send' }>, 'slot' | 'heldBack' | 'rates'>;

interface Turn {
  readonly kind: 'turn';
  readonly until: Instant;
  readonly reason: 'rate limit' | 'provider is busy';
  /** It is a slot of its own; `place`: which one of its second. */
  readonly slot?: { readonly channel: Channel; readonly place?: number };
}

/** When it is the send's turn on the channel; or that a slot has to be taken first. */
export function turnOf(
  { now, workspace }: Deciding,
  { step, run }: SendCall,
  channel: Channel,
  { slot: taken, heldBack, rates }: Told,
  deferred: Run['deferred'],
): Turn | Extract<Answer, { kind: 'slot' }> {
  if (step.class === 'transactional') return { kind: 'turn', until: now, reason: 'rate limit' };
  const learned = rates?.[channel];
  const isBusy = learned !== undefined || heldBack?.channel === channel;
  const reason = isBusy ? 'provider is busy' : 'rate limit';
  if (taken?.channel === channel) {
    const { place } = taken;
    const slot = place === undefined ? { channel } : { channel, place };
    return { kind: 'turn', until: taken.at, reason, slot };
  }
  const counters = countersOf(channel, run.journey, {
    settings: workspace.settings.perSecond?.[channel],
    journey: step.perSecond?.[channel],
    learned,
  });
  if (counters.length === 0)
    return { kind: 'turn', until: heldBack?.channel === channel ? heldBack.until : now, reason };
  const waited = deferred?.slot === channel && deferred.until <= now;
  if (waited && now <= addMillis(deferred.until, SLOT_LIVES_MILLIS) && hasPlace(deferred, counters[0]))
    return { kind: 'turn', until: now, reason };
  return { kind: 'slot', channel, counters };
}

function countersOf(
  channel: Channel,
  journey: string,
  rates: {
    readonly settings: number | undefined;
    readonly journey: number | undefined;
    readonly learned: SlotCounter['learned'];
  },
): SlotCounter[] {
  const counters: SlotCounter[] = [];
  if (rates.learned !== undefined) {
    const perSecond = rates.settings ?? MOST_PER_SECOND;
    counters.push({ counter: channel, perSecond, learned: rates.learned });
  } else if (rates.settings !== undefined) counters.push({ counter: channel, perSecond: rates.settings });
  if (rates.journey !== undefined)
    counters.push({ counter: `${channel}/${journey}`, perSecond: rates.journey });
  return counters;
}

/** Slots that were given out before the provider throttled are too many: of each second the first go out, all others take another. */
function hasPlace(
  { place = 1, until }: NonNullable<Run['deferred']>,
  counter: SlotCounter | undefined,
): boolean {
  return counter?.learned === undefined || place <= placesIn(counter, secondOf(until));
}
