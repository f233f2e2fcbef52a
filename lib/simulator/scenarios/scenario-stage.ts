// A scenario in progress: its customers, the simulation that they live in, and what has happened to them so far.
import type { CustomerEvent, SourceCall } from '#lib/contracts/customer-event.ts';
import { messageId, sendKey } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { earlier, type Instant } from '#lib/contracts/time.ts';
import type {
  CallAnswer,
  OutgoingMessage,
  OutsideCall,
  ProviderAnswer,
  RenderedMessage,
  Renderer,
} from '#lib/engine/ports.ts';
import { Chronicle } from '../chronicle.ts';
import type { PreparedJourneys } from '../prepared-journeys.ts';
import { Simulation } from '../simulation.ts';
import { traceLine } from '../trace.ts';
import { ScriptedAnswers, type WrittenAnswer } from './answers.ts';
import type { Actual, SentMessage } from './actual.ts';
import { resolveMoment } from './moment.ts';
import { ScriptedProvider } from './scripted-provider.ts';
import type { Said, Stage } from './timeline/timeline-kind.ts';

/** What a scenario is played on. */
export interface StageOptions {
  readonly journeys: PreparedJourneys;
  readonly renderer: Renderer;
  /** The workspace's. */
  readonly timezone: string;
  /** Where the clock stands at first: before everything that the scenario mentions. */
  readonly from: Instant;
  readonly answers: readonly WrittenAnswer[];
  /** Ids of the customers, in the order in which they are written. */
  readonly customers: readonly string[];
  /** Reads the moment at which something happened by its own timestamp. */
  readonly moment: (text: string) => Instant;
}

/** A simulation for the customers of one scenario. */
export class ScenarioStage {
  readonly simulation: Simulation;
  /** What could not happen as the timeline says. */
  readonly problems: string[] = [];
  readonly #provider = new ScriptedProvider();
  readonly #answers: ScriptedAnswers;
  /** What was told in the latest call of a step of a run, by run and step. */
  readonly #bodies = new Map<string, Readonly<Record<string, unknown>>>();
  /** What was told in calls of the log. */
  readonly #told = new Map<LogEntry, Readonly<Record<string, unknown>>>();
  readonly #timezone: string;
  readonly #moment: StageOptions['moment'];
  readonly #chronicle: Chronicle;
  readonly #actual: Actual[] = [];
  readonly #calls: SourceCall[] = [];
  /** Events so far that belong to no customer. */
  #toldToAll = 0;
  /** The latest message of each send, by its key. */
  readonly #rendered = new Map<string, RenderedMessage>();
  /** The messages of what the log calls sent. */
  readonly #sent = new Map<LogEntry, RenderedMessage>();
  /** Key of the latest send of a step of a run, by run and step. */
  readonly #latestKeys = new Map<string, string>();
  readonly #latestSends = new Map<string, SentMessage>();

  constructor({ journeys, renderer, timezone, from, answers, customers, moment }: StageOptions) {
    this.#moment = moment;
    this.#answers = new ScriptedAnswers(answers);
    this.#timezone = timezone;
    const externalOf = (customer: string): string => this.simulation.externalOf(customer);
    this.#chronicle = new Chronicle(
      ({ customer, entry }) => {
        const rendered = this.#sent.get(entry);
        const told = this.#told.get(entry);
        this.#actual.push({
          ...traceLine(entry, customer, externalOf(customer)),
          ...(rendered && { rendered }),
          ...(told && { told }),
        });
      },
      (customer) => customers.indexOf(externalOf(customer)),
    );
    this.simulation = new Simulation({
      journeys,
      renderer,
      start: from,
      closed: true,
      provider: (message) => this.#answer(message),
      answers: (call) => this.#answerCall(call),
      onDecision: (customer, entry, now) => {
        if (entry.kind === 'sends') this.#noteSend(externalOf(customer), entry);
        if (entry.kind === 'calls') this.#noteCall(entry);
        this.#chronicle.add(customer, entry, now);
      },
    });
  }

  /** The stage as an entry of the timeline sees it. */
  of(customer: string): Stage {
    return {
      customer,
      now: this.simulation.now,
      switchJourney: (journey, to) => this.simulation.switchJourney(journey, to),
      after: (duration) => resolveMoment(duration, this.simulation.now, this.#timezone),
      provider: this.#provider,
      say: (said, happened) => this.#say(customer, said, happened),
      sayToAll: (said) => this.#sayToAll(said),
      repeat: (event) => this.#repeat(customer, event),
      latestSend: (step) => this.#latestSends.get(`${customer}/${step}`),
      problem: (text) => this.problems.push(text),
    };
  }

  /** True while a run is under way that had begun by then. */
  hasRuns(begunBy: Instant): boolean {
    for (const { runs } of this.simulation.documents())
      for (const run of Object.values(runs))
        if (run.over === undefined && run.entered <= begunBy) return true;
    return false;
  }

  /** Ends the scenario: everything that happened, in its order. */
  finish(): readonly Actual[] {
    this.#chronicle.finish(this.simulation.now);
    return this.#actual;
  }

  async #say(external: string, said: Said, happened: string | undefined): Promise<void> {
    const { now } = this.simulation;
    const at = happened === undefined ? now : earlier(this.#moment(happened), now);
    const call = { external, input: { ...said, id: `call-${this.#calls.length + 1}`, at, received: now } };
    this.#calls.push(call);
    await this.simulation.feed(call);
  }

  async #sayToAll(said: Omit<CustomerEvent, 'id' | 'at' | 'received'>): Promise<void> {
    const { now } = this.simulation;
    this.#toldToAll += 1;
    await this.simulation.feedToAll({ ...said, id: `to-all-${this.#toldToAll}`, at: now, received: now });
  }

  async #repeat(external: string, event: string): Promise<boolean> {
    const call = this.#calls.findLast(
      (one) => one.external === external && one.input.kind === 'event' && one.input.event === event,
    );
    if (call === undefined) return false;
    await this.simulation.feed({ external, input: { ...call.input, received: this.simulation.now } });
    return true;
  }

  #answer(message: OutgoingMessage): ProviderAnswer {
    const { customer, run, step, visit } = message.sent;
    const key = sendKey(run, step, visit);
    this.#rendered.set(key, message.rendered);
    this.#latestKeys.set(sendKey(run, step, 0), key);
    return this.#provider.answer(message, this.simulation.externalOf(customer), this.simulation.now);
  }

  #answerCall(call: OutsideCall): CallAnswer {
    const [run = '', step = ''] = call.key.split('/');
    this.#bodies.set(sendKey(run, step, 0), call.body);
    return this.#answers.answer(call);
  }

  #noteCall(entry: LogEntry): void {
    const body = this.#bodies.get(sendKey(entry.run ?? '', entry.step ?? '', 0));
    if (body !== undefined) this.#told.set(entry, body);
  }

  #noteSend(external: string, entry: LogEntry): void {
    const { run = '', step = '', message, channel, journey } = entry;
    const key = this.#latestKeys.get(sendKey(run, step, 0)) ?? '';
    const rendered = this.#rendered.get(key);
    if (rendered !== undefined) this.#sent.set(entry, rendered);
    this.#latestSends.set(`${external}/${step}`, {
      key,
      message: messageId(message) ?? '',
      channel,
      journey,
    });
  }
}
