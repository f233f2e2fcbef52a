/** Frequency caps: rolling windows over the sends in the document, decided where the claim is made, so that they hold (P4). */
import type { Cap, Channel, SendCall, SendSettings } from '#lib/contracts/step-calls.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';
import { counts } from './counts.ts';
import { capsOfCustomer, named, type NamedCap } from './customers-caps.ts';

/** A marketing send that asks for a place under its caps. */
export interface Asking {
  /** run/step/visit; a record of its own does not count against it. */
  readonly key: string;
  readonly journey: string;
  readonly topic?: string | undefined;
  readonly channel: Channel;
  readonly caps: readonly NamedCap[];
}

/** A place that is taken, in the document or in a thought about what will be. */
export type Taken = Pick<Asking, 'journey' | 'topic' | 'channel'> & { readonly at: Instant };

export function askingOf(deciding: Deciding, { run, step, loop }: SendCall, channel: Channel): Asking {
  const key = sendKey(run.run, step.id, loop.visit);
  return { key, journey: run.journey, topic: step.topic, channel, caps: capsOn(deciding, step, channel) };
}

/** Every cap that holds for a send on the channel. */
export function capsOn(
  deciding: Deciding,
  { caps }: Pick<SendSettings, 'caps'>,
  channel: Channel,
): readonly NamedCap[] {
  return [...caps.map(named), ...capsOfCustomer(deciding, channel)];
}

/** A cap that leaves no place, and when it has one again; `never`: it is for life. */
export interface Binding {
  readonly free: Instant | 'never';
  readonly cap: NamedCap;
}

/**
 * Of the caps that leave no place at the instant, the one that has one last: then every cap has. Undefined where none binds.
 * `more`: places taken by then beside those in the document.
 */
export function bindingCap(
  deciding: Deciding,
  asking: Asking,
  at: Instant = deciding.now,
  more: readonly Taken[] = [],
): Binding | undefined {
  let last: Binding | undefined;
  for (const cap of asking.caps) {
    const further = more.filter((one) => one.at <= at && one.channel === asking.channel).length;
    if (cap.holdsAfter !== undefined && further < cap.holdsAfter) continue;
    const others = more.filter((one) => one.at <= at && isCountedWith(one, asking, cap));
    const next =
      cap.per === undefined
        ? lifeIsUsedUp(deciding, asking, cap, others.length)
        : windowFreeAt(deciding, asking, cap, at, others);
    if (next === 'never') return { free: 'never', cap };
    if (next !== undefined && (last === undefined || next > last.free)) last = { free: next, cap };
  }
  return last;
}

/**
 * Counts a send for life as long as its record counts: whichever journey it belongs to, if any version has a cap for life that
 * asks about it.
 */
export function countForLife(deciding: Deciding, send: SendRecord, by: 1 | -1): void {
  if (!counts(send)) return;
  const { sentForLife } = deciding.document;
  for (const of of deciding.workspace.lifeCaps) {
    const scope = scopeOf(send, of);
    // A cap that is newer than the claim has not counted it, so there may be nothing to take back.
    sentForLife[scope] = Math.max(0, (sentForLife[scope] ?? 0) + by);
  }
}

function lifeIsUsedUp({ document }: Deciding, asking: Asking, cap: Cap, others: number): 'never' | undefined {
  return (document.sentForLife[scopeOf(asking, cap.of)] ?? 0) + others >= cap.most ? 'never' : undefined;
}

function windowFreeAt(
  deciding: Deciding,
  asking: Asking,
  cap: Cap,
  at: Instant,
  others: readonly Taken[],
): Instant | undefined {
  const zone = zoneOf(deciding.document, deciding.workspace);
  const sends = deciding.document.sends.filter(
    (send) => send.key !== asking.key && counts(send) && isCountedWith(send, asking, cap),
  );
  // A send leaves the window one `per` after it was claimed; the place is free when the most-th latest has left.
  const leaves = [...sends, ...others]
    .map((send) => addDuration(send.at, duration(cap.per ?? ''), zone))
    .filter((leaving) => leaving > at)
    .toSorted();
  return leaves.length < cap.most ? undefined : leaves[leaves.length - cap.most];
}

/** True where the send takes a place that the asking one could have had. */
export function isCounted(send: SendRecord, asking: Asking): boolean {
  return counts(send) && asking.caps.some((cap) => isCountedWith(send, asking, cap));
}

function isCountedWith(send: Omit<Taken, 'at'>, asking: Asking, cap: Cap): boolean {
  return scopeOf(send, cap.of) === scopeOf(asking, cap.of);
}

/** What a send is counted together with, as one text. */
export function scopeOf(
  send: { readonly journey: string; readonly topic?: string | undefined; readonly channel: Channel },
  of: Cap['of'],
): string {
  switch (of) {
    case 'journey':
      return `journey:${send.journey}`;
    case 'topic':
      return `topic:${send.topic ?? ''}`;
    case 'channel':
      return `channel:${send.channel}`;
    case 'all':
      return 'all';
  }
}
