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

/** A send is counted for life when it is claimed; only where the version has such a cap. */
export function countForLife(deciding: Deciding, call: SendCall, channel: Channel, by: 1 | -1 = 1): void {
  const caps = call.step.caps.filter((cap) => cap.per === undefined);
  for (const scope of new Set(caps.map((cap) => scopeOf(call, cap, channel))))
    deciding.document.sentForLife[scope] = (deciding.document.sentForLife[scope] ?? 0) + by;
}

function lifeIsUsedUp(deciding: Deciding, call: SendCall, cap: Cap, channel: Channel): 'never' | undefined {
  return (deciding.document.sentForLife[scopeOf(call, cap, channel)] ?? 0) >= cap.most ? 'never' : undefined;
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
function counts(send: SendRecord): boolean {
  return (
    send.class === 'marketing' &&
    (send.state === 'claimed' || send.state === 'accepted' || send.state === 'unknown')
  );
}

function inScope(send: SendRecord, call: SendCall, cap: Cap, channel: Channel): boolean {
  if (cap.of === 'journey') return send.journey === call.run.journey;
  if (cap.of === 'topic') return send.topic === call.step.topic;
  return cap.of === 'all' || send.channel === channel;
}

function scopeOf(call: SendCall, cap: Cap, channel: Channel): string {
  if (cap.of === 'journey') return `journey:${call.run.journey}`;
  if (cap.of === 'topic') return `topic:${call.step.topic ?? ''}`;
  return cap.of === 'channel' ? `channel:${channel}` : 'all';
}
