/**
 * One send step, from decision to record: decide and claim with one write, render, check that the claim is still young, call the
 * provider once, record its answer with a second write.
 */
import { Fault } from '#lib/contracts/faults.ts';
import type { Channel, SendCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import { later } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '../document.ts';
import type { Answer, Input } from '../input.ts';
import type { OutgoingMessage, ProviderAnswer, RenderedMessage } from '../ports.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from './engine.ts';
import { planOf } from './plan-of.ts';
import { messageVariables } from './run-variables.ts';

/** A claim lives ten seconds of the sender's monotonic clock; an older one decides again (promise P2). */
const CLAIM_MILLIS = 10_000;
/** A send is decided again for each slot, for each channel that refuses and for each claim that grew old. */
const MOST_DECISIONS = 20;

type SendingPorts = DecidingPorts | 'renderer' | 'delivery' | 'slots';

type Claim = Extract<Answer, { kind: 'claim' }>;

/** Throws DecisionLeaves (Deferred, RunEnded, Arm.n) and the faults `DocumentConflict` and `ProviderUnavailable`. */
export async function sendMessage(engine: Engine<SendingPorts>, call: SendCall): Promise<StepAnswer> {
  const content = engine.ports.renderer.channels(call.step.message);
  let unsent = false;
  let slot: SendInput['slot'];
  let heldBack: SendInput['heldBack'];
  for (let decision = 0; decision < MOST_DECISIONS; decision += 1) {
    const rates = await learnedRates(engine, call);
    const input: SendInput = {
      kind: 'send',
      call,
      content,
      unsent,
      ...(slot === undefined ? {} : { slot }),
      ...(heldBack === undefined ? {} : { heldBack }),
      ...(Object.keys(rates).length === 0 ? {} : { rates }),
    };
    // Counted from before the claim was written: the answer to that write may have been long on its way.
    const claimed = engine.ports.clock.monotonic();
    const { answer, document } = await decideAndCommit(engine, call.run.customer, [input]);
    if (answer?.kind === 'slot') {
      slot = await takeSlot(engine, answer, heldBack);
      continue;
    }
    if (answer?.kind !== 'claim' || document === undefined) return planOf(answer);
    // Used up: whatever is decided next, for another channel or with another claim, needs a slot of its own.
    slot = undefined;
    const outcome = await deliver(engine, call, answer, document, claimed);
    unsent = outcome === 'claim too old';
    if (outcome === 'claim too old') continue;
    const { answer: after } = await decideAndCommit(
      engine,
      call.run.customer,
      [outcome],
      undefined,
      document,
    );
    if (isThrottled(outcome)) await slowDown(engine, outcome.channel);
    if (after?.kind === 'throttled') {
      heldBack = { channel: after.channel, until: after.until };
      continue;
    }
    if (after?.kind === 'again') continue;
    if (after?.kind === 'fault') throw new Fault('ProviderUnavailable', after.reason);
    return planOf(after);
  }
  throw new Fault(
    'ProviderUnavailable',
    'no claim stayed young enough to send; the step should be tried again later',
  );
}

type SendInput = Extract<Input, { kind: 'send' }>;

async function takeSlot(
  { ports }: Engine<'slots' | 'clock'>,
  { channel, counters }: Extract<Answer, { kind: 'slot' }>,
  heldBack: SendInput['heldBack'],
): Promise<SendInput['slot']> {
  const now = ports.clock.now();
  const from = heldBack?.channel === channel ? later(heldBack.until, now) : now;
  const { at, place } = await ports.slots.take(counters, from, now);
  // Only a place on the channel itself can be lost to a provider that throttles.
  return counters[0]?.counter === channel ? { channel, at, place } : { channel, at };
}

/** Transactional messages take no slots, and ask for no rates. */
async function learnedRates(
  { ports }: Engine<'slots' | 'clock'>,
  { step }: SendCall,
): Promise<NonNullable<SendInput['rates']>> {
  return step.class === 'transactional' ? {} : ports.slots.learned(ports.clock.now());
}

function isThrottled(outcome: Input): outcome is Extract<Input, { kind: 'sent' }> {
  return outcome.kind === 'sent' && outcome.answer.kind === 'try later' && outcome.answer.throttled === true;
}

async function slowDown({ ports }: Engine<'slots' | 'clock'>, channel: Channel): Promise<void> {
  try {
    await ports.slots.slowDown(channel, ports.clock.now());
  } catch {
    // This message is put off in any case; the next one that is throttled says it again.
  }
}

async function deliver(
  engine: Engine<'renderer' | 'delivery' | 'clock'>,
  call: SendCall,
  claim: Claim,
  document: CustomerDocument,
  claimed: number,
): Promise<Input | 'claim too old'> {
  const { channel } = claim;
  const rendered = render(engine, call, claim, document);
  if ('problem' in rendered) return { kind: 'not rendered', call, channel, problem: rendered.problem };
  if (engine.ports.clock.monotonic() - claimed > CLAIM_MILLIS) return 'claim too old';
  const answer = await callProvider(engine, { sent: sentBy(call), class: call.step.class, rendered });
  const { segments } = rendered;
  return { kind: 'sent', call, channel, answer, ...(segments === undefined ? {} : { segments }) };
}

/** A provider whose client throws has not said whether it took the message: the doubt is an answer too. */
async function callProvider(
  { ports }: Engine<'delivery'>,
  message: OutgoingMessage,
): Promise<ProviderAnswer> {
  try {
    return await ports.delivery.send(message);
  } catch {
    return { kind: 'unknown', reason: 'the provider has not answered' };
  }
}

function sentBy({ run: { customer, run, journey }, step, loop }: SendCall): SentMessage {
  const about = {
    customer,
    run,
    step: step.id,
    visit: loop.visit,
    journey,
    message: messageId(step.message),
  };
  return step.topic === undefined ? about : { ...about, topic: step.topic };
}

/** Without the hash of its content: `cart-reminder@0f3c5a9d2b11`. */
function messageId(message: string): string {
  return message.split('@', 1)[0] ?? message;
}

function render(
  engine: Engine<'renderer'>,
  call: SendCall,
  claim: Claim,
  document: CustomerDocument,
): RenderedMessage | { readonly problem: string } {
  const { message } = call.step;
  const { channel, to, locale } = claim;
  const occasion = { sent: sentBy(call), at: document.decided };
  try {
    const variables = messageVariables(document, call);
    return engine.ports.renderer.render(message, channel, to, locale, variables, occasion);
  } catch (error) {
    // The renderer's faults name the variable and never a value; what else is thrown may contain anything.
    return { problem: error instanceof Fault ? error.message : 'the renderer has failed' };
  }
}
