// One customer, the decisions about her one after the other, and a clock that stands still until it is told: what the tests
// of single rules have in common.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import {
  FIRST_LOOP,
  type ActionCall,
  type Loop,
  type RunInput,
  type SendCall,
} from '#lib/contracts/step-calls.ts';
import { addMillis, parseInstant, type Instant } from '#lib/contracts/time.ts';
import type { UnnamedManifest } from '#lib/compiler/version.ts';
import { decide, type Decision } from '#lib/engine/decide.ts';
import { newDocument, type CustomerDocument, type Run } from '#lib/engine/document.ts';
import type { Answer, Input } from '#lib/engine/input.ts';
import type { CallAnswer, JourneySwitch, LearnedAddresses, ProviderAnswer } from '#lib/engine/ports.ts';
import { switchedWorkspace } from '#lib/engine/use-cases/switched-workspace.ts';
import { createWorkspace, type EngineSettings, type Workspace } from '#lib/engine/workspace.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { idOf } from '../laws/world/world.ts';
import { SETTINGS } from '../laws/world/journeys.ts';

export const EMAIL = { email: 'ada@example.com' };

/** Reads an instant that a test has written. */
export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (instant === undefined) throw new RangeError(`no instant: ${text}`);
  return instant;
}

export interface CallOptions {
  readonly loop?: Loop;
  readonly attempt?: number;
  readonly settle?: { readonly step: string; readonly visit: number };
  readonly reached?: Instant;
}

export class Bench {
  now: Instant = at('2026-03-02T10:00:00Z');
  document: CustomerDocument;
  /** Everything logged so far. */
  readonly log: LogEntry[] = [];
  readonly #settings: EngineSettings;
  #manifests: Manifest[] = [];
  #rules: Readonly<Record<string, JourneyRules>> = {};
  #segments: readonly SegmentDefinition[] = [];
  #workspace!: Workspace;
  #inputs = 0;

  constructor(manifests: readonly UnnamedManifest[], external = 'ada', settings: EngineSettings = SETTINGS) {
    this.#settings = settings;
    this.document = newDocument(idOf(external), external, this.now);
    this.deploy(manifests);
  }

  /** New versions of the journeys given; the others stay as they are. */
  deploy(manifests: readonly UnnamedManifest[], version = `v${this.#manifests.length}`): void {
    const newest = manifests.map((manifest) => ({ ...manifest, version }));
    this.#manifests = [...this.#manifests, ...newest];
    this.#readWorkspace();
  }

  /** From now on the journey has this status. */
  setStatus(journey: string, rules: JourneyRules): void {
    this.#rules = { ...this.#rules, [journey]: rules };
    this.#readWorkspace();
  }

  /** The breaker holds the journey, until it is let go on. */
  trip(journey: string, isTripped = true): void {
    this.#tripped = isTripped ? new Map([[journey, 'tripped']]) : new Map();
    this.#readWorkspace();
  }
  #tripped: ReadonlyMap<string, JourneySwitch> = new Map();

  /** From now on there are these segments and no others. */
  define(segments: readonly SegmentDefinition[]): void {
    this.#segments = segments;
    this.#readWorkspace();
  }

  /** What is due by now is decided, at the instants at which it came due. */
  passTime(until: Instant = this.now): void {
    for (let { due } = this.document; due !== undefined && due <= until; { due } = this.document) {
      this.now = due;
      this.decide({ kind: 'time' });
    }
    this.now = until;
  }

  get workspace(): Workspace {
    return this.#workspace;
  }

  #readWorkspace(): void {
    const workspace = createWorkspace({
      manifests: this.#manifests,
      newest: Object.fromEntries(this.#manifests.map((one) => [one.journey, one.version])),
      journeys: this.#rules,
      settings: this.#settings,
      segments: this.#segments,
    });
    this.#workspace = switchedWorkspace(workspace, this.#tripped);
  }

  /** Decides one input now. */
  decide(input: Input): Decision {
    const decision = decide(this.document, input, { now: this.now, workspace: this.#workspace });
    this.document = decision.document;
    this.log.push(...decision.log);
    return decision;
  }

  event(
    event: string,
    properties: Record<string, unknown> = {},
    more: { id?: string; at?: Instant } = {},
  ): Decision {
    const id = more.id ?? `input ${(this.#inputs += 1)}`;
    return this.decide({ kind: 'event', id, at: more.at ?? this.now, received: this.now, event, properties });
  }

  identify(traits: Record<string, unknown>, more: { id?: string; at?: Instant } = {}): Decision {
    const id = more.id ?? `input ${(this.#inputs += 1)}`;
    return this.decide({ kind: 'identify', id, at: more.at ?? this.now, received: this.now, traits });
  }

  /** The send step is called; the message has content for every channel unless told otherwise. */
  send(
    step: string,
    more: CallOptions & { content?: SendCall['step']['channels']; unsent?: boolean } = {},
  ): Answer {
    const content = more.content ?? ['email', 'sms', 'push', 'whatsapp', 'inapp', 'webhook'];
    const call = this.sendCall(step, more);
    return this.#answer({ kind: 'send', call, content, ...(more.unsent === true ? { unsent: true } : {}) });
  }

  /** The provider has answered a claim. */
  sent(
    step: string,
    answer: ProviderAnswer['kind'] = 'accepted',
    more: CallOptions & { channel?: SendCall['step']['channels'][number]; learned?: LearnedAddresses } = {},
  ): Answer {
    const said: ProviderAnswer = {
      ...(answer === 'accepted' ? { kind: answer, id: 'm1' } : { kind: answer, reason: 'so it says' }),
      ...(more.learned === undefined ? {} : { learned: more.learned }),
    };
    const call = this.sendCall(step, more);
    return this.#answer({
      kind: 'sent',
      call,
      channel: more.channel ?? call.step.channels[0] ?? 'email',
      answer: said,
    });
  }

  /** A step that acts is called, with its values filled in so. */
  act(
    step: string,
    values: Record<string, unknown> = {},
    more: CallOptions & { missing?: string[] } = {},
  ): Answer {
    const filled = { values, missing: more.missing ?? [] };
    return this.#answer({ kind: 'act', call: this.#actionCall(step, more), filled });
  }

  /** What came of the call of a function or endpoint. */
  called(step: string, answer: CallAnswer, more: CallOptions & { missing?: string[] } = {}): Answer {
    const { missing = [] } = more;
    return this.#answer({ kind: 'called', call: this.#actionCall(step, more), answer, missing });
  }

  /** The Task that decides what follows, before the step `next`. */
  plan(next: string | null, more: CallOptions = {}): Answer {
    return this.#answer({
      kind: 'decide',
      call: { ...this.#call(more), step: { id: next ?? '(end)' }, next },
    });
  }

  /** The callback Task of a waitFor registers. */
  register(
    step: string,
    more: CallOptions & { token?: string; since?: Instant; until?: Instant } = {},
  ): Answer {
    const { waiting } = this.run;
    const since = more.since ?? waiting?.since ?? this.now;
    const until = more.until ?? waiting?.until ?? this.now;
    const token = more.token ?? 'token';
    return this.#answer({
      kind: 'await',
      call: { ...this.#call(more), token, step: { id: step, since, until } },
    });
  }

  sendCall(step: string, more: CallOptions = {}): SendCall {
    const call = this.#call(more);
    const node = this.#manifests.find(
      (one) => one.journey === call.run.journey && one.version === call.run.version,
    )?.flow.nodes[step];
    if (node?.kind !== 'send') throw new Error(`no send step ${step}`);
    return { ...call, step: node.settings, next: node.next };
  }

  /** Milliseconds, or an instant. */
  wait(until: number | Instant): void {
    this.now = typeof until === 'number' ? addMillis(this.now, until) : until;
  }

  minutes(count: number): void {
    this.wait(count * 60_000);
  }

  /** The run that a step's call is about: the first that there ever was, unless told otherwise. */
  get runId(): string {
    const id = this.#runId ?? this.log.find((entry) => entry.kind === 'enters')?.run;
    if (id === undefined) throw new Error('nobody has entered');
    return id;
  }

  follow(run: string): void {
    this.#runId = run;
  }
  #runId: string | undefined;

  get run(): Run {
    const run = this.document.runs[this.runId];
    if (run === undefined) throw new Error('the run is gone');
    return run;
  }

  /** Entries of the log as short sentences: `kind step branch reason`. */
  told(...kinds: LogEntry['kind'][]): string[] {
    return this.log
      .filter((entry) => kinds.length === 0 || kinds.includes(entry.kind))
      .map((entry) =>
        [
          entry.kind,
          entry.step ?? entry.segment,
          entry.channel,
          entry.branch,
          entry.reason,
          entry.outcome,
          entry.late === true ? 'late' : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' '),
      );
  }

  #actionCall(step: string, more: CallOptions): ActionCall {
    const call = this.#call(more);
    const node = this.#manifests.find((one) => one.journey === call.run.journey)?.flow.nodes[step];
    if (node?.kind !== 'action') throw new Error(`no step ${step} that acts`);
    return { ...call, step: node.settings, next: node.next };
  }

  #answer(input: Input): Answer {
    const { answer } = this.decide(input);
    if (answer === undefined) throw new Error('a call without an answer');
    return answer;
  }

  #call({
    loop = FIRST_LOOP,
    attempt = 0,
    settle,
    reached,
  }: CallOptions): Pick<SendCall, 'run' | 'attempt' | 'loop'> & CallOptions {
    const entered = this.log.find((entry) => entry.kind === 'enters' && entry.run === this.runId);
    const run: RunInput = {
      run: this.runId,
      leg: 1,
      customer: this.document.customer,
      journey: entered?.journey ?? '',
      version: entered?.version ?? '',
    };
    return {
      run,
      attempt,
      loop,
      ...(settle === undefined ? {} : { settle }),
      ...(reached === undefined ? {} : { reached }),
    };
  }
}
