/**
 * The send protocol: decide, claim in the document, call the provider, record. A send is claimed before the provider is called,
 * so that a crash at any point never sends a marketing message twice and never drops a transactional one (promise P3).
 */
import { DEFERRED } from '#lib/contracts/faults.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import { addMillis, ceilToSecond, later, type Instant } from '#lib/contracts/time.ts';
import { LOOKS_BACK_MILLIS } from '../budgets.ts';
import { about, announce, note, type Deciding } from '../deciding.ts';
import type { Run } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import type { ProviderAnswer } from '../ports.ts';
import type { Version } from '../workspace.ts';
import { addressesOf } from './addresses.ts';
import { askAgainAt, nextSlotFrom } from './busy-provider.ts';
import { RUN_IS_OVER, beginCall, finishStep, leaveLeg, repeated } from './calls.ts';
import { chooseChannel, usableChannel } from './channel-choice.ts';
import { fitsLeg } from './leg-limits.ts';
import { LEG_IS_OVER, restRun } from './legs.ts';
import { endRun } from './run-end.ts';
import { noteSent, type ToldSend } from './note-sent.ts';
import { changeSend, isOwnClaim, keepRecord, recordOf, releaseClaim } from './send-record.ts';
import { OPEN_SERVICE_CASE } from './service-cases.ts';
import { turnOf } from './slots.ts';
import { expiryOf } from './wait-ends.ts';

/** So much earlier than agreed may a put off send come: the clocks of the machine and of the function differ. */
const EARLY_MILLIS = 1000;

const CLAIMED_BY_ANOTHER: Answer = {
  kind: 'fault',
  name: 'ProviderUnavailable',
  reason: 'another attempt of the step is with the provider',
};

/** A send step was reached, or tried again. */
export function decideSend(deciding: Deciding, input: Extract<Input, { kind: 'send' }>): Answer {
  const { call, content, unsent } = input;
  // Whatever is decided now, the claim that has grown old has sent nothing: it uses up no cap and casts no doubt.
  if (unsent === true) releaseClaim(deciding, call);
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const { run, version } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  const record = recordOf(deciding, call);
  // Another attempt holds the claim. Either this one was given up long ago and nobody hears the answer; or attempts are counted
  // anew since the send was put off, and it is the other that was given up: then this one comes again when that is settled.
  if (record?.state === 'claimed' && record.attempt > call.attempt) return CLAIMED_BY_ANOTHER;
  if (record?.state === 'accepted') return finishStep(deciding, run, version, call);
  if (record?.state === 'claimed' && call.step.class === 'marketing') {
    // Claimed by an attempt that did not come back: it may have been sent, so nothing is sent again.
    changeSend(deciding, record, { state: 'unknown' });
    noteSent(deciding, run, record, 'unknown');
    return finishStep(deciding, run, version, call);
  }
  const deferred = isThisVisit(run.deferred, call) ? run.deferred : undefined;
  // The machine rests until then: this is an attempt that was given up, or one whose answer was lost. It is told the same again.
  if (deferred !== undefined && addMillis(deciding.now, EARLY_MILLIS) < deferred.until)
    return { kind: 'leave', name: DEFERRED, details: { until: deferred.until } };
  const folded = run.folded?.step === call.step.id ? run.folded : undefined;
  const reached = deferred?.reached ?? folded?.reached ?? later(call.reached ?? deciding.now, run.entered);
  if (folded !== undefined) noteFolded(deciding, run, call, content, folded);
  if (record?.state !== 'claimed') {
    const { id } = call.step;
    const left = leaveLeg(deciding, { id: call.run.run, run, version, at: id, loop: call.loop });
    if (left !== undefined) {
      // The step has been reached, however long it takes until it is taken.
      run.deferred = { step: id, visit: call.loop.visit, reached, until: deciding.now };
      return left;
    }
  }
  if (deciding.now > expiryOf(deciding, call.step, reached))
    return skip(deciding, run, version, call, 'expired');
  const choice = chooseChannel(deciding, call, content, record?.refused ?? [], reached);
  if (choice.kind === 'skip') return skip(deciding, run, version, call, choice.reason, choice);
  if (choice.kind === 'defer') return defer(deciding, run, version, call, { ...choice, reached });
  const turn = turnOf(deciding, call, choice.channel, input, deferred);
  if (turn.kind === 'slot') return turn;
  if (turn.until > expiryOf(deciding, call.step, reached))
    return skip(deciding, run, version, call, 'expired', {
      channel: choice.channel,
      because: `${turn.reason}, until ${turn.until}`,
    });
  if (turn.until > deciding.now)
    return defer(deciding, run, version, call, { ...turn, channel: choice.channel, reached });
  if (run.folded !== undefined) delete run.folded;
  keepRecord(deciding, call, choice.channel, 'claimed', choice.chosen);
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
  { call, channel, answer, segments }: Extract<Input, { kind: 'sent' }>,
): Answer {
  const claim = recordOf(deciding, call);
  const isOwn = claim !== undefined && isOwnClaim(claim, call);
  recordAnswer(deciding, call, channel, answer, segments);
  const begun = beginCall(deciding, { ...call, settle: null });
  if ('kind' in begun) return begun;
  const { run, version } = begun;
  const before = repeated(run, call);
  if (before !== undefined) return before;
  switch (answer.kind) {
    case 'accepted':
      return finishStep(deciding, run, version, call);
    case 'refused':
      // The next channel is chosen by deciding again; the record remembers who has refused.
      return { kind: 'again' };
    case 'try later':
      return isOwn ? askLater(deciding, run, version, call, channel, answer.throttled) : CLAIMED_BY_ANOTHER;
    case 'unknown':
      if (call.step.class === 'transactional')
        return { kind: 'fault', reason: 'the provider has not answered' };
      noteSent(deciding, run, recordOf(deciding, call) ?? unrecorded(call, channel), 'unknown', segments);
      return finishStep(deciding, run, version, call);
  }
}

function askLater(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall,
  channel: Channel,
  throttled: boolean = false,
): Answer {
  const before = isThisVisit(run.deferred, call) ? run.deferred : undefined;
  const reached = before?.reached ?? deciding.now;
  const busy = (before?.busy ?? 0) + 1;
  const expiry = expiryOf(deciding, call.step, reached);
  const hasSlot = throttled && call.step.class === 'marketing';
  const until = (hasSlot ? nextSlotFrom : askAgainAt)(keyOf(call), busy, deciding.now, expiry);
  if (until === undefined) return skip(deciding, run, version, call, 'expired', { channel });
  if (hasSlot) {
    run.deferred = { step: call.step.id, visit: call.loop.visit, reached, until: deciding.now, busy };
    return { kind: 'throttled', channel, until };
  }
  return defer(deciding, run, version, call, { channel, reason: 'provider is busy', until, reached, busy });
}

/** What the provider said is true of the send, whether its run goes on or has ended meanwhile. */
function recordAnswer(
  deciding: Deciding,
  call: SendCall,
  channel: Channel,
  answer: ProviderAnswer,
  segments?: number,
): void {
  const record = recordOf(deciding, call);
  if (record === undefined) return;
  if (answer.kind === 'accepted') {
    if (record.state === 'accepted') return;
    // A send that was in doubt has been told already.
    const told = record.state === 'unknown';
    changeSend(deciding, record, { state: 'accepted' });
    if (!told) noteSent(deciding, call.run, record, 'accepted', segments);
    return;
  }
  if (!isOwnClaim(record, call)) return;
  if (answer.kind === 'try later') releaseClaim(deciding, call);
  else if (answer.kind === 'unknown') changeSend(deciding, record, { state: 'unknown' });
  else
    changeSend(deciding, record, {
      state: 'failed',
      reason: answer.reason.slice(0, 80),
      refused: [...(record.refused ?? []), channel],
    });
}

/** So much grew meanwhile that the claim's record has been forgotten. */
function unrecorded(call: SendCall, channel: Channel): ToldSend {
  const { step, run } = call;
  const topic = step.topic === undefined ? {} : { topic: step.topic };
  return {
    key: keyOf(call),
    journey: run.journey,
    step: step.id,
    message: step.message,
    class: step.class,
    channel,
    ...topic,
  };
}

/** The message could not be made: the claim is given back and the step is skipped. */
export function decideNotRendered(
  deciding: Deciding,
  { call, channel, problem }: Extract<Input, { kind: 'not rendered' }>,
): Answer {
  releaseClaim(deciding, call);
  const begun = beginCall(deciding, call);
  if ('kind' in begun) return begun;
  const before = repeated(begun.run, call);
  if (before !== undefined) return before;
  return skip(deciding, begun.run, begun.version, call, 'message could not be rendered', {
    channel,
    ...(problem === undefined ? {} : { because: problem }),
  });
}

function skip(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall,
  reason: string,
  on: { readonly channel?: Channel; readonly yieldsTo?: string; readonly because?: string } = {},
): Answer {
  const id = call.run.run;
  const { channel = call.step.channels[0] ?? 'email', yieldsTo, because } = on;
  const rival = yieldsTo === undefined ? {} : { yieldsTo };
  const why = because === undefined ? {} : { because };
  note(deciding, { kind: 'skips', ...about(id, run), ...sent(call, channel), reason, ...rival, ...why });
  const failed = recordOf(deciding, call)?.state === 'failed';
  if (!failed && isSkipAskedAbout(deciding, version, call)) keepRecord(deciding, call, channel, 'skipped');
  announce(deciding, failed ? 'Message Failed' : 'Message Skipped', causeOf(deciding, call), {
    ...announced(call, channel),
    reason,
  });
  if (run.deferred !== undefined) delete run.deferred;
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

/** A skip is kept only where a condition asks for it. */
function isSkipAskedAbout({ workspace }: Deciding, version: Version, { step }: SendCall): boolean {
  const message = step.message.split('@', 1)[0];
  return (
    version.asksAbout.has(step.id) ||
    workspace.messagesAsked.some((asked) => asked.was === 'skipped' && asked.message === message)
  );
}

interface Deferral {
  readonly channel: Channel;
  readonly reason: string;
  readonly until: Instant;
  readonly reached: Instant;
  readonly yieldsTo?: string;
  readonly because?: string;
  /** `until` is a slot of its own. */
  readonly slot?: { readonly channel: Channel; readonly place?: number };
  /** How often the provider has asked to try later. */
  readonly busy?: number;
}

function defer(
  deciding: Deciding,
  run: Run,
  version: Version,
  call: SendCall,
  { channel, reason, until, reached, yieldsTo, because, slot, busy }: Deferral,
): Answer {
  const before = isThisVisit(run.deferred, call) ? run.deferred : undefined;
  const askedBefore = busy ?? before?.busy;
  const rounded = ceilToSecond(until);
  if (before?.until !== rounded) {
    note(deciding, {
      kind: 'defers',
      ...about(call.run.run, run),
      ...sent(call, channel),
      reason,
      until: rounded,
      ...(yieldsTo === undefined ? {} : { yieldsTo }),
      ...(because === undefined ? {} : { because }),
    });
    run.deferred = {
      step: call.step.id,
      visit: call.loop.visit,
      reached,
      until: rounded,
      ...(slot === undefined ? {} : { slot: slot.channel }),
      ...(slot?.place === undefined || slot.place === 1 ? {} : { place: slot.place }),
      ...(askedBefore === undefined ? {} : { busy: askedBefore }),
    };
  }
  // Nobody knows how long a case takes: the run rests, and goes on as soon as it is closed.
  if (reason === OPEN_SERVICE_CASE || !fitsLeg(run, version, call.step.id, rounded)) {
    const { id } = call.step;
    restRun(deciding, run, { as: 'parked', step: id, until: rounded, loop: call.loop }, 'by itself');
    return LEG_IS_OVER;
  }
  return { kind: 'leave', name: DEFERRED, details: { until: rounded } };
}

/**
 * The deferral that the wait before has already served is told where it would have happened; of a run that was held for long
 * after it, now, so that a timeline is never written anew far back.
 */
function noteFolded(
  deciding: Deciding,
  run: Run,
  call: SendCall,
  content: readonly Channel[],
  { reached, reason = 'quiet hours' }: NonNullable<Run['folded']>,
): void {
  if (run.folded !== undefined) delete run.folded;
  run.deferred = { step: call.step.id, visit: call.loop.visit, reached, until: deciding.now };
  deciding.changed = true;
  // A send that no channel can take would have been skipped at once.
  const channel = usableChannel(deciding, call, content);
  if (channel === undefined) return;
  const why = { reason, until: deciding.now };
  note(deciding, {
    at: reached < addMillis(deciding.now, -LOOKS_BACK_MILLIS) ? deciding.now : reached,
    kind: 'defers',
    ...about(call.run.run, run),
    ...sent(call, channel),
    ...why,
  });
}

/** What a send announces is told apart by its key: a run sends more than once. */
function causeOf(deciding: Deciding, call: SendCall): { id: string; at: Instant } {
  return { id: keyOf(call), at: deciding.now };
}

function keyOf(call: SendCall): string {
  return sendKey(call.run.run, call.step.id, call.loop.visit);
}

function sent(call: SendCall, channel: Channel): { step: string; message: string; channel: Channel } {
  return { step: call.step.id, message: call.step.message, channel };
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

/** Properties of the built-in events about a message. */
function announced(call: SendCall, channel: Channel): Record<string, unknown> {
  const { step, run } = call;
  const topic = step.topic === undefined ? {} : { topic: step.topic };
  return { message: step.message.split('@')[0], channel, ...topic, journey: run.journey, step: step.id };
}
