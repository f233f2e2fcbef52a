/** Frequency caps: rolling windows over the sends in the document, decided where the claim is made, so that they hold (P4). */
import type { Cap, Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { zoneOf, type Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { duration } from '../durations.ts';
import { addDuration } from '../time/add-duration.ts';

/** When every cap has a free place again; undefined where none binds now, `never` where a cap for life is used up. */
export function capFreeAt(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
): Instant | 'never' | undefined {
  let free: Instant | undefined;
  for (const cap of call.step.caps) {
    const at =
      cap.per === undefined
        ? lifeIsUsedUp(deciding, call, cap, channel)
        : windowFreeAt(deciding, call, cap, channel);
    if (at === 'never') return 'never';
    if (at !== undefined && (free === undefined || at > free)) free = at;
  }
  return free;
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

function lifeIsUsedUp(deciding: Deciding, call: SendCall, cap: Cap, channel: Channel): 'never' | undefined {
  const { step, run } = call;
  const scope = scopeOf({ journey: run.journey, topic: step.topic, channel }, cap.of);
  return (deciding.document.sentForLife[scope] ?? 0) >= cap.most ? 'never' : undefined;
}

function windowFreeAt(deciding: Deciding, call: SendCall, cap: Cap, channel: Channel): Instant | undefined {
  const zone = zoneOf(deciding.document, deciding.workspace);
  const own = sendKey(call.run.run, call.step.id, call.loop.visit);
  // A send leaves the window one `per` after it was claimed; the place is free when the most-th latest has left.
  const leaves = deciding.document.sends
    .filter((send) => send.key !== own && counts(send) && inScope(send, call, cap, channel))
    .map((send) => addDuration(send.at, duration(cap.per ?? ''), zone))
    .filter((at) => at > deciding.now)
    .toSorted();
  return leaves.length < cap.most ? undefined : leaves[leaves.length - cap.most];
}

/** Transactional messages use up no cap; what was skipped or refused was not received. */
export function counts(send: SendRecord): boolean {
  return (
    send.class === 'marketing' &&
    (send.state === 'claimed' || send.state === 'accepted' || send.state === 'unknown')
  );
}

function inScope(send: SendRecord, call: SendCall, cap: Cap, channel: Channel): boolean {
  const { step, run } = call;
  return scopeOf(send, cap.of) === scopeOf({ journey: run.journey, topic: step.topic, channel }, cap.of);
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
