// Journeys at work in virtual time: the engine over the memory adapters, the compiled state machines in the local
// interpreter, one clock for all. Whoever drives it feeds calls and lets time pass; nothing happens by itself.
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { MemoryBelongings } from '#lib/adapters/memory/belongings.ts';
import { MemoryCalls, type CallBehaviour } from '#lib/adapters/memory/calls.ts';
import { MemoryConsentLedger } from '#lib/adapters/memory/consent-ledger.ts';
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { MemoryOutbox, type ProviderBehaviour } from '#lib/adapters/memory/outbox.ts';
import { MemorySlots, type SlotUse } from '#lib/adapters/memory/slots.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { MemoryTimeline } from '#lib/adapters/memory/timeline.ts';
import type { CustomerEvent, SourceCall } from '#lib/contracts/customer-event.ts';
import { customerId } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type {
  EmittedEvent,
  JourneySwitch,
  OutgoingMessage,
  RenderedMessage,
  Renderer,
} from '#lib/engine/ports.ts';
import { isForRelay } from '#lib/engine/next-look.ts';
import { callStep } from '#lib/engine/use-cases/call-step.ts';
import { decideAndCommit, type Engine } from '#lib/engine/use-cases/engine.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { relay } from '#lib/engine/use-cases/relay.ts';
import { letInByTime, nextScheduled, type ScheduledEntry } from '#lib/engine/use-cases/let-in-by-time.ts';
import { passTime } from '#lib/engine/use-cases/pass-time.ts';
import { tellCustomer } from '#lib/engine/use-cases/tell-customer.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { accountedStore, accountedTimeline, NO_ACCOUNTS, type Accounts } from './accounts.ts';
import { DueLooks } from './due-looks.ts';
import { OutcomeMinutes, type ToldOutcomes } from './outcome-minutes.ts';
import { prepareJourneys, type JourneySources, type PreparedJourneys } from './prepared-journeys.ts';
import { SimulatedExecutions, type VersionMachines } from './simulated-executions.ts';
import type { OutboxLine } from './trace.ts';

/** What a simulation runs on. */
export interface SimulationOptions {
  readonly journeys: JourneySources | PreparedJourneys;
  readonly renderer: Renderer;
  /** Where the clock stands at first. */
  readonly start: Instant;
  /** What was decided, as the relay tells it; `now` is when. */
  readonly onDecision?: (customer: string, entry: LogEntry, now: Instant) => void;
  /** What would have to be paid for, deployed. */
  readonly accounts?: Accounts;
  /** What was told of messages, when a minute in which something was is over. */
  readonly onOutcomes?: ((told: ToldOutcomes) => Promise<void>) | undefined;
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
  readonly #accounts: Accounts;
  readonly #clock: VirtualClock;
  readonly #documents: MemoryDocuments;
  readonly #executions: SimulatedExecutions;
  #prepared: PreparedJourneys;
  #engine: Engine;
  readonly #slots = new MemorySlots();
  readonly #ledger = new MemoryConsentLedger();
  readonly #customers = new Map<string, string>();
  readonly #externals = new Map<string, string>();
  readonly #switches = new MemorySwitches();
  readonly #outcomes: OutcomeMinutes | undefined;
  readonly #machines: Map<string, VersionMachines>;
  /** Ids of events without a customer: the same one again reaches nobody. */
  readonly #toldToAll = new Set<string>();
  /** The schedule that the clock waits for; another one takes its place when the journeys open. */
  #scheduled: ScheduledEntry | undefined;
  /** What each rendered message is, for the outbox. */
  readonly #rendered = new WeakMap<RenderedMessage, { readonly message: string; readonly journey: string }>();
  #nowMillis: number;
  #nowText: Instant;
  #fault: { readonly error: unknown } | undefined;

  /** @throws DefinitionError for a state machine that the interpreter does not accept. */
  constructor(options: SimulationOptions) {
    const { start, seed = 1, accounts = NO_ACCOUNTS } = options;
    this.#options = options;
    this.#accounts = accounts;
    this.#prepared = 'machines' in options.journeys ? options.journeys : prepareJourneys(options.journeys);
    this.#machines = new Map(this.#prepared.machines);
    const clock = new VirtualClock(toMillis(start));
    this.#clock = clock;
    this.#nowMillis = clock.now();
    this.#nowText = start;
    this.#outcomes = options.onOutcomes && new OutcomeMinutes(clock, options.onOutcomes);
    const looks = new DueLooks(clock, async (customer) => {
      await accounts.call({ kind: 'look' }, () => passTime(this.#engine, customer));
      return this.#documents.load(customer);
    });
    this.#documents = new MemoryDocuments((document) => {
      clock.at(clock.now(), () => this.#relay(document));
      looks.arrange(document);
    });
    this.#executions = new SimulatedExecutions({
      clock,
      random: seededFractions(seed),
      machines: this.#machines,
      callStep: (step, payload) =>
        accounts.call({ kind: 'step', step, payload }, () => callStep(this.#engine, step, payload)),
      ended: (run, status) => {
        clock.at(clock.now(), async () => {
          await accounts.call({ kind: 'ending' }, () => executionEnded(this.#engine, run, status));
        });
      },
    });
    this.#engine = {
      ports: {
        store: accountedStore(this.#documents, accounts),
        executions: this.#executions,
        renderer: this.#remembering(options.renderer),
        delivery: new MemoryOutbox((message) => this.#keep(message), options.provider),
        slots: this.#slots,
        values: this.#prepared.values,
        bus: { put: (_, external, event) => this.#comesBack(external, event) },
        calls: new MemoryCalls(options.answers),
        timeline: accountedTimeline(
          new MemoryTimeline((customer, entry) => options.onDecision?.(customer, entry, this.now)),
          accounts,
        ),
        ledger: this.#ledger,
        belongings: new MemoryBelongings(),
        switches: this.#switches,
        clock: { now: () => this.now, monotonic: () => clock.now() },
      },
      workspace: options.closed === true ? this.#prepared.closed : this.#prepared.workspace,
    };
    // What takes place at the very first instant takes place.
    this.#awaitSchedule(addMillis(start, -1));
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
    await this.#take(call);
  }

  /**
   * Other versions from now on: new runs start on the newest of each journey, those inside keep theirs, which must be among the
   * `earlier`. What a changed status means for those inside is decided at once.
   * @throws DefinitionError for a state machine that the interpreter does not accept.
   */
  async deploy(journeys: JourneySources | PreparedJourneys): Promise<void> {
    this.#prepared = 'machines' in journeys ? journeys : prepareJourneys(journeys);
    for (const [key, machines] of this.#prepared.machines)
      if (!this.#machines.has(key)) this.#machines.set(key, machines);
    this.#engine = { ...this.#engine, workspace: this.#prepared.workspace };
    this.#awaitSchedule(this.now);
    await this.#catchUp();
  }

  /** What an operator or the breaker does: pauses a journey or lets it go on, whatever its file says. */
  async switchJourney(journey: string, to: JourneySwitch): Promise<void> {
    this.#switches.set(journey, to);
    await this.#catchUp();
  }

  /**
   * Lets time pass to the moment at which the event is received; then everybody who is known hears of it, in the order in which
   * they were first heard of.
   */
  async feedToAll(event: CustomerEvent): Promise<void> {
    await this.runUntil(event.received);
    if (this.#toldToAll.has(event.id)) return;
    this.#toldToAll.add(event.id);
    for (const customer of this.#externals.keys())
      await this.#accounts.call({ kind: 'ask' }, () => tellCustomer(this.#engine, customer, event));
  }

  /** From now on the journeys let customers in; those that are known already are looked at once. */
  async open(): Promise<void> {
    this.#engine = { ...this.#engine, workspace: this.#prepared.workspace };
    this.#awaitSchedule(this.now);
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

  /**
   * Lets time pass until nothing is left to happen. The clock then shows when the last thing did. Schedules and dates let nobody
   * in any more: they would never come to an end.
   */
  async runToEnd(): Promise<void> {
    const { workspace } = this.#engine;
    const entries = { ...workspace.entries, timed: [] };
    this.#engine = { ...this.#engine, workspace: { ...workspace, entries } };
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

  /** All who are inside hear at once that a journey's state has changed; those who were held, in the order of due. */
  async #catchUp(): Promise<void> {
    const inside = [...this.#documents.all()].filter(({ runs }) => Object.keys(runs).length > 0);
    for (const { customer } of inside.toSorted((a, b) => compareText(heldSince(a), heldSince(b))))
      await passTime(this.#engine, customer);
  }

  #awaitSchedule(after: Instant): void {
    const scheduled = nextScheduled(this.#engine.workspace, after);
    this.#scheduled = scheduled;
    if (scheduled === undefined) return;
    this.#clock.atIfReached(toMillis(scheduled.at), async () => {
      if (this.#scheduled !== scheduled || this.#engine.workspace.entries.timed.length === 0) return;
      for (const customer of this.#externals.keys())
        await this.#accounts.call({ kind: 'ask' }, () => letInByTime(this.#engine, customer, scheduled));
      this.#awaitSchedule(scheduled.at);
    });
  }

  async #take(call: SourceCall): Promise<void> {
    const customer = this.#customerOf(call.external);
    const outcomes = await this.#accounts.call({ kind: 'event' }, () =>
      takeCalls(this.#engine, customer, [call]),
    );
    this.#outcomes?.add(outcomes);
  }

  /** Deployed, the filter of the stream keeps out what has nothing for the relay. */
  #relay(document: CustomerDocument): Promise<void> {
    const work = () => relay(this.#engine, document);
    return isForRelay(document) ? this.#accounts.call({ kind: 'relay', document }, work) : work();
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
    this.#clock.at(this.#clock.now(), () => this.#take({ external, input }));
    return Promise.resolve();
  }

  /** The port to a provider knows a rendered message only; the outbox also tells which message it was. */
  #remembering(renderer: Renderer): Renderer {
    return {
      channels: (message) => renderer.channels(message),
      render: (message, channel, to, locale, variables, occasion) => {
        const rendered = renderer.render(message, channel, to, locale, variables, occasion);
        this.#rendered.set(rendered, { message, journey: variables.journey.id });
        return rendered;
      },
    };
  }

  /** The engine takes an error of a provider for a doubt about the message; an error of ours must not end up as one. */
  #keep({ sent: { customer, run, step, visit }, rendered }: OutgoingMessage): void {
    if (this.#options.onMessage === undefined) return;
    try {
      const { message = '', journey = '' } = this.#rendered.get(rendered) ?? {};
      this.#options.onMessage({
        at: this.now,
        customer,
        external: this.externalOf(customer),
        journey,
        run,
        step,
        visit,
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

/** When the first step that a customer is held at was due; behind all instants where none is. */
function heldSince({ runs }: CustomerDocument): string {
  const held = Object.values(runs).flatMap(({ rest }) => (rest?.as === 'held' ? [rest.until] : []));
  return held.toSorted()[0] ?? '~';
}

function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function seededFractions(seed: number): () => number {
  const random = xoroshiro128plus(seed);
  return () => uniformFloat64(random);
}
