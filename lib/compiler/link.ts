/**
 * Joins the steps of a journey to a graph and fills in what settings and delivery say about each send: after this nothing
 * has to be looked up elsewhere, so that a run keeps the rules of the version it started with (promise P7).
 */
import { parseInstant } from '#lib/contracts/time.ts';
import type { Channel, QuietWindow, SendSettings } from '#lib/contracts/step-calls.ts';
import { channelsOf } from '#lib/journey/channels.ts';
import { isObject } from '#lib/journey/conditions/problem.ts';
import { DEFAULT_PRIORITY, type Delivery } from '#lib/journey/delivery.ts';
import { NO_QUIET_HOURS } from '#lib/journey/delivery-rules.ts';
import { exitReason } from '#lib/journey/exits.ts';
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { GOAL_REASON } from '#lib/journey/goal.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { NO_CLOSED_DAYS, closedDaysOf, holidayPlacesOf, openingsOf } from '#lib/journey/opening-hours.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { SendStep } from '#lib/journey/steps/send.ts';
import { kindOf, type Step, type Steps } from '#lib/journey/steps/step.ts';
import { linkEntry } from './link-entry.ts';
import type { StepPlace } from './step-places.ts';
import { variablesOf, type ValuePlace } from './value-places.ts';
import type { MessageSummary } from './workspace.ts';

/** Where the steps of the goal end, and the run with them. */
const GOAL_END = '(goal end) (exit)';

/** How long a send is worth sending where neither the step nor the journey says it. */
export const DEFAULT_EXPIRES = '1 day';

export interface LinkInput {
  readonly id: string;
  readonly journey: Journey;
  readonly settings: Settings;
  /** By id: the hash of its content, and what it prints of the run's own data. */
  readonly messages: ReadonlyMap<
    string,
    Pick<MessageSummary, 'hash' | 'entryProperties' | 'savedProperties'>
  >;
  readonly places: readonly StepPlace[];
  readonly values: readonly ValuePlace[];
}

/**
 * The manifest of a journey, without its version. Total: names that do not exist stay as written, and an edge to a missing
 * step stays an edge; the checks tell both.
 */
export function linkJourney(input: LinkInput): Omit<Manifest, 'version'> {
  const { journey, id } = input;
  const { entry, goal, delivery } = journey;
  const resolve = (condition: unknown): unknown => withTopic(condition, defaultTopic(input));
  const where = (condition: unknown): { where?: unknown } =>
    condition === undefined ? {} : { where: resolve(condition) };
  const saved = printedOfSaved(input);
  const { flow, goalStart } = linkSteps(input, resolve);
  return {
    format: 1,
    journey: id,
    entry: linkEntry(entry, input.settings.timezone, resolve, printedProperties(input)),
    ...(goal === undefined
      ? {}
      : {
          goal: {
            event: goal.event,
            ...where(goal.where),
            ...(goal.within === undefined ? {} : { within: goal.within }),
            ends: goal.ends ?? true,
            ...(goalStart === null ? {} : { start: goalStart }),
          },
        }),
    ...(Object.keys(saved).length === 0 ? {} : { saved }),
    priority: delivery.priority ?? DEFAULT_PRIORITY,
    exits: journey.exit.map((exit) => {
      const reason = exitReason(exit);
      if ('event' in exit) return { event: exit.event, ...where(exit.where), reason };
      if ('when' in exit) return { when: resolve(exit.when), reason };
      return 'enters' in exit ? { enters: exit.enters, reason } : { leaves: exit.leaves, reason };
    }),
    flow,
  };
}

/** Properties of the entry event that messages and values print: a run keeps them and no others. */
function printedProperties({ places, messages, values }: LinkInput): string[] {
  const inValues = variablesOf(values).flatMap(([root, name]) => (root === 'entry' ? [name ?? '*'] : []));
  const inMessages = sentMessages(places).flatMap((id) => messages.get(id)?.entryProperties ?? []);
  return [...new Set([...inMessages, ...inValues])].toSorted();
}

/** Of what steps keep by `saveAs`, what messages and values print: a run keeps that, and what conditions read. */
function printedOfSaved({ places, messages, values }: LinkInput): Record<string, string[]> {
  const inMessages = sentMessages(places).flatMap((id) => messages.get(id)?.savedProperties ?? []);
  const inValues = variablesOf(values).flatMap(([root, name, property]) =>
    root === 'saved' && name !== undefined ? [`${name}.${property ?? '*'}`] : [],
  );
  const printed = [...new Set([...inMessages, ...inValues])].toSorted();
  const byName = Map.groupBy(
    printed.filter((path) => path.includes('.')),
    (path) => path.slice(0, path.indexOf('.')),
  );
  return Object.fromEntries(
    [...byName].map(([name, paths]) => [name, paths.map((path) => path.slice(name.length + 1))]),
  );
}

function sentMessages(places: readonly StepPlace[]): string[] {
  return places.flatMap(({ step }) => (step.type === 'send' ? [step.message] : []));
}

/** `goalStart`: the first of the steps to take when the goal is reached; null where there are none. */
function linkSteps(
  input: LinkInput,
  resolveCondition: (condition: unknown) => unknown,
): { readonly flow: Flow; readonly goalStart: string | null } {
  const places = new Map<Step, StepPlace>(input.places.map((place) => [place.step, place]));
  const orders = new Map(input.places.map((place) => [place.node, place.order]));
  const nodes = new Map<string, FlowNode>();
  const link = (list: Steps, after: string | null): string | null => {
    let follow = after;
    for (const step of list.toReversed()) {
      const place = places.get(step);
      if (place === undefined) throw new TypeError('a step was linked that was never placed');
      const kind = kindOf(step);
      const around = {
        journey: input.id,
        follow,
        armStarts: kind.arms(step).map((arm) => link(arm.steps, follow)),
        isBefore: (id: string) => (orders.get(id) ?? Infinity) < place.order,
        resolveSend: (send: SendStep) => resolveSend(send, input),
        resolveCondition,
      };
      nodes.set(place.node, kind.node(step, around));
      follow = place.node;
    }
    return follow;
  };
  const start = link(input.journey.steps, null);
  const goalSteps = input.journey.goal?.then ?? [];
  const goalStart = goalSteps.length === 0 ? null : link(goalSteps, GOAL_END);
  // As they are written: the order in which people read the graph and the state machine.
  const written = input.places.flatMap(({ node }) => {
    const linked = nodes.get(node);
    return linked === undefined ? [] : [[node, linked] as const];
  });
  const goalEnd: [string, FlowNode][] =
    goalStart === null ? [] : [[GOAL_END, { kind: 'exit', reason: GOAL_REASON }]];
  return { flow: { start, nodes: Object.fromEntries([...written, ...goalEnd]) }, goalStart };
}

function resolveSend(step: SendStep, input: LinkInput): SendSettings {
  const { settings, journey, messages } = input;
  const { delivery } = journey;
  const messageClass = step.class ?? delivery.class ?? 'marketing';
  const marketing = messageClass === 'marketing';
  const topic = step.topic ?? defaultTopic(input);
  const quiet = marketing ? quietWindow(delivery, settings) : undefined;
  return {
    id: step.id,
    message: `${step.message}@${messages.get(step.message)?.hash ?? 'unknown'}`,
    channels: [...channelsOf(step.channel)],
    ...linkBest(step),
    ...(topic === undefined ? {} : { topic }),
    class: messageClass,
    ...(quiet === undefined ? {} : { quietHours: quiet }),
    ...(marketing ? linkHours(channelsOf(step.channel), delivery, settings) : {}),
    ifQuiet: step.ifQuiet ?? 'wait',
    caps: marketing
      ? [...settings.caps, ...(delivery.caps ?? [])].map(({ most, per, of }) => ({
          most,
          ...(per === undefined ? {} : { per }),
          of,
        }))
      : [],
    ifCapped: step.ifCapped ?? 'skip',
    expires: linkExpires(step.expires ?? delivery.expires ?? DEFAULT_EXPIRES),
    onFailure: step.onFailure ?? 'continue',
  };
}

function linkBest({ channel }: SendStep): Pick<SendSettings, 'best'> {
  if (typeof channel === 'string' || !('best' in channel)) return {};
  const { preferred, explore } = channel;
  return {
    best: {
      ...(preferred === undefined ? {} : { preferred }),
      ...(explore === undefined ? {} : { explore }),
    },
  };
}

/** Windows, closed days and rates as far as they concern the send's channels. */
function linkHours(
  channels: readonly Channel[],
  delivery: Delivery,
  settings: Settings,
): Pick<SendSettings, 'windows' | 'closed' | 'holidays' | 'perSecond'> {
  const windows = Object.fromEntries(
    channels.flatMap((channel) => {
      const written = delivery.windows?.[channel] ?? settings.windows?.[channel];
      return written === undefined ? [] : [[channel, openingsOf(written)] as const];
    }),
  );
  const written = delivery.closed === NO_CLOSED_DAYS ? [] : [...settings.closed, ...(delivery.closed ?? [])];
  const [closed, holidays] = [closedDaysOf(written), holidayPlacesOf(written)];
  const perSecond = Object.fromEntries(
    channels.flatMap((channel) => {
      const rate = delivery.perSecond?.[channel];
      return rate === undefined ? [] : [[channel, rate] as const];
    }),
  );
  return {
    ...(Object.keys(windows).length === 0 ? {} : { windows }),
    ...(closed.length === 0 ? {} : { closed }),
    ...(holidays.length === 0 ? {} : { holidays }),
    ...(Object.keys(perSecond).length === 0 ? {} : { perSecond }),
  };
}

/** A date and time becomes an instant; a duration stays as written. */
function linkExpires(written: string): string {
  return parseInstant(written) ?? written;
}

/** The topic of what names none; undefined where neither journey nor settings have one. */
export function defaultTopic({
  journey,
  settings,
}: Pick<LinkInput, 'journey' | 'settings'>): string | undefined {
  return journey.delivery.topic ?? settings.defaultTopic;
}

/** The journey's quiet hours: its own, those it names, else those that settings call "default". */
export function quietWindow(delivery: Delivery, settings: Settings): QuietWindow | undefined {
  const { quietHours = 'default' } = delivery;
  if (typeof quietHours !== 'string') return quietHours;
  if (quietHours === NO_QUIET_HOURS) return undefined;
  return Object.hasOwn(settings.quietHours, quietHours) ? settings.quietHours[quietHours] : undefined;
}

/** The condition with the topic filled in wherever `reachable` names none. */
export function withTopic(condition: unknown, topic: string | undefined): unknown {
  if (Array.isArray(condition)) return condition.map((part) => withTopic(part, topic));
  if (!isObject(condition)) return condition;
  const inner = Object.entries(condition).map(([key, value]) => [key, withTopic(value, topic)]);
  const named =
    !Object.hasOwn(condition, 'reachable') || Object.hasOwn(condition, 'topic') || topic === undefined;
  return Object.fromEntries(named ? inner : [...inner, ['topic', topic]]);
}
