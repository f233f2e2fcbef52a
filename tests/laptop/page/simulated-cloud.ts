// A running cloud for the tests of its page: the sample workspace in the simulator, with real decisions, documents and messages, and
// without the seconds that it takes to synthesise a stack.
import { compileManifest } from '#lib/compiler/compile.ts';
import { versionKey, customerId } from '#lib/contracts/ids.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { engineSettings } from '#lib/engine/engine-settings.ts';
import type { ToldRevision } from '#lib/engine/ports.ts';
import { viewProviders } from '#lib/laptop/providers-view.ts';
import { Behaviours } from '#lib/local/delivery/behaviours/behaviours.ts';
import { NO_JOURNAL } from '#lib/local/journal/journal.ts';
import type { DeadLetter, LogLine } from '#lib/laptop/operations.ts';
import type {
  KnownCustomer,
  OutboxMessage,
  Reaction,
  RunningCloud,
  SegmentCall,
} from '#lib/laptop/running-cloud.ts';
import { rendererOf } from '#lib/messages/rendering.ts';
import { readRepository } from '#lib/repository/repository.ts';
import { readLines } from '#lib/simulator/read-lines.ts';
import { readSegmentLine } from '#lib/simulator/segment-lines.ts';
import { Simulation } from '#lib/simulator/simulation.ts';

const FOLDERS = { workspace: 'workspace', versions: 'state-machines' };
const SAMPLE = 'workspace/events/sample.jsonl.gz';
const HOUR = 3_600_000;
const REPORTS: Readonly<Record<Reaction['kind'], readonly [what: string, event: string]>> = {
  open: ['opened', 'Message Opened'],
  click: ['clicked', 'Message Clicked'],
  reply: ['replied', 'Message Replied'],
  unsubscribe: ['unsubscribed', 'Message Unsubscribed'],
  complain: ['complained', 'Message Complained'],
  bounce: ['bounced', 'Message Bounced'],
};

export interface SimulatedCloud extends RunningCloud {
  /** Another message in the outbox, as if a provider had taken it. */
  keep(message: OutboxMessage): void;
  /** What applications have told, newest last. */
  readonly told: readonly SegmentCall[];
  readonly reacted: readonly { readonly id: string; readonly reaction: Reaction }[];
}

export interface SimulatedCloudOptions {
  /** Calls of the sample that are fed at first. */
  readonly calls: number;
  readonly deadLetters?: readonly DeadLetter[];
  readonly log?: readonly LogLine[];
}

/** The cloud after its first calls. */
export async function simulatedCloud({
  calls,
  deadLetters = [],
  log = [],
}: SimulatedCloudOptions): Promise<SimulatedCloud> {
  const { workspace, messages: deployed } = await readRepository(FOLDERS);
  const { settings, segments, manifests, newest, journeys: rules } = workspace;
  const sample = await firstCalls(calls);
  const start = addMillis(sample[0]?.input.received ?? fromMillis(0), -HOUR);

  const listeners = {
    customers: new Set<(id: string) => void>(),
    messages: new Set<(id: string) => void>(),
    clock: new Set<() => void>(),
    operations: new Set<() => void>(),
  };
  const timelines = new Map<string, ToldRevision[]>();
  const places = new Map<string, string>();
  const newestFirst: OutboxMessage[] = [];
  const byId = new Map<string, OutboxMessage>();
  const told: SegmentCall[] = [];
  const reacted: { id: string; reaction: Reaction }[] = [];
  const providers = viewProviders(
    new Behaviours(NO_JOURNAL, { email: [], sms: [], push: [], whatsapp: [], webhook: [], inapp: [] }),
  );

  const keep = (message: OutboxMessage): void => {
    newestFirst.unshift(message);
    byId.set(message.id, message);
    for (const listener of listeners.messages) listener(message.id);
  };
  const decided = (customer: string, entry: LogEntry, now: Instant): void => {
    const revisions = timelines.get(customer) ?? [];
    timelines.set(customer, revisions);
    revisions.unshift({ customer, revision: revisions.length + 1, decided: now, log: [entry] });
    if (entry.run !== undefined && entry.step !== undefined) places.set(entry.run, entry.step);
    for (const listener of listeners.customers) listener(customer);
  };
  const simulation = new Simulation({
    journeys: {
      journeys: manifests
        .filter(({ journey, version }) => newest[journey] === version)
        .map(({ version: _version, ...manifest }) => compileManifest(manifest)),
      rules,
      settings: engineSettings(settings, 'nothing'),
      segments,
    },
    renderer: rendererOf({ messages: deployed.messages, settings, catalog: deployed.catalog }),
    start,
    onDecision: decided,
    onMessage: ({ at, customer, journey, run, step, visit, message, ...rendered }) => {
      const { channel, to, subject, html, text, content } = rendered;
      const millis = toMillis(at);
      keep({
        id: `${run}/${step}/${visit}/${channel}`.replaceAll('/', '.'),
        at: millis,
        channel,
        to,
        customer,
        journey,
        step,
        message: message.split('@')[0] ?? message,
        ...(subject !== undefined && { subject }),
        ...(html !== undefined && { html }),
        ...(text !== undefined && { text }),
        ...(content !== undefined && { content }),
        reports: channel === 'webhook' ? [] : [{ at: millis + 900, what: 'delivered' }],
        reactions: reactionsOn(channel),
      });
    },
  });

  // The simulator takes one thing at a time.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  };
  for (const { user, input } of sample) await simulation.feed({ external: user, input });

  let jumpingTo: number | undefined;
  const jump = { isStopped: false };
  let speed = 1;
  let isPaused = true;
  const tellClock = (): void => {
    for (const listener of listeners.clock) listener();
  };
  const goTo = async (instant: number, isReached: () => boolean): Promise<void> => {
    jumpingTo = instant;
    jump.isStopped = false;
    while (toMillis(simulation.now) < instant && !jump.isStopped && !isReached()) {
      const next = Math.min(instant, toMillis(simulation.now) + HOUR);
      await inTurn(() => simulation.runUntil(fromMillis(next)));
      tellClock();
    }
    jumpingTo = undefined;
    tellClock();
  };
  const documents = new Map<string, CustomerDocument>();
  const known = (): Map<string, CustomerDocument> => {
    for (const document of simulation.documents()) documents.set(document.customer, document);
    return documents;
  };
  const cardOf = ({ customer, external, runs, decided: changed }: CustomerDocument): KnownCustomer => ({
    id: customer,
    external: external.user,
    changed,
    runs: Object.entries(runs)
      .filter(([, run]) => run.over === undefined)
      .map(([run, { journey, version, waiting, rest }]) => {
        const step = waiting?.step ?? rest?.step ?? places.get(run);
        return { run, journey, version, ...(step !== undefined && { step }) };
      }),
  });
  const all = (): KnownCustomer[] => [...known().values()].map(cardOf);

  return {
    environment: 'test',
    deployment: 'wend-test',
    endpoint: 'http://127.0.0.1:4401',
    region: 'eu-central-1',
    workspace,
    told,
    reacted,
    keep,
    put: async (given) => {
      told.push(...given);
      for (const call of given) {
        const at = fromMillis(Date.parse(String(call['timestamp'])));
        const read = readSegmentCall(call, {
          audiences: new Set(),
          ownId: () => 'x',
          taken: { at, received: at },
        });
        if ('refused' in read || read.user === undefined) continue;
        const { user, input } = read;
        await inTurn(() => simulation.feed({ external: user, input }));
        // What follows at once is told as well.
        await inTurn(() => simulation.runUntil(simulation.now));
        for (const listener of listeners.customers) listener(customerId('simulation', user));
      }
    },
    clock: {
      now: () => toMillis(simulation.now),
      get speed() {
        return speed;
      },
      get isPaused() {
        return isPaused;
      },
      pace: 0,
      get jumpingTo() {
        return jumpingTo;
      },
      setSpeed: (to) => {
        speed = to;
        tellClock();
      },
      pause: () => {
        isPaused = true;
        tellClock();
      },
      resume: () => {
        isPaused = false;
        tellClock();
      },
      jumpTo: (instant) => goTo(instant, () => false),
      stopJump: () => {
        jump.isStopped = true;
      },
      goOn: async () => {
        const before = newestFirst.length;
        await goTo(toMillis(simulation.now) + 400 * 24 * HOUR, () => newestFirst.length > before);
        return toMillis(simulation.now);
      },
      next: () => (simulation.next === undefined ? undefined : toMillis(simulation.next)),
      onChange: (listener) => listen(listeners.clock, listener),
    },
    customers: {
      all,
      get: (id) => {
        const document = known().get(id);
        return document && cardOf(document);
      },
      idOf: (external) => customerId('simulation', external),
      document: (id) => Promise.resolve(known().get(id)),
      timeline: (id, most) => Promise.resolve((timelines.get(id) ?? []).slice(0, most)),
      atSteps: () => {
        const steps = new Map<string, Map<string, number>>();
        for (const { journey, step } of all().flatMap(({ runs }) => runs)) {
          if (step === undefined) continue;
          const at = steps.get(journey) ?? new Map<string, number>();
          steps.set(journey, at.set(step, (at.get(step) ?? 0) + 1));
        }
        return steps;
      },
      switches: () => Promise.resolve(new Map()),
      breakerReasons: () => Promise.resolve(new Map()),
      onChange: (listener) => listen(listeners.customers, listener),
    },
    outbox: {
      messages: () => newestFirst,
      get: (id) => byId.get(id),
      react: async (id, reaction) => {
        reacted.push({ id, reaction });
        const message = byId.get(id);
        if (message === undefined) throw new Error('no such message');
        const [what, event] = REPORTS[reaction.kind];
        const at = toMillis(simulation.now);
        const changed = { ...message, reports: [...message.reports, { at, what }] };
        byId.set(id, changed);
        newestFirst[newestFirst.indexOf(message)] = changed;
        for (const listener of listeners.messages) listener(id);
        const external =
          message.customer === undefined ? undefined : known().get(message.customer)?.external.user;
        if (external === undefined) return;
        const now = simulation.now;
        const { channel, message: name } = message;
        const input = { kind: 'event', id: `${id} ${what}`, at: now, received: now, event } as const;
        await inTurn(() =>
          simulation.feed({ external, input: { ...input, properties: { message: name, channel } } }),
        );
      },
      onChange: (listener) => listen(listeners.messages, listener),
    },
    providers: {
      ...providers,
      set: (of, behaviour) => {
        providers.set(of, behaviour);
        for (const listener of listeners.operations) listener();
      },
    },
    executions: {
      running: () =>
        all().flatMap(({ runs }) =>
          runs.map(({ run, journey, version, step }) => ({
            arn: run,
            machine: `wend-test-${versionKey(journey, version).replace('@', '-')}`,
            name: `${run}-1`,
            started: 0,
            states: step === undefined ? [] : [step],
          })),
        ),
    },
    sample: { state: 'done', put: calls, all: calls, onChange: () => () => undefined },
    operations: {
      queues: () => [
        queue('wend-test-events', 3),
        queue('wend-test-looks', 0),
        queue('wend-test-starts', 0),
        { ...queue('wend-test-events-dead', deadLetters.length), isDeadLetterQueue: true },
      ],
      deadLetters: (name, most) => (name.endsWith('-dead') ? deadLetters.slice(0, most) : []),
      functions: () => [
        { name: 'wend-test-ingest-events', invocations: 412, errors: 1, throttles: 0, running: 1 },
        { name: 'wend-test-send-message', invocations: 163, errors: 0, throttles: 0, running: 0 },
      ],
      log: () => log,
      onChange: (listener) => listen(listeners.operations, listener),
    },
  };
}

function listen<T>(to: Set<T>, listener: T): () => void {
  to.add(listener);
  return () => void to.delete(listener);
}

function queue(name: string, waiting: number) {
  return { name, waiting, inFlight: 0, delayed: 0, isDeadLetterQueue: false };
}

function reactionsOn(channel: OutboxMessage['channel']): OutboxMessage['reactions'] {
  switch (channel) {
    case 'email':
      return ['open', 'click', 'reply', 'unsubscribe', 'complain', 'bounce'];
    case 'sms':
    case 'whatsapp':
      return ['open', 'click', 'reply', 'unsubscribe'];
    case 'push':
    case 'inapp':
      return ['open', 'click'];
    case 'webhook':
      return [];
  }
}

/** In the order in which they were received; a device that nobody is known by tells nothing here. */
async function firstCalls(most: number) {
  const calls = [];
  for await (const { text = '' } of readLines(SAMPLE)) {
    const read = readSegmentLine(text);
    if ('refused' in read || read.user === undefined) continue;
    calls.push({ user: read.user, input: read.input });
  }
  return calls.toSorted((a, b) => Number(a.input.received > b.input.received) - 0.5).slice(0, most);
}
