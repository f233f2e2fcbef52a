// What happened in a world, as an observer outside the engine saw it: the laws are judged by this and by nothing else.
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import type { Channel, SendCall } from '#lib/contracts/step-calls.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { CallAnswer, EmittedEvent, ProviderAnswer } from '#lib/engine/ports.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';

/** One write of a customer document. */
export interface Commit {
  readonly kind: 'commit';
  readonly at: number;
  /** The writer's monotonic clock when the write took effect, and who the writer was. */
  readonly monotonic: number;
  readonly invocation: number;
  readonly before: CustomerDocument | undefined;
  readonly after: CustomerDocument;
}

/** One call of a provider; `answer` is what the provider really did, whether the caller lived to hear it or not. */
export interface ProviderCall {
  readonly kind: 'provider';
  readonly at: number;
  readonly monotonic: number;
  readonly invocation: number;
  readonly customer: string;
  readonly key: string;
  readonly channel: Channel;
  answer?: ProviderAnswer['kind'];
  /** The provider has the message; after an answer that was lost, nobody knows but the provider. */
  taken?: boolean;
  /** It was asked too often: the channel has to go slower. */
  isThrottled?: boolean;
}

/** The bus was given an event that a journey has emitted. */
interface Emitted {
  readonly kind: 'bus';
  readonly at: number;
  readonly customer: string;
  readonly event: EmittedEvent;
}

/** A function or endpoint was called; `answer` is what it said, whether the caller lived to hear it or not. */
interface CalledOutside {
  readonly kind: 'outside';
  readonly at: number;
  readonly key: string;
  readonly name: string;
  answer?: CallAnswer['kind'];
}

/** An execution entered a state. */
interface StateEntered {
  readonly kind: 'state';
  readonly at: number;
  readonly run: string;
  readonly leg: number;
  readonly state: string;
}

interface ExecutionEnd {
  readonly kind: 'ended';
  readonly at: number;
  readonly run: string;
  readonly status: string;
}

/** An event or identify was delivered to the engine, the first time or again. */
interface Told {
  readonly kind: 'told';
  readonly at: number;
  readonly customer: string;
  readonly input: CustomerEvent | Identify;
}

/** A state machine called a step. */
interface StepCalled {
  readonly kind: 'called';
  readonly at: number;
  readonly step: StepFunction;
  readonly payload: unknown;
}

export type Happening =
  | Commit
  | ProviderCall
  | Emitted
  | CalledOutside
  | StateEntered
  | ExecutionEnd
  | Told
  | StepCalled;

export class Journal {
  readonly all: Happening[] = [];

  write<H extends Happening>(happening: H): H {
    this.all.push(happening);
    return happening;
  }

  of<K extends Happening['kind']>(kind: K): Extract<Happening, { kind: K }>[] {
    return this.all.filter((one): one is Extract<Happening, { kind: K }> => one.kind === kind);
  }

  /** Everything that a document decided, in the order of its commits. */
  logOf(customer: string): { entry: CustomerDocument['log'][number]; commit: Commit }[] {
    return this.of('commit')
      .filter((commit) => commit.after.customer === customer)
      .flatMap((commit) => commit.after.log.map((entry) => ({ entry, commit })));
  }
}

/** The settings of each send that was called for, by its key. */
export function sendCalls(journal: Journal): Map<string, SendCall> {
  const calls = new Map<string, SendCall>();
  for (const { step, payload } of journal.of('called')) {
    if (step !== 'send') continue;
    const call = payload as SendCall;
    calls.set(`${call.run.run}/${call.step.id}/${call.loop.visit}`, call);
  }
  return calls;
}
