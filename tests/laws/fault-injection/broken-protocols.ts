// The send protocol, broken in the ways in which it is usually broken: a harness that does not notice them proves nothing.
import { sendKey } from '#lib/contracts/ids.ts';
import type { SendCall, StepAnswer } from '#lib/contracts/step-calls.ts';
import { decide } from '#lib/engine/decide.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Answer } from '#lib/engine/input.ts';
import type { ProviderAnswer } from '#lib/engine/ports.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from '#lib/engine/use-cases/engine.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { sendMessage } from '#lib/engine/use-cases/send-message.ts';

export interface BrokenProtocol {
  readonly sending: Sending;
  /** Words of the finding by which it has to be noticed; without them any will do. */
  readonly finding?: string;
}

type SendingEngine = Engine<DecidingPorts | 'renderer' | 'delivery' | 'slots'>;
type Sending = (engine: SendingEngine, call: SendCall) => Promise<StepAnswer>;

/** The provider is called on the word of a decision that nobody has committed; claim and record are written afterwards. */
const claimsAfterTheCall: Sending = async (engine, call) => {
  const thought = await think(engine, call);
  if (thought?.answer.kind !== 'claim') return sendMessage(engine, call);
  const { channel, to } = thought.answer;
  const answer = await provide(engine, call, { channel, to });
  await decideAndCommit(engine, call.run.customer, [
    { kind: 'send', call, content: [channel] },
    { kind: 'sent', call, channel, answer },
  ]);
  // What remains of the step is the product's own: it finds the record.
  return sendMessage(engine, call);
};

/** The caps are read with one document, and the claim is written to a later one without asking them again. */
const readsCapsBeforeTheClaim: Sending = async (engine, call) => {
  const thought = await thinkAhead(engine, call);
  const free = thought?.answer.kind === 'claim';
  return sendMessage(engine, free ? { ...call, step: { ...call.step, caps: [] } } : call);
};

/** Consent is read with one document, and nobody asks for it when the claim is written: as if the message were transactional. */
const readsConsentBeforeTheClaim: Sending = async (engine, call) => {
  const thought = await thinkAhead(engine, call);
  const free = thought?.answer.kind === 'claim';
  return sendMessage(engine, free ? { ...call, step: { ...call.step, class: 'transactional' } } : call);
};

/** A client of the provider that tries again by itself when it has not heard. */
const triesAgainByItself: Sending = (engine, call) => {
  const { delivery } = engine.ports;
  const send: typeof delivery.send = async (message) => {
    try {
      const answer = await delivery.send(message);
      return answer.kind === 'unknown' ? await delivery.send(message) : answer;
    } catch {
      return delivery.send(message);
    }
  };
  return sendMessage({ ...engine, ports: { ...engine.ports, delivery: { send } } }, call);
};

/** A claim counts however long ago it was made: the clock of the sender stands. */
const claimsNeverGrowOld: Sending = (engine, call) => {
  const clock = { ...engine.ports.clock, monotonic: () => 0 };
  return sendMessage({ ...engine, ports: { ...engine.ports, clock } }, call);
};

/** Somebody else's write is overwritten: the revision that is stored is not asked for. */
const overwritesOthers: Sending = (engine, call) => {
  const { store } = engine.ports;
  const commit: typeof store.commit = async (document) => {
    const stored = await loadDocument(store, document.customer);
    return store.commit({ ...document, revision: (stored?.revision ?? 0) + 1 });
  };
  return sendMessage({ ...engine, ports: { ...engine.ports, store: { ...store, commit } } }, call);
};

/** An answer that was lost is taken for a refusal, also where the message may have been taken. */
const takesSilenceForRefusal: Sending = (engine, call) => {
  const { delivery } = engine.ports;
  const send: typeof delivery.send = async (message) => {
    const refused: ProviderAnswer = { kind: 'try later', reason: 'the provider has not answered' };
    try {
      const answer = await delivery.send(message);
      return answer.kind === 'unknown' ? refused : answer;
    } catch {
      return refused;
    }
  };
  return sendMessage({ ...engine, ports: { ...engine.ports, delivery: { send } } }, call);
};

/** What the customer has chosen is read with one document, and nobody asks for it when the claim is written to a later one. */
function readsChoiceBeforeTheClaim(choice: 'frequency' | 'pausedUntil'): Sending {
  return async (engine, call) => {
    const thought = await thinkAhead(engine, call);
    return sendMessage(thought?.answer.kind === 'claim' ? without(engine, choice) : engine, call);
  };
}

/** The rules of fatigue are asked with one document, and not when the claim is written to a later one. */
const readsFatigueBeforeTheClaim: Sending = async (engine, call) => {
  const thought = await thinkAhead(engine, call);
  const { workspace } = engine;
  const ruleless = {
    ...engine,
    workspace: { ...workspace, settings: { ...workspace.settings, fatigue: [] } },
  };
  return sendMessage(thought?.answer.kind === 'claim' ? ruleless : engine, call);
};

/** By what is wrong with them. */
export const BROKEN_PROTOCOLS: Readonly<Record<string, BrokenProtocol>> = {
  'claim after the call': { sending: claimsAfterTheCall },
  'caps read before the claim': { sending: readsCapsBeforeTheClaim },
  'consent read before the claim': { sending: readsConsentBeforeTheClaim },
  'pause read before the claim': {
    sending: readsChoiceBeforeTheClaim('pausedUntil'),
    finding: 'the customer had paused',
  },
  'frequency read before the claim': {
    sending: readsChoiceBeforeTheClaim('frequency'),
    finding: 'was chosen',
  },
  'fatigue read before the claim': { sending: readsFatigueBeforeTheClaim, finding: 'despite fatigue' },
  'a client that tries again by itself': { sending: triesAgainByItself },
  'claims that never grow old': { sending: claimsNeverGrowOld },
  'writes over other writes': { sending: overwritesOthers },
  'silence taken for a refusal': { sending: takesSilenceForRefusal },
};

/** The engine, to which the customer has never chosen it; what is written has it again. */
function without(engine: SendingEngine, choice: 'frequency' | 'pausedUntil'): SendingEngine {
  const { store } = engine.ports;
  const chosen = new Map<string, CustomerDocument['preferences']>();
  const load: typeof store.load = async (customer) => {
    const loaded = await store.load(customer);
    if (loaded === undefined) return undefined;
    const { preferences = {} } = loaded;
    chosen.set(customer, preferences);
    const { [choice]: _, ...rest } = preferences;
    return { ...loaded, preferences: rest };
  };
  const commit: typeof store.commit = (document) =>
    store.commit({ ...document, preferences: chosen.get(document.customer) ?? {} });
  return { ...engine, ports: { ...engine.ports, store: { ...store, load, commit } } };
}

/** What would be decided about the send; then the function is busy for a while, as with the content of the message. */
async function thinkAhead(engine: SendingEngine, call: SendCall): ReturnType<typeof think> {
  const thought = await think(engine, call);
  for (let more = 0; more < BUSY_WITH; more += 1) await engine.ports.store.load(call.run.customer);
  return thought;
}

/** Each call to the outside takes some 20 ms in these worlds, and functions that send take some hundred. */
const BUSY_WITH = 10;

/** What would be decided about the send now; nothing is written. */
async function think(
  { ports, workspace }: SendingEngine,
  call: SendCall,
): Promise<{ readonly answer: Answer; readonly document: CustomerDocument } | undefined> {
  const document = await loadDocument(ports.store, call.run.customer);
  if (document === undefined) return undefined;
  const content = ports.renderer.channels(call.step.message);
  const { answer } = decide(document, { kind: 'send', call, content }, { workspace, now: ports.clock.now() });
  return answer === undefined ? undefined : { answer, document };
}

async function provide(
  { ports }: SendingEngine,
  { run, step, loop }: SendCall,
  { channel, to }: Pick<Extract<Answer, { kind: 'claim' }>, 'channel' | 'to'>,
): Promise<ProviderAnswer> {
  const { customer, journey } = run;
  const sent = { customer, run: run.run, step: step.id, visit: loop.visit, journey, message: step.message };
  try {
    return await ports.delivery.send({ sent, class: step.class, rendered: { channel, to, locale: 'en' } });
  } catch {
    return { kind: 'unknown', reason: `${sendKey(run.run, step.id, loop.visit)}: not answered` };
  }
}
