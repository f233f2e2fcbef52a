/**
 * Send records: what the document knows of each send. Every change of one goes through here, so that what is counted for life
 * is always what the records say (promise P4).
 */
import { sendKey } from '#lib/contracts/ids.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import type { Deciding } from '../deciding.ts';
import type { SendRecord } from '../document.ts';
import { addressesOf, markOf } from './addresses.ts';
import { countForLife } from './caps.ts';
import { countReactions, fadeReactions } from './reactions.ts';

export function recordOf(deciding: Deciding, call: SendCall): SendRecord | undefined {
  const key = sendKey(call.run.run, call.step.id, call.loop.visit);
  return deciding.document.sends.findLast((send) => send.key === key);
}

/** Replaces a send's record by a changed one. */
export function changeSend(deciding: Deciding, send: SendRecord, changes: Partial<SendRecord>): SendRecord {
  const { sends } = deciding.document;
  const changed = { ...send, ...changes };
  sends[sends.indexOf(send)] = changed;
  countForLife(deciding, send, -1);
  countForLife(deciding, changed, 1);
  countReactions(deciding, send, -1);
  countReactions(deciding, changed, 1);
  deciding.changed = true;
  return changed;
}

/** A record of this call, in the place of the one before. */
export function keepRecord(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  state: 'claimed' | 'skipped',
  chosen: Pick<SendRecord, 'chosen' | 'odds'> = {},
): void {
  const { step, run } = call;
  const before = recordOf(deciding, call);
  const record: SendRecord = {
    key: sendKey(run.run, step.id, call.loop.visit),
    journey: run.journey,
    step: step.id,
    message: step.message,
    channel,
    ...(state === 'claimed' ? { to: markOf(addressesOf(deciding.document, channel)) } : {}),
    ...(step.topic === undefined ? {} : { topic: step.topic }),
    class: step.class,
    at: deciding.now,
    attempt: call.attempt,
    state,
    ...(before?.refused === undefined ? {} : { refused: before.refused }),
    ...(state === 'claimed' && before !== undefined && mayBeSent(before, call, channel)
      ? { doubted: true }
      : {}),
    ...chosen,
  };
  if (state === 'claimed') fadeReactions(deciding, channel);
  const { sends } = deciding.document;
  if (before === undefined) {
    sends.push(record);
    countForLife(deciding, record, 1);
    countReactions(deciding, record, 1);
    deciding.changed = true;
  } else changeSend(deciding, before, record);
}

/** An earlier attempt was never heard of again, or its provider was not: what is reported of it is about this send. */
function mayBeSent({ state, channel, attempt, doubted }: SendRecord, call: SendCall, on: Channel): boolean {
  if (channel !== on) return false;
  return doubted === true || state === 'unknown' || (state === 'claimed' && attempt !== call.attempt);
}

/**
 * Gives back the claim of the caller: by this attempt nothing was sent and nothing is in doubt, so it uses up no cap. What an earlier
 * attempt has left in doubt stays so, for its report to settle; and which providers have refused for good stays known. A claim that a
 * later attempt has taken over is not the caller's.
 */
export function releaseClaim(deciding: Deciding, call: SendCall): void {
  const record = recordOf(deciding, call);
  if (record === undefined || !isOwnClaim(record, call)) return;
  if (record.doubted === true) {
    changeSend(deciding, record, { state: 'unknown' });
    return;
  }
  if (record.refused !== undefined) {
    changeSend(deciding, record, { state: 'failed' });
    return;
  }
  const { sends } = deciding.document;
  sends.splice(sends.indexOf(record), 1);
  countForLife(deciding, record, -1);
  countReactions(deciding, record, -1);
  deciding.changed = true;
}

/** The claim that the caller was given, also where another attempt has declared it in doubt meanwhile. */
export function isOwnClaim(record: SendRecord, call: SendCall): boolean {
  return record.attempt === call.attempt && (record.state === 'claimed' || record.state === 'unknown');
}
