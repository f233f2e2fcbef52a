// Counts what happened, from the log alone. The customer documents keep counts of their own; where the two meet, in
// reconcile.ts, they must agree.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { KEPT_OUT } from '#lib/engine/rules/entry-condition.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { FlowNode } from '#lib/journey/flow.ts';
import { countDeparture, type Departures } from './peaks.ts';
import type { ChannelFigures } from './report.ts';
import { countMove, type Moves } from './segment-figures.ts';
import { stepOrder } from './step-order.ts';

/** Counts by reason or name. */
export type Counts = Map<string, number>;

/** What the log tells of one journey. */
export interface LoggedJourney {
  entered: number;
  completed: number;
  readonly exited: Counts;
  failed: number;
  readonly refused: Counts;
  heldOut: number;
  converted: number;
  /** Step → how often it was reached. Every step of the journey is there. */
  readonly steps: Counts;
}

/** What the log tells of everything. */
export interface LoggedFigures {
  readonly journeys: ReadonlyMap<string, LoggedJourney>;
  /** Message id → channel → what became of it. */
  readonly messages: ReadonlyMap<string, ReadonlyMap<string, ChannelFigures>>;
  /** Inputs that changed nothing, or not all they meant to, by reason. */
  readonly ignored: Counts;
  /** What steps did besides sending, by `actionKey`. */
  readonly actions: Counts;
  /** When messages went out. */
  readonly departures: Departures;
  /** Segment → who moved. */
  readonly moves: ReadonlyMap<string, Moves>;
}

/** Kind of the log entry, name of the trait, event, function or endpoint, and how a call came out. */
export type Action = readonly [kind: 'sets' | 'emits' | 'calls', name: string, outcome: string];

export function actionOf(key: string): Action {
  return JSON.parse(key) as Action;
}

/** Reason of the refusal by which a customer is kept out for comparison; every later one is `held out`. */
const HELD_OUT = 'holdout';

/** Adds up log entries in the order in which they happened. */
export class Figures implements LoggedFigures {
  readonly journeys = new Map<string, LoggedJourney>();
  readonly messages = new Map<string, Map<string, ChannelFigures>>();
  readonly ignored: Counts = new Map();
  readonly actions: Counts = new Map();
  readonly departures: Departures = new Map();
  readonly moves = new Map<string, Moves>();
  readonly #kinds = new Map<string, FlowNode['kind']>();
  /** Deferred sends that have not ended yet, `run/step`: their step was counted when it was first reached. */
  readonly #deferred = new Map<string, Set<string>>();
  /** Run → step and instant of the action told last: one action may have several entries. */
  readonly #acted = new Map<string, string>();

  constructor(manifests: readonly Manifest[]) {
    for (const { journey, flow, goal } of manifests) {
      const steps: Counts = new Map();
      for (const id of stepOrder(flow, goal?.start)) if (isWritten(id)) steps.set(id, 0);
      for (const [id, node] of Object.entries(flow.nodes)) this.#kinds.set(`${journey}/${id}`, node.kind);
      const none = { entered: 0, completed: 0, failed: 0, heldOut: 0, converted: 0 };
      this.journeys.set(journey, { ...none, exited: new Map(), refused: new Map(), steps });
    }
  }

  add(entry: LogEntry): void {
    this.#countMessage(entry);
    countDeparture(this.departures, entry);
    this.#countAction(entry);
    countMove(this.moves, entry);
    if (entry.kind === 'ignores') increase(this.ignored, entry.reason ?? 'no reason');
    const journey = entry.journey === undefined ? undefined : this.journeys.get(entry.journey);
    if (journey === undefined) return;
    this.#countStep(journey, entry);
    switch (entry.kind) {
      case 'enters':
        journey.entered += 1;
        break;
      case 'refuses':
        if (entry.reason === HELD_OUT) journey.heldOut += 1;
        // Whom `where` keeps out is told only where somebody asked for a trace: no figure may depend on that.
        else if (entry.reason !== KEPT_OUT) increase(journey.refused, entry.reason ?? 'no reason');
        break;
      case 'completes':
        journey.completed += 1;
        break;
      case 'exits':
        increase(journey.exited, entry.reason ?? 'no reason');
        break;
      case 'fails':
        journey.failed += 1;
        break;
      case 'converts':
        journey.converted += 1;
        break;
      case 'takes':
      case 'waits':
      case 'sends':
      case 'sets':
      case 'emits':
      case 'calls':
      case 'skips':
      case 'defers':
      case 'joins':
      case 'leaves':
      case 'lifts':
      case 'exports':
      case 'ignores':
      case 'holds':
        break;
    }
  }

  #countMessage({ kind, message, channel, reason, segments }: LogEntry): void {
    if (message === undefined || (kind !== 'sends' && kind !== 'skips' && kind !== 'defers')) return;
    const id = message.split('@', 1)[0] ?? message;
    const channels = this.messages.get(id) ?? new Map<string, ChannelFigures>();
    this.messages.set(id, channels);
    const figures = channels.get(channel ?? 'none') ?? { sent: 0, skipped: {}, deferred: {} };
    channels.set(channel ?? 'none', figures);
    if (kind === 'sends') {
      figures.sent += 1;
      if (segments !== undefined) figures.segments = (figures.segments ?? 0) + segments;
    } else {
      const counts = kind === 'skips' ? figures.skipped : figures.deferred;
      counts[reason ?? 'no reason'] = (counts[reason ?? 'no reason'] ?? 0) + 1;
    }
  }

  #countAction({ kind, name = '', outcome }: LogEntry): void {
    if (kind !== 'sets' && kind !== 'emits' && kind !== 'calls') return;
    const action: Action = [kind, name, outcome ?? ''];
    increase(this.actions, JSON.stringify(action));
  }

  /** A step is reached when it takes, waits, sends or skips; a deferred send when it is first deferred, and not again. */
  #countStep(journey: LoggedJourney, { kind, journey: id, run = '', step, at, moved }: LogEntry): void {
    if (kind === 'completes' || kind === 'exits' || kind === 'fails') {
      this.#deferred.delete(run);
      this.#acted.delete(run);
    }
    if (step === undefined || !journey.steps.has(step)) return;
    switch (this.#kinds.get(`${id}/${step}`)) {
      case 'send': {
        const deferred = this.#deferred.get(run);
        const counted = deferred?.has(step) === true;
        if (kind === 'defers') this.#deferred.set(run, (deferred ?? new Set()).add(step));
        else if (kind === 'sends' || kind === 'skips') deferred?.delete(step);
        else return;
        if (!counted) increase(journey.steps, step);
        return;
      }
      case 'action': {
        const reached = `${step} ${at}`;
        if (kind === 'exits' || this.#acted.get(run) === reached) return;
        this.#acted.set(run, reached);
        increase(journey.steps, step);
        return;
      }
      case 'wait':
      case 'waitFor':
        // A wait whose date changes has been reached before.
        if (kind === 'waits' && moved !== true) increase(journey.steps, step);
        return;
      case 'branch':
      case 'split':
      case 'goto':
        if (kind === 'takes') increase(journey.steps, step);
        return;
      case 'exit':
        if (kind === 'exits') increase(journey.steps, step);
        return;
      case undefined:
    }
  }
}

/** Steps have ids that somebody wrote; what the compiler names has parentheses or spaces in it. */
function isWritten(id: string): boolean {
  return /^[a-z0-9][a-z0-9-]*$/.test(id);
}

function increase(counts: Counts, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
