// Journeys at work in virtual time: the engine over the memory adapters, the compiled state machines in the local
// interpreter, one clock for all. Whoever drives it feeds calls and lets time pass; nothing happens by itself.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { MemoryCalls, type CallBehaviour } from '#lib/adapters/memory/calls.ts';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { MemoryOutbox, type OutgoingMessage, type ProviderBehaviour } from '#lib/adapters/memory/outbox.ts';
import { MemorySlots, type SlotUse } from '#lib/adapters/memory/slots.ts';
import { MemoryTimeline } from '#lib/adapters/memory/timeline.ts';
import type { SourceCall } from '#lib/contracts/customer-event.ts';
import { customerId } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { EmittedEvent, RenderedMessage, Renderer } from '#lib/engine/ports.ts';
import { callStep } from '#lib/engine/use-cases/call-step.ts';
import { decideAndCommit, type Engine } from '#lib/engine/use-cases/engine.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { passTime } from '#lib/engine/use-cases/pass-time.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { prepareJourneys, type JourneySources, type PreparedJourneys } from './prepared-journeys.ts';
import { SimulatedExecutions } from './simulated-executions.ts';
import type { OutboxLine } from './trace.ts';

/** What a simulation runs on. */
export interface SimulationOptions {
  readonly journeys: JourneySources | PreparedJourneys;
  readonly renderer: Renderer;
  /** Where the clock stands at first. */
  readonly start: Instant;
  /** What was decided, as the relay tells it; `now` is when. */
  readonly onDecision?: (customer: string, entry: LogEntry, now: Instant) => void;
  /** What was accepted for delivery. */
  readonly onMessage?: (line: OutboxLine) => void;
  /** What providers answer; without it they accept everything. */
  readonly provider?: ProviderBehaviour;
  /** What functions and endpoints answer; without it an empty object. Nothing leaves the machine. */
  readonly answers?: CallBehaviour;
  /** Seed of the jitter of retries. */
  readonly seed?: number;
  /** Nobody is let in until `open` is called: what is fed before is the past. */
  readonly closed?: boolean;
}

/** The secret under which customer ids are hashed. Nothing leaves a simulation, so it protects nobody. */
const SECRET = 'simulation';

/** One simulation. Its calls must follow each other: each is over when its promise is. */
export class Simulation {
  readonly #options: SimulationOptions;
  readonly #clock: VirtualClock;
  readonly #documents: MemoryDocuments;
  readonly #executions: SimulatedExecutions;
  readonly #prepared: PreparedJourneys;
  #engine: Engine;
  readonly #slots = new MemorySlots();
  readonly #customers = new Map<string, string>();
  readonly #externals = new Map<string, string>();
  /** Customer → for when the clock has been asked to look at what is due. */
  readonly #looks = new Map<string, Instant>();
  /** What each rendered message is, for the outbox. */
  readonly #rendered = new WeakMap<RenderedMessage, { readonly message: string; readonly journey: string }>();
  #nowMillis: number;
  #nowText: Instant;
  #fault: { readonly error: unknown } | undefined;

  /** @throws DefinitionError for a state machine that the interpreter does not accept. */
  constructor(options: SimulationOptions) {
    const { start, seed = 1 } = options;
    this.#options = options;
    this.#prepared = 'machines' in options.journeys ? options.journeys : prepareJourneys(options.journeys);
    const clock = new VirtualClock(toMillis(start));
    this.#clock = clock;
    this.#nowMillis = clock.now();
    this.#nowText = start;
    this.#documents = new MemoryDocuments((document) => {
      clock.at(clock.now(), () => relay(this.#engine, document));
      this.#passTimeWhenDue(document);
    });
    this.#executions = new SimulatedExecutions({
      clock,
      random: seededFractions(seed),
      machines: this.#prepared.machines,
      callStep: (step, payload) => callStep(this.#engine, step, payload),
      ended: (run, status) => {
        clock.at(clock.now(), () => executionEnded(this.#engine, run, status));
      },
    });
    this.#engine = {
      ports: {
        store: this.#documents,
        executions: this.#executions,
        renderer: this.#remembering(options.renderer),
        delivery: new MemoryOutbox((message) => this.#keep(message), options.provider),
        slots: this.#slots,
        values: this.#prepared.values,
        bus: { put: (_, external, event) => this.#comesBack(external, event) },
        calls: new MemoryCalls(options.answers),
        timeline: new MemoryTimeline((customer, entry) => options.onDecision?.(customer, entry, this.now)),
        clock: { now: () => this.now, monotonic: () => clock.now() },
      },
      workspace: options.closed === true ? this.#prepared.closed : this.#prepared.workspace,
    };
  }

  get now(): Instant {
    const millis = this.#clock.now();
    // Asked several times for each decision; the text is made once for each instant.
    if (millis !== this.#nowMillis) {
      this.#nowMillis = millis;
      this.#nowText = fromMillis(millis);
    }
    return this.#nowText;
  }

  /** Lets time pass to the moment at which the call is received, with all that is due by then, and decides the call. */
  async feed(call: SourceCall): Promise<void> {
    await this.runUntil(call.input.received);
    await takeCalls(this.#engine, this.#customerOf(call.external), [call]);
  }

  /** From now on the journeys let customers in; those that are known already are looked at once. */
  async open(): Promise<void> {
    this.#engine = { ...this.#engine, workspace: this.#prepared.workspace };
    for (const customer of this.#externals.keys())
      await decideAndCommit(this.#engine, customer, [{ kind: 'time' }]);
  }

  /** When the next thing is due; undefined where nothing is left to happen. */
  get next(): Instant | undefined {
    const millis = this.#clock.next();
    return millis === undefined ? undefined : fromMillis(millis);
  }

  /** Lets time pass to the instant; what is due at it happens. An instant that is past changes nothing. */
  async runUntil(instant: Instant): Promise<void> {
    await this.#clock.runUntil(toMillis(instant));
    this.#throwFault();
  }

  /** Lets time pass until nothing is left to happen. The clock then shows when the last thing did. */
  async runToEnd(): Promise<void> {
    await this.#clock.runAll();
    this.#throwFault();
  }

  /** Every customer's document, in the order in which they were first heard of. */
  documents(): Iterable<CustomerDocument> {
    return this.#documents.all();
  }

  /** Number of customers heard of. */
  get customers(): number {
    return this.#documents.size;
  }

  /** Places taken on channels with a rate, by counter. */
  slotUse(): ReadonlyMap<string, SlotUse> {
    return this.#slots.use;
  }

  /** State transitions by journey so far. */
  transitions(): ReadonlyMap<string, number> {
    return this.#executions.transitions();
  }

  /** The stream's own id of a customer. */
  externalOf(customer: string): string {
    return this.#externals.get(customer) ?? '';
  }

  /**
   * One look at a time is enough for each customer: where it turns out to be too early, because what was due has moved, the
   * next one is arranged then.
   */
  #passTimeWhenDue({ customer, due }: CustomerDocument): void {
    const planned = this.#looks.get(customer);
    if (due === undefined || (planned !== undefined && planned <= due)) return;
    this.#looks.set(customer, due);
    this.#clock.atIfReached(toMillis(due), async () => {
      if (this.#looks.get(customer) !== due) return;
      this.#looks.delete(customer);
      await passTime(this.#engine, customer);
      const document = await this.#documents.load(customer);
      if (document !== undefined) this.#passTimeWhenDue(document);
    });
  }

  #customerOf(external: string): string {
    const known = this.#customers.get(external);
    if (known !== undefined) return known;
    const customer = customerId(SECRET, external);
    this.#customers.set(external, customer);
    this.#externals.set(customer, external);
    return customer;
  }

  /** What a journey emits comes back over the bus, as any event of the customer does. */
  #comesBack(external: string, { id, at, event, properties }: EmittedEvent): Promise<void> {
    const input = {
      kind: 'event',
      id,
      at,
      received: this.now,
      event,
      properties: { ...properties },
    } as const;
    this.#clock.at(this.#clock.now(), () =>
      takeCalls(this.#engine, this.#customerOf(external), [{ external, input }]),
    );
    return Promise.resolve();
  }

  /** The port to a provider knows a rendered message only; the outbox also tells which message it was. */
  #remembering(renderer: Renderer): Renderer {
    return {
      channels: (message) => renderer.channels(message),
      render: (message, channel, to, locale, variables) => {
        const rendered = renderer.render(message, channel, to, locale, variables);
        this.#rendered.set(rendered, { message, journey: variables.journey.id });
        return rendered;
      },
    };
  }

  /** The engine takes an error of a provider for a doubt about the message; an error of ours must not end up as one. */
  #keep({ key, customer, rendered }: OutgoingMessage): void {
    if (this.#options.onMessage === undefined) return;
    try {
      const [run = '', step = '', visit = ''] = key.split('/');
      const { message = '', journey = '' } = this.#rendered.get(rendered) ?? {};
      this.#options.onMessage({
        at: this.now,
        customer,
        external: this.externalOf(customer),
        journey,
        run,
        step,
        visit: Number(visit),
        message,
        ...rendered,
      });
    } catch (error) {
      this.#fault ??= { error };
    }
  }

  #throwFault(): void {
    if (this.#fault !== undefined) throw this.#fault.error;
  }
}

function seededFractions(seed: number): () => number {
  const random = xoroshiro128plus(seed);
  return () => uniformFloat64(random);
}
