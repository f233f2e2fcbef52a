// A small deterministic world around the engine's real use cases: documents with conditional commits, a stream with lag and
// redelivery, compiled state machines, a provider. Everything that takes time takes virtual time, drawn from the seed, so
// that use cases interleave between any two of their calls to the outside.
import { MemoryConsentLedger } from '#lib/adapters/memory/consent-ledger.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { customerId, sendKey } from '#lib/contracts/ids.ts';
import { sendCallSchema, type RunInput } from '#lib/contracts/step-calls.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CompiledJourney } from '#lib/compiler/compile.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { MemorySlots } from '#lib/adapters/memory/slots.ts';
import type { CallAnswer, EmittedEvent, JourneySwitch, ProviderAnswer } from '#lib/engine/ports.ts';
import { callStep, type StepFunction } from '#lib/engine/use-cases/call-step.ts';
import type { Engine } from '#lib/engine/use-cases/engine.ts';
import { eraseCustomer } from '#lib/engine/use-cases/erase-customer.ts';
import { executionEnded } from '#lib/engine/use-cases/execution-ended.ts';
import { passTime } from '#lib/engine/use-cases/pass-time.ts';
import { lookAtCustomer } from '#lib/engine/use-cases/look-at-customer.ts';
import { makeTrue, relay } from '#lib/engine/use-cases/relay.ts';
import { parseCall } from '#lib/engine/use-cases/parse-call.ts';
import { sendMessage } from '#lib/engine/use-cases/send-message.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { createWorkspace, type EngineSettings, type Workspace } from '#lib/engine/workspace.ts';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { createValues } from '#lib/messages/create-values.ts';
import { portsBeside, WorldBelongings } from './belongings.ts';
import { throwDice, type Dice } from './dice.ts';
import { WorldExecutions, type EndStatus } from './executions.ts';
import { Died, Invocation, NO_TROUBLE, type Trouble } from './invocation.ts';
import { invokedSlots } from './invoked-slots.ts';
import { Journal } from './journal.ts';
import { SEGMENTS, SETTINGS } from './journeys.ts';
import { withPutOffStarts } from './put-off-starts.ts';

export const START = fromMillis(Date.parse('2026-03-27T10:00:00.000Z'));
/** The index of looks is asked every minute. */
const LOOKS_EVERY = 60 * 1000;
/** How long functions of before a deployment go on beside the new ones. */
const DEPLOYING = 10 * 60 * 1000;
/** Faults after which queues and streams try again. */
const TRIED_AGAIN: ReadonlySet<string> = new Set(['DocumentConflict', 'UnknownVersion', 'StartThrottled']);

/** The same customer has the same id in every world. */
export function idOf(external: string): string {
  return customerId('a secret of the tests', external);
}

export interface WorldSeed {
  readonly seed: number;
  readonly journeys: readonly CompiledJourney[];
  readonly trouble?: Trouble;
  /** Those of the laws' own journeys, unless told otherwise. */
  readonly segments?: readonly SegmentDefinition[];
  /** Rules of the settings by which those get less who do not react; none unless told otherwise. */
  readonly fatigue?: EngineSettings['fatigue'];
  /** When the trouble ends, in minutes after the start. */
  readonly calmAfter?: number;
  /** The function of a send dies in its n-th moment of all sends' moments. */
  readonly dieInMoment?: number;
  /** `full`: executions keep their history, as the platform does. */
  readonly history?: 'full' | 'count';
  /** The use case behind a send step; another one than the product's to see that a broken protocol is noticed. */
  readonly sending?: typeof sendMessage;
  /** What is stored is kept as it is, instead of through JSON as a table does: a sixth faster, where other worlds hold that law. */
  readonly storesAsIs?: boolean;
}

export class World {
  readonly clock = new VirtualClock(toMillis(START));
  readonly journal = new Journal();
  readonly belongings = new WorldBelongings();
  readonly ledger = new MemoryConsentLedger();
  readonly executions: WorldExecutions;
  readonly #dice: Dice;
  readonly #slots = new MemorySlots();
  readonly #trouble: Trouble;
  readonly #calmAt: number;
  readonly #documents = new Map<string, CustomerDocument>();
  readonly #journeys: CompiledJourney[] = [];
  readonly #dieInMoment: number;
  readonly #deployed: { readonly segments: readonly SegmentDefinition[]; readonly settings: EngineSettings };
  readonly #switches = new MemorySwitches();
  readonly #sending: typeof sendMessage;
  readonly #storesAsIs: boolean;
  #workspace!: Workspace;
  /** What functions know that the deployment under way has not reached yet. */
  #outdated: { readonly workspace: Workspace; readonly until: number } | undefined;
  #invocations = 0;
  #sendMoments = 0;

  constructor(world: WorldSeed) {
    const {
      seed,
      journeys,
      segments = SEGMENTS,
      trouble = NO_TROUBLE,
      calmAfter = 0,
      dieInMoment = -1,
      history = 'count',
      sending = sendMessage,
      storesAsIs = false,
    } = world;
    this.#deployed = { segments, settings: { ...SETTINGS, fatigue: world.fatigue ?? [] } };
    this.#sending = sending;
    this.#storesAsIs = storesAsIs;
    this.#dice = throwDice(seed);
    this.#dieInMoment = dieInMoment;
    this.#trouble = trouble;
    this.#calmAt = toMillis(START) + calmAfter * 60_000;
    const { clock, journal } = this;
    const dice = this.#dice;
    this.executions = new WorldExecutions({
      clock,
      dice,
      journal,
      history,
      callStep: (step, payload) => this.#task(step, payload),
      ended: (run, status) => this.#tellEnd(run, status),
    });
    this.deploy(journeys);
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  get manifests(): CompiledJourney['manifest'][] {
    return this.#journeys.map((one) => one.manifest);
  }

  /** New runs start on what is deployed now; those inside keep what they have. */
  deploy(journeys: readonly CompiledJourney[]): void {
    for (const one of journeys) {
      if (this.#journeys.some((known) => known.version === one.version)) continue;
      this.#journeys.push(one);
      this.executions.deploy(one);
    }
    const newest = Object.fromEntries(journeys.map((one) => [one.journey, one.version]));
    const before: Workspace | undefined = this.#workspace;
    if (before !== undefined) this.#outdated = { workspace: before, until: this.clock.now() + DEPLOYING };
    this.#workspace = createWorkspace({
      manifests: this.manifests,
      newest,
      ...this.#deployed,
    });
  }

  /** An operator pauses a journey or lets it go on; a job of theirs then looks after everybody inside. */
  switchJourney(journey: string, to: JourneySwitch): void {
    this.#switches.set(journey, to);
    for (const { customer, runs } of this.#documents.values())
      if (Object.keys(runs).length > 0) this.#passTime(customer, this.clock.now() + this.#dice.upTo(10_000));
  }

  document(external: string): CustomerDocument | undefined {
    return this.#documents.get(idOf(external));
  }

  /** How often the functions of sends have called the outside, before and after. */
  get sendMoments(): number {
    return this.#sendMoments;
  }

  documents(): CustomerDocument[] {
    return [...this.#documents.values()];
  }

  now(): Instant {
    return fromMillis(this.clock.now());
  }

  /** Does something `minutes` after the start. */
  at(minutes: number, action: () => void): void {
    this.clock.at(toMillis(START) + minutes * 60_000, action);
  }

  /** An event or identify of a customer reaches the engine now, again after a failure, now and then twice. */
  tell(external: string, input: CustomerEvent | Identify): void {
    const deliver = (delay: number): void => {
      this.clock.at(this.clock.now() + delay, () => {
        this.journal.write({ kind: 'told', at: this.clock.now(), customer: idOf(external), input });
        this.#untilDone((engine) => takeCalls(engine, idOf(external), [{ external, input }]));
      });
    };
    deliver(0);
    if (this.#happens('twice')) deliver(this.#dice.upTo(30_000));
  }

  /** Somebody has the customer erased; who dies before it is committed tries again. */
  erase(external: string): void {
    this.#untilDone((engine) => eraseCustomer(engine, idOf(external), 'operator'));
  }

  /** Stops an execution behind the engine's back, as an operator does in the console. */
  abortOne(): void {
    const running = this.executions.running();
    const name = running[this.#dice.upTo(running.length - 1)];
    if (name !== undefined) this.executions.stop(name);
  }

  async runUntil(minutes: number): Promise<void> {
    await this.clock.runUntil(toMillis(START) + minutes * 60_000);
  }

  #happens(what: keyof Trouble): boolean {
    return this.#dice.happens(this.#troubleNow()[what]);
  }

  #troubleNow(): Trouble {
    return this.clock.now() < this.#calmAt ? this.#trouble : NO_TROUBLE;
  }

  /** Runs a function; where it fails, what called it tries again, as queues and streams do. */
  #untilDone(work: (engine: Engine) => Promise<unknown>, attempt = 0): void {
    this.clock.spawn(async () => {
      try {
        await this.#invoke(work);
      } catch (error) {
        if (!(error instanceof Died) && !(error instanceof Fault && TRIED_AGAIN.has(error.name))) throw error;
        this.clock.at(this.clock.now() + 1000 + this.#dice.upTo(10_000), () =>
          this.#untilDone(work, attempt + 1),
        );
      }
    });
  }

  #invoke<T>(work: (engine: Engine) => Promise<T>, isSend = false): Promise<T> {
    const trouble = (): Trouble => {
      if (!isSend || this.#dieInMoment === -1) return this.#troubleNow();
      return this.#sendMoments++ === this.#dieInMoment ? { ...NO_TROUBLE, dies: 100 } : NO_TROUBLE;
    };
    const invocation = new Invocation((this.#invocations += 1), this.clock, this.#dice, trouble);
    return invocation.run(() => work(this.#engine(invocation)));
  }

  async #task(step: StepFunction, payload: unknown): Promise<unknown> {
    this.journal.write({ kind: 'called', at: this.clock.now(), step, payload });
    if (step === 'send' && this.#happens('doubled')) this.#double(payload);
    try {
      return await this.#invoke((engine) => this.#callStep(engine, step, payload), step === 'send');
    } catch (error) {
      if (error instanceof Died) throw new TaskFailure('Lambda.Unknown', 'the function has died');
      throw error;
    }
  }

  #callStep(engine: Engine, step: StepFunction, payload: unknown): Promise<unknown> {
    return step === 'send'
      ? this.#sending(engine, parseCall(sendCallSchema, payload))
      : callStep(engine, step, payload);
  }

  /** The same task reaches a second function as well, at about the same time; nobody listens to what it says. */
  #double(payload: unknown): void {
    this.clock.at(this.clock.now() + this.#dice.upTo(100), () =>
      this.clock.spawn(async () => {
        try {
          await this.#invoke((engine) => this.#callStep(engine, 'send', structuredClone(payload)));
        } catch {
          // Its caller has the other one's answer.
        }
      }),
    );
  }

  #tellEnd(run: RunInput, status: EndStatus): void {
    const deliver = (): void => {
      this.clock.at(this.clock.now() + this.#dice.upTo(5000), () =>
        this.#untilDone((engine) => executionEnded(engine, run, status)),
      );
    };
    if (this.#happens('lost')) return;
    deliver();
    if (this.#happens('twice')) deliver();
  }

  /** The table's stream: every image arrives after a while, some twice, some never, and not always in order. */
  #stream(image: CustomerDocument): void {
    const deliver = (): void => {
      this.clock.at(this.clock.now() + this.#dice.upTo(1500), () =>
        this.#untilDone((engine) => this.#relay(engine, image)),
      );
    };
    if (!this.#happens('lost')) deliver();
    if (this.#happens('twice')) deliver();
    this.#lookLater(image);
  }

  /** A version that this function does not know yet is left to the sweep: the shard goes on. */
  async #relay(engine: Engine, image: CustomerDocument): Promise<void> {
    try {
      await relay(
        withPutOffStarts(engine, (customer) => this.#startLater(customer)),
        image,
      );
    } catch (error) {
      if (!(error instanceof Fault) || error.name !== 'UnknownVersion') throw error;
    }
  }

  /** An operator's job looks after the customer. */
  #passTime(customer: string, at: number): void {
    this.clock.at(at, () => this.#untilDone((engine) => passTime(engine, customer)));
  }

  /** The index of looks gives whoever is due, in the minute behind the instant; nobody else is ever looked at. */
  #lookLater({ customer, look }: CustomerDocument): void {
    if (look === undefined) return;
    const minute = Math.ceil(toMillis(look) / LOOKS_EVERY) * LOOKS_EVERY;
    this.clock.at(Math.max(minute, this.clock.now()) + this.#dice.upTo(10_000), () => {
      if (this.#documents.get(customer)?.look !== look) return;
      // A start that is throttled is left to the next look.
      this.#untilDone((engine) =>
        lookAtCustomer(
          withPutOffStarts(engine, () => {}),
          customer,
        ),
      );
    });
  }

  /** A queue with a pace of its own: what is throttled there as well comes again. */
  #startLater(customer: string): void {
    this.clock.at(this.clock.now() + this.#dice.upTo(20_000), () =>
      this.#untilDone((engine) => makeTrue(engine, customer)),
    );
  }

  #engine(invocation: Invocation): Engine {
    const { executions, journal, clock } = this;
    return {
      workspace: this.#workspaceOfOne(),
      ports: {
        clock: { now: () => this.now(), monotonic: () => invocation.monotonic() },
        store: {
          load: (customer) => invocation.call(() => this.#documents.get(customer)),
          commit: (document) => invocation.call(() => this.#commit(document, invocation)),
        },
        executions: {
          start: (name, input) =>
            invocation.call(() => {
              if (this.#happens('throttled')) throw new Fault('StartThrottled', 'there is no room');
              return executions.start(name, input);
            }),
          wake: (token, answer) => invocation.call(() => executions.wake(token, answer)),
          move: (token, answer) => invocation.call(() => executions.move(token, answer)),
          stop: (name) => invocation.call(() => executions.stop(name)),
          describe: (name) => invocation.call(() => executions.describe(name)),
        },
        slots: invokedSlots(invocation, this.#slots),
        renderer: {
          channels: () => ['email', 'sms', 'push', 'inapp'],
          render: (_message, channel, to, locale) => {
            if (this.#happens('stalls')) invocation.frozen += this.#dice.upTo(20_000);
            return { channel, to, locale, text: 'Hello' };
          },
        },
        delivery: {
          send: async ({ sent: { customer, run, step, visit }, rendered: { channel } }) => {
            const key = sendKey(run, step, visit);
            const call = journal.write({
              kind: 'provider',
              at: clock.now(),
              monotonic: invocation.monotonic(),
              invocation: invocation.id,
              customer,
              key,
              channel,
            });
            return invocation.call(() => {
              const { answer, taken } = this.#provide(key);
              // A message in the app, a link to the provider's id: kept by whoever delivers, whatever is decided meanwhile.
              this.belongings.add(customer, `message ${key}`);
              Object.assign(call, { answer: answer.kind, taken, isThrottled: 'throttled' in answer });
              if (answer.kind === 'unknown') throw new Error('the connection was lost');
              return answer;
            });
          },
        },
        values: createValues('en'),
        bus: {
          put: (customer, external, event) => invocation.call(() => this.#put(customer, external, event)),
        },
        calls: {
          call: ({ key, name }) => {
            const call = journal.write({ kind: 'outside', at: clock.now(), key, name });
            return invocation.call(() => {
              const answer = this.#answer();
              Object.assign(call, { answer: answer.kind });
              return answer;
            });
          },
        },
        switches: this.#switches,
        ...portsBeside(invocation, this.belongings, this.ledger),
      },
    };
  }

  /** What one function knows: during a deployment some are behind. */
  #workspaceOfOne(): Workspace {
    const outdated = this.#outdated;
    const isBehind = outdated !== undefined && this.clock.now() < outdated.until && this.#happens('outdated');
    return isBehind ? outdated.workspace : this.#workspace;
  }

  #commit(document: CustomerDocument, invocation: Invocation): 'committed' | 'conflict' {
    const before = this.#documents.get(document.customer);
    if (document.revision !== (before?.revision ?? 0) + 1) return 'conflict';
    // What is stored is what survives JSON: the engine must not lean on anything else.
    const after = this.#storesAsIs ? document : (JSON.parse(JSON.stringify(document)) as CustomerDocument);
    this.#documents.set(document.customer, after);
    this.journal.write({
      kind: 'commit',
      at: this.clock.now(),
      monotonic: invocation.monotonic(),
      invocation: invocation.id,
      before,
      after,
    });
    this.#stream(after);
    return 'committed';
  }

  /** The bus brings an event to whoever listens, after a while and perhaps twice: to the customer's journeys too. */
  #put(customer: string, external: string, event: EmittedEvent): void {
    this.journal.write({ kind: 'bus', at: this.clock.now(), customer, event });
    const { id, at, event: name, properties } = event;
    this.clock.at(this.clock.now() + this.#dice.upTo(2000), () => {
      const received = this.now();
      this.tell(external, { kind: 'event', id, at, received, event: name, properties: { ...properties } });
    });
  }

  /** What a function or endpoint says. */
  #answer(): CallAnswer {
    if (!this.#happens('providerFails')) return { kind: 'answered', value: { tier: 'gold', more: 1 } };
    return this.#dice.happens(70)
      ? { kind: 'try later', reason: 'it is busy' }
      : { kind: 'refused', reason: 'it says no' };
  }

  /** `taken`: the provider has the message, whatever its caller hears: an answer can be lost on both ways. */
  #provide(key: string): { readonly answer: ProviderAnswer; readonly taken: boolean } {
    if (!this.#happens('providerFails')) {
      if (this.#dice.happens(30)) this.#report(key, 'Message Opened');
      return { answer: { kind: 'accepted', id: key }, taken: true };
    }
    const kinds = ['refused', 'try later', 'unknown'] as const;
    const kind = kinds[this.#dice.upTo(2)] ?? 'refused';
    const throttled = kind === 'try later' && this.#dice.happens(50) ? { throttled: true as const } : {};
    const taken = kind === 'unknown' && this.#dice.happens(50);
    if (taken) this.#report(key, 'Message Delivered');
    return { answer: { kind, reason: 'the provider says so', ...throttled }, taken };
  }

  #report(send: string, event: 'Message Delivered' | 'Message Opened'): void {
    const external = this.documents().find((one) => one.sends.some(({ key }) => key === send))?.external.user;
    const at = addMillis(this.now(), this.#dice.upTo(3_600_000));
    const report: CustomerEvent = {
      kind: 'event',
      id: `${event} ${send}`,
      at,
      received: at,
      event,
      properties: { send },
    };
    if (external !== undefined) this.clock.at(toMillis(at), () => this.tell(external, report));
  }
}
