/**
 * A batch of events from the queue: each message ends up decided, passed over, among the dead letters with a reason, or is tried again.
 * What goes wrong with one customer fails the messages of this customer only.
 */
import { QUEUE_ATTEMPTS } from '#lib/contracts/event-sources.ts';
import { Fault } from '#lib/contracts/faults.ts';
import type { Outcome as NewOutcome } from '#lib/engine/use-cases/new-outcomes.ts';
import { takeBatch } from '#lib/engine/use-cases/take-batch.ts';
import { nameOf } from '../what-failed.ts';
import { groupByCustomer, type CustomerMessages } from './customer-messages.ts';
import { eachAtMost } from '../each-at-most.ts';
import type { Ingestion, WatchedOutcomes } from './ingestion.ts';
import { readMessages, type BusinessMessages, type EventMessage } from './read-messages.ts';

/** What became of a batch. */
export interface IngestedBatch {
  /** Messages to be tried again, by id, and why. */
  readonly failed: ReadonlyMap<string, unknown>;
  /** Messages that were put among the dead letters, by reason. */
  readonly refused: ReadonlyMap<string, number>;
  /** Messages that say nothing that somebody has to know, by reason. */
  readonly passedOver: ReadonlyMap<string, number>;
  /** What the breaker did: journeys that it has paused, and what kept it from counting. */
  readonly watched: WatchedOutcomes;
}

/** Customers decided at once: each is a read and a write of milliseconds, so ten keep the processor of a small function busy. */
const SIDE_BY_SIDE = 10;

/** Never rejects: what fails is told of the messages that it concerns. */
export async function ingestBatch(
  ingestion: Ingestion,
  messages: readonly EventMessage[],
): Promise<IngestedBatch> {
  const outcome = new Outcome(ingestion, messages);
  const read = await readMessages(ingestion, messages);
  for (const reason of read.passedOver.values()) outcome.passOver(reason);
  const { customers, failed, unowned } = await groupByCustomer(ingestion, read.calls);
  for (const reason of unowned.values()) outcome.passOver(reason);
  await eachAtMost(SIDE_BY_SIDE, [...read.refused], ([id, reason]) => outcome.refuse(id, reason));
  await eachAtMost(SIDE_BY_SIDE, [...read.failed, ...failed], ([id, error]) => outcome.fail([id], error));
  await eachAtMost(SIDE_BY_SIDE, customers, (customer) => decide(ingestion, outcome, customer));
  await eachAtMost(SIDE_BY_SIDE, read.business, (event) => tellAll(ingestion, outcome, event));
  if (outcome.told.length > 0) outcome.watched = await ingestion.watch(outcome.told);
  return outcome;
}

async function decide(
  ingestion: Ingestion,
  outcome: Outcome,
  { messages, ...batch }: CustomerMessages,
): Promise<void> {
  try {
    const { isKnown, outcomes } = await takeBatch(ingestion.engine, ingestion.identities, batch);
    outcome.told.push(...outcomes);
    if (!isKnown) for (const _ of messages) outcome.passOver('unknown customer');
  } catch (error) {
    if (messages.length === 1 || !mayBeOneInput(error)) return outcome.fail(messages, error);
    for (const [index, message] of messages.entries())
      await decide(ingestion, outcome, {
        ...batch,
        inputs: batch.inputs.slice(index, index + 1),
        messages: [message],
      });
  }
}

/**
 * Faults are of the table, of the document or of the deployment, and so the same for all of the customer's inputs. Whatever else is
 * thrown, some input may be the reason: then each is decided by itself, and the others do not share its end.
 */
function mayBeOneInput(error: unknown): boolean {
  return !(error instanceof Fault) || error.name === 'DocumentTooLarge';
}

/** Kept first: whoever is asked about it looks it up. */
async function tellAll(
  { businessEvents, audience }: Ingestion,
  outcome: Outcome,
  { id, event, messages }: BusinessMessages,
): Promise<void> {
  try {
    await businessEvents.keep(id, event);
    await audience.start({ kind: 'event', id });
  } catch (error) {
    await outcome.fail(messages, error);
  }
}

/** Counts what becomes of each message, and sends the dead ones away. */
class Outcome implements IngestedBatch {
  readonly failed = new Map<string, unknown>();
  readonly refused = new Map<string, number>();
  readonly passedOver = new Map<string, number>();
  /** What was newly told of messages. */
  readonly told: NewOutcome[] = [];
  watched: WatchedOutcomes = { tripped: [], warned: [] };
  readonly #ingestion: Ingestion;
  readonly #messages: ReadonlyMap<string, EventMessage>;

  constructor(ingestion: Ingestion, messages: readonly EventMessage[]) {
    this.#ingestion = ingestion;
    this.#messages = new Map(messages.map((message) => [message.id, message]));
  }

  passOver(reason: string): void {
    this.passedOver.set(reason, (this.passedOver.get(reason) ?? 0) + 1);
  }

  /** To the dead letters; where even that cannot be done, the message is tried again. */
  async refuse(id: string, reason: string): Promise<void> {
    const message = this.#messages.get(id);
    if (message === undefined) return;
    try {
      await this.#ingestion.deadLetters.put(message.body, reason);
      this.refused.set(reason, (this.refused.get(reason) ?? 0) + 1);
    } catch (error) {
      this.failed.set(id, error);
    }
  }

  /** Tried again; with the last attempt it is put away here, because the queue itself would not say why. */
  async fail(ids: readonly string[], error: unknown): Promise<void> {
    for (const id of ids) {
      const attempt = this.#messages.get(id)?.attempt ?? 1;
      if (attempt >= QUEUE_ATTEMPTS) await this.refuse(id, nameOf(error));
      else this.failed.set(id, error);
    }
  }
}
