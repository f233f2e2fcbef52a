/**
 * One send step, from decision to record: decide and claim with one write, render, check that the claim is still young, call the
 * provider once, record its answer with a second write.
 */
import { Fault } from '#lib/contracts/faults.ts';
import type { SendCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import type { SentMessage } from '#lib/contracts/sent-message.ts';
import type { Instant } from '#lib/contracts/time.ts';
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
  let slot: Slot | undefined;
  for (let decision = 0; decision < MOST_DECISIONS; decision += 1) {
    const input = { kind: 'send', call, content, unsent, ...(slot === undefined ? {} : { slot }) } as const;
    // Counted from before the claim was written: the answer to that write may have been long on its way.
    const claimed = engine.ports.clock.monotonic();
    const { answer, document } = await decideAndCommit(engine, call.run.customer, [input]);
    if (answer?.kind === 'slot') {
      slot = { channel: answer.channel, at: await takeSlot(engine, answer) };
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
    if (after?.kind === 'again') continue;
    if (after?.kind === 'fault') throw new Fault('ProviderUnavailable', after.reason);
    return planOf(after);
  }
  throw new Fault(
    'ProviderUnavailable',
    'no claim stayed young enough to send; the step should be tried again later',
  );
}

type Slot = NonNullable<Extract<Input, { kind: 'send' }>['slot']>;

function takeSlot(
  { ports }: Engine<'slots' | 'clock'>,
  { counters }: Extract<Answer, { kind: 'slot' }>,
): Promise<Instant> {
  return ports.slots.take(counters, ports.clock.now());
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
