/**
 * The send protocol: decide, claim in the document, call the provider, record. A send is claimed before the provider is called,
 * so that a crash at any point never sends a marketing message twice and never drops a transactional one (promise P3).
 */
import { DEFERRED } from '#lib/contracts/faults.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis, ceilToSecond, later, type Instant } from '#lib/contracts/time.ts';
import { about, announce, changeSend, note, type Deciding } from '../deciding.ts';
import type { Run, SendRecord } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import type { Version } from '../workspace.ts';
import { addressesOf } from './addresses.ts';
import { RUN_IS_OVER, beginCall, finishStep, repeated } from './calls.ts';
import { countForLife } from './caps.ts';
import { chooseChannel } from './channel-choice.ts';
import { endRun } from './run-end.ts';
import { expiryOf } from './wait-ends.ts';

/** How long a send waits that the provider asked to try later: long enough for a throttled minute to pass. */
const TRY_LATER_MILLIS = 60_000;

/** A send step was reached, or tried again. */
export function decideSend(
  deciding: Deciding,
  { call, content, unsent }: Extract<Input, { kind: 'send' }>,
): Answer {
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const { run, version } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  const record = recordOf(deciding, call);
  if (record?.state === 'claimed' && unsent !== true && call.step.class === 'marketing') {
    // Claimed by an attempt that did not come back: it may have been sent, so nothing is sent again.
    changeSend(deciding, record, { state: 'unknown' });
    noteSent(deciding, run, call, record.channel, 'unknown');
    return finishStep(deciding, run, version, call);
  }
  const folded = run.folded?.step === call.step.id ? run.folded : undefined;
  const deferred = isThisVisit(run.deferred, call) ? run.deferred : undefined;
  const reached = deferred?.reached ?? folded?.reached ?? later(call.reached ?? deciding.now, run.entered);
  if (folded !== undefined) noteFolded(deciding, run, call, content, folded.reached);
  if (deciding.now > expiryOf(deciding, call.step, reached))
    return skip(deciding, run, version, call, 'expired');
  const choice = chooseChannel(deciding, call, content, record?.refused ?? [], reached);
  if (choice.kind === 'skip') return skip(deciding, run, version, call, choice.reason, choice.channel);
  if (choice.kind === 'defer') return defer(deciding, run, call, { ...choice, reached });
  delete run.folded;
  claim(deciding, call, choice.channel);
  return {
    kind: 'claim',
    channel: choice.channel,
    to: addressesOf(deciding.document, choice.channel),
    locale: localeOf(deciding),
  };
}

/** What the provider said. An answer to a claim that a later attempt has taken over changes only the record. */
export function decideSent(
  deciding: Deciding,
  { call, channel, answer }: Extract<Input, { kind: 'sent' }>,
): Answer {
  const record = recordOf(deciding, call);
  if (record !== undefined && answer.kind === 'accepted' && record.state !== 'accepted') {
    // A send that was in doubt has been told already.
    const told = record.state === 'unknown';
    changeSend(deciding, record, { state: 'accepted' });
    if (!told) noteSent(deciding, call.run, call, channel, 'accepted');
  }
  const begun = beginCall(deciding, { ...call, settle: null });
  if ('kind' in begun) return begun;
  const { run, version } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  switch (answer.kind) {
    case 'accepted':
      return finishStep(deciding, run, version, call);
    case 'refused': {
      if (record !== undefined)
        changeSend(deciding, record, {
          state: 'failed',
          reason: answer.reason.slice(0, 80),
          refused: [...(record.refused ?? []), channel],
        });
      // The next channel is chosen by deciding again; the record remembers who has refused.
      return { kind: 'again' };
    }
    case 'try later': {
      releaseClaim(deciding, call, channel);
      const reached = isThisVisit(run.deferred, call) ? run.deferred.reached : deciding.now;
      const until = addMillis(deciding.now, TRY_LATER_MILLIS);
      return defer(deciding, run, call, { channel, reason: 'provider is busy', until, reached });
    }
    case 'unknown':
      if (call.step.class === 'transactional')
        return { kind: 'fault', reason: 'the provider has not answered' };
      if (record !== undefined) changeSend(deciding, record, { state: 'unknown' });
      noteSent(deciding, run, call, channel, 'unknown');
      return finishStep(deciding, run, version, call);
  }
}

/** The message could not be made: the claim is given back and the step is skipped. */
export function decideNotRendered(
  deciding: Deciding,
  { call, channel }: Extract<Input, { kind: 'not rendered' }>,
): Answer {
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const before = repeated(begun.run, call);
  if (before !== undefined) return before;
  releaseClaim(deciding, call, channel);
  return skip(deciding, begun.run, begun.version, call, 'message could not be rendered', channel);
}

function claim(deciding: Deciding, call: SendCall, channel: Channel): void {
  if (recordOf(deciding, call) === undefined && call.step.class === 'marketing')
    countForLife(deciding, call, channel);
  keepRecord(deciding, call, channel, 'claimed');
}

/** Nothing was sent and nothing is in doubt: the claim uses up no cap. */
function releaseClaim(deciding: Deciding, call: SendCall, channel: Channel): void {
  const record = recordOf(deciding, call);
  if (record === undefined) return;
  deciding.document.sends.splice(deciding.document.sends.indexOf(record), 1);
  if (call.step.class === 'marketing') countForLife(deciding, call, channel, -1);
}

function keepRecord(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  state: 'claimed' | 'skipped',
): void {
  const { step, run } = call;
  const before = recordOf(deciding, call);
  const record: SendRecord = {
    key: sendKey(run.run, step.id, call.loop.visit),
    journey: run.journey,
    step: step.id,
    message: step.message,
    channel,
    ...(step.topic === undefined ? {} : { topic: step.topic }),
    class: step.class,
    at: deciding.now,
    attempt: call.attempt,
    state,
    ...(before?.refused === undefined ? {} : { refused: before.refused }),
  };
  const { sends } = deciding.document;
  if (before === undefined) sends.push(record);
  else sends[sends.indexOf(before)] = record;
  deciding.changed = true;
}

function skip(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall,
  reason: string,
  on?: Channel,
): Answer {
  const id = call.run.run;
  const channel = on ?? call.step.channels[0] ?? 'email';
  note(deciding, { kind: 'skips', ...about(id, run), ...sent(call, channel), reason });
  const failed = recordOf(deciding, call)?.state === 'failed';
  if (!failed && version.asksAbout.has(call.step.id)) keepRecord(deciding, call, channel, 'skipped');
  announce(
    deciding,
    failed ? 'Message Failed' : 'Message Skipped',
    { id, at: deciding.now },
    {
      message: call.step.message.split('@')[0],
      channel,
      reason,
    },
  );
  delete run.deferred;
  if (call.step.onFailure === 'exit') {
    endRun(deciding, id, run, {
      as: 'exited',
      reason: 'not sent',
      step: call.step.id,
      execution: 'by itself',
    });
    return RUN_IS_OVER;
  }
  return finishStep(deciding, run, version, call);
}

interface Deferral {
  readonly channel: Channel;
  readonly reason: string;
  readonly until: Instant;
  readonly reached: Instant;
}

function defer(
  deciding: Deciding,
  run: Run,
  call: SendCall,
  { channel, reason, until, reached }: Deferral,
): Answer {
  const rounded = ceilToSecond(until);
  if (!isThisVisit(run.deferred, call) || run.deferred.until !== rounded) {
    note(deciding, {
      kind: 'defers',
      ...about(call.run.run, run),
      ...sent(call, channel),
      reason,
      until: rounded,
    });
    run.deferred = { step: call.step.id, visit: call.loop.visit, reached, until: rounded };
  }
  return { kind: 'leave', name: DEFERRED, details: { until: rounded } };
}

/** The deferral that the wait before has already served is told where it would have happened. */
function noteFolded(
  deciding: Deciding,
  run: Run,
  call: SendCall,
  content: readonly Channel[],
  reached: Instant,
): void {
  const channel = call.step.channels.find((one) => content.includes(one)) ?? call.step.channels[0] ?? 'email';
  const reason = 'quiet hours';
  note(deciding, {
    at: reached,
    kind: 'defers',
    ...about(call.run.run, run),
    ...sent(call, channel),
    reason,
    until: deciding.now,
  });
  delete run.folded;
  run.deferred = { step: call.step.id, visit: call.loop.visit, reached, until: deciding.now };
}

function noteSent(
  deciding: Deciding,
  run: { readonly journey: string; readonly version: string },
  call: SendCall,
  channel: Channel,
  outcome: 'accepted' | 'unknown',
): void {
  const { journey, version } = run;
  note(deciding, { kind: 'sends', journey, version, run: call.run.run, ...sent(call, channel), outcome });
  announce(
    deciding,
    'Message Sent',
    { id: call.run.run, at: deciding.now },
    { message: call.step.message.split('@')[0], channel },
  );
}

function sent(call: SendCall, channel: Channel): { step: string; message: string; channel: Channel } {
  return { step: call.step.id, message: call.step.message, channel };
}

function recordOf(deciding: Deciding, call: SendCall): SendRecord | undefined {
  const key = sendKey(call.run.run, call.step.id, call.loop.visit);
  return deciding.document.sends.findLast((send) => send.key === key);
}

function isThisVisit<T extends { step: string; visit: number }>(
  one: T | undefined,
  call: SendCall,
): one is T {
  return one !== undefined && one.step === call.step.id && one.visit === call.loop.visit;
}

function localeOf(deciding: Deciding): string {
  const locale = deciding.document.traits['locale']?.value;
  return typeof locale === 'string' && locale !== '' ? locale : deciding.workspace.settings.locale;
}
