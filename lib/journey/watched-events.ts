/**
 * Which events can do something to a customer: the union over all versions that may still have people inside, so that a deployment
 * never makes a waiting run deaf. The engine passes over what is not among them, and the rules of the bus are made of them: whatever
 * else an application tells costs nothing. Both ask here, so that neither hears what the other does not.
 */
import { ANY_EVENT } from './conditions/did.ts';
import { leavesOf } from './conditions/mentions.ts';
import { parseCondition } from './conditions/parse-condition.ts';
import type { EntryTrigger } from './entries/trigger.ts';
import type { DeployedWorkspace } from './deployed-workspace.ts';
import type { Manifest } from './manifest.ts';
import type { ServiceCases } from './service-cases.ts';
import {
  BUILT_IN_EVENTS,
  CUSTOMER_RETURNED,
  REQUEST_EVENT,
  SUPPRESSION_ADDED,
  SUPPRESSION_LIFTED,
} from './vocabulary.ts';

/** Versions and segments, as they are deployed. */
type Listening = Pick<DeployedWorkspace, 'manifests' | 'newest' | 'segments'> & {
  readonly settings?: { readonly serviceCases?: ServiceCases | undefined };
};

/** Events that change a customer whether a journey listens to them or not: who was erased and is back, consent, preferences, and what became of messages. */
export const ALWAYS_HEARD: ReadonlySet<string> = new Set([
  CUSTOMER_RETURNED,
  'Consent Changed',
  'Preferences Changed',
  SUPPRESSION_ADDED,
  SUPPRESSION_LIFTED,
  'Message Delivered',
  'Message Opened',
  'Message Clicked',
  'Message Replied',
  'Message Bounced',
  'Message Rejected',
  'Message Complained',
  'Message Unsubscribed',
  'Message Shown',
  'Message Dismissed',
]);

/**
 * Events of a customer that a version, a segment or the settings listen to, built-in ones among them; `any event` stands for all that applications
 * send. Conditions that cannot be read are passed over: whoever decides by them says so.
 */
export function watchedEvents({ manifests, newest, segments, settings }: Listening): ReadonlySet<string> {
  const watched = new Set<string>();
  for (const manifest of manifests) {
    for (const event of eventsOf(manifest)) watched.add(event);
    const entry =
      newest[manifest.journey] === manifest.version ? entryEvent(manifest.entry.trigger) : undefined;
    if (entry !== undefined) watched.add(entry);
  }
  for (const segment of segments)
    if ('when' in segment) for (const event of askedFor(segment.when)) watched.add(event);
  if (settings?.serviceCases !== undefined)
    for (const { event } of [settings.serviceCases.opened, settings.serviceCases.closed]) watched.add(event);
  return watched;
}

/** What an application has to tell for all of it to be heard. */
export interface HeardEvents {
  /** Every event counts, because a condition asks for any. */
  readonly any: boolean;
  /** By name, in alphabetical order. */
  readonly names: readonly string[];
  /** Those of them that may come without a customer, because a journey asks whom they concern. */
  readonly audiences: ReadonlySet<string>;
}

/**
 * Events that have to reach the customers: those that are watched and that an application or provider can send, those that are
 * always heard, and those without a customer that let somebody in.
 */
export function heardEvents(workspace: Listening): HeardEvents {
  const audiences = new Set<string>();
  for (const { journey, version, entry } of workspace.manifests)
    if (workspace.newest[journey] === version && entry.trigger.kind === 'audience')
      audiences.add(entry.trigger.event);
  const watched = [...watchedEvents(workspace)].filter(canBeSent);
  const names = new Set([...ALWAYS_HEARD, ...watched, ...audiences]);
  return { any: names.delete(ANY_EVENT), names: [...names].toSorted(), audiences };
}

/**
 * Whether an application or provider can send it: most built-in events are made where they are decided. Told from outside, one of these
 * would make something up, or be the event of another product that has the same name.
 */
export function canBeSent(event: string): boolean {
  if (event === REQUEST_EVENT || event === 'Message Delayed' || ALWAYS_HEARD.has(event)) return true;
  return !Object.hasOwn(BUILT_IN_EVENTS, event);
}

/** The customer's event that lets into the version; undefined where time or an event without a customer does. */
export function entryEvent(trigger: EntryTrigger): string | undefined {
  switch (trigger.kind) {
    case 'event':
      return trigger.event;
    case 'enters':
      return 'Segment Entered';
    case 'leaves':
      return 'Segment Left';
    case 'trait':
      return 'Trait Changed';
    case 'api':
      return REQUEST_EVENT;
    case 'audience':
    case 'schedule':
    case 'date':
      return undefined;
  }
}

/** Events of goal, exits and waits, and those that its conditions ask to have been done. */
function* eventsOf({ entry, goal, exits, flow }: Manifest): Iterable<string> {
  yield* askedFor(entry.where);
  if (entry.trigger.kind === 'audience') yield* askedFor(entry.trigger.audience);
  if (goal !== undefined) {
    yield goal.event;
    yield* askedFor(goal.where);
  }
  for (const exit of exits) {
    if ('event' in exit) yield exit.event;
    yield* askedFor('event' in exit ? exit.where : 'when' in exit ? exit.when : undefined);
  }
  for (const node of Object.values(flow.nodes)) {
    if (node.kind === 'branch') for (const { when } of node.cases) yield* askedFor(when);
    if (node.kind !== 'waitFor') continue;
    yield* askedFor(node.when?.condition);
    for (const { event, where } of node.events) {
      yield event;
      yield* askedFor(where);
    }
  }
}

/** Events that a condition as written asks to have been done. */
function* askedFor(written: unknown): Iterable<string> {
  if (written === undefined) return;
  const parsed = parseCondition(written);
  if ('problems' in parsed) return;
  for (const leaf of leavesOf(parsed.condition)) if (leaf.kind === 'did') yield leaf.event;
}
