/**
 * What the engine knows of the workspace: settings and the manifests of all versions that may still have people inside,
 * indexed once. An event type is watched if any of those versions watches it, so that a deployment never makes a waiting run
 * deaf.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { Cap, Channel } from '#lib/contracts/step-calls.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Condition, MessageCondition } from '#lib/journey/conditions/condition.ts';

import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { fieldsOf, messagesOf, savedProperties, stepsOf } from './conditions/mentions.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import { readTerms, type JourneyTerm } from './journey-term.ts';
import { duration } from './durations.ts';

export interface EngineSettings {
  readonly timezone: string;
  readonly locale: string;
  /** Traits that are stored; absent: all of them. */
  readonly declaredTraits?: ReadonlySet<string> | undefined;
  readonly topics: Readonly<Record<string, { readonly withoutRecord?: 'granted' | undefined }>>;
  /**
   * What the log explains. `decisions` (default): of each decision that it tells, which condition decided it. `everything`: it also
   * has those whom an entry's `where` keeps out, which are most. `nothing`: where nobody reads it.
   */
  readonly explains?: 'nothing' | 'decisions' | 'everything' | undefined;
  /** Marketing messages in one second, for each channel that has a rate: of the provider, so not part of a version. */
  readonly perSecond?: Readonly<Partial<Record<Channel, number | undefined>>> | undefined;
}

/** A manifest with its conditions parsed, ready to decide by. */
export interface Version {
  readonly key: string;
  readonly manifest: Manifest;
  readonly entryWhere: Condition | undefined;
  readonly goalWhere: Condition | undefined;
  readonly exits: readonly Exit[];
  readonly waits: ReadonlyMap<string, WaitForArms>;
  /** Events that can do something to a run that is inside: those of goal, exits and waits. */
  readonly watches: ReadonlySet<string>;
  /** An exit holds on a condition: any input may make it true. */
  readonly exitsByCondition: boolean;
  /** Conditions of branches by node id, one for each case. */
  readonly cases: ReadonlyMap<string, readonly Condition[]>;
  /** Steps whose outcome a condition reads: their send records are kept while the run lasts. */
  readonly asksAbout: ReadonlySet<string>;
  /** What its conditions ask about messages of any run. */
  readonly messagesAsked: readonly MessageCondition[];
  /** Entry properties that a condition reads. */
  readonly entryProperties: ReadonlySet<string>;
  /** What a run keeps of each answer or event that a step saves: name → properties read or printed; `*`: all of them. */
  readonly savedProperties: ReadonlyMap<string, ReadonlySet<string>>;
}

type Exit =
  | { readonly event: string; readonly where: Condition | undefined; readonly reason: string }
  | { readonly event?: undefined; readonly when: Condition; readonly reason: string };

export interface WaitForArms {
  readonly node: NodeOf<'waitFor'>;
  readonly wheres: readonly (Condition | undefined)[];
  /** Set where `since` is a duration that looks back. */
  readonly lookBack: Duration | undefined;
}

export interface Workspace {
  readonly settings: EngineSettings;
  readonly versions: ReadonlyMap<string, Version>;
  /** What applies to all versions of a journey (rules/journey-state.ts); one that is missing here is live. */
  readonly journeys: ReadonlyMap<string, JourneyRules>;
  /** When journeys start and end, those that do. */
  readonly terms: ReadonlyMap<string, JourneyTerm>;
  /** Newest live versions by entry event, in the order of decision: priority, then journey id. */
  readonly entries: ReadonlyMap<string, readonly Version[]>;
  readonly watched: ReadonlySet<string>;
  /** Longest window of any cap: sends are kept that long. */
  readonly capWindows: readonly Duration[];
  /** What caps for life count together: sends of all journeys are counted so. */
  readonly lifeCaps: ReadonlySet<Cap['of']>;
  /** Every cap of every version, each once. */
  readonly caps: readonly Cap[];
  /** Some version chooses the best channel: what customers react to is counted. */
  readonly learnsChannels: boolean;
  /** What conditions ask about messages of any run: their sends are kept as long as that can matter. */
  readonly messagesAsked: readonly MessageCondition[];
  /** By id. */
  readonly segments: ReadonlyMap<string, SegmentDefinition>;
}

export interface WorkspaceVersions {
  readonly manifests: readonly Manifest[];
  /** The version on which new runs start; journeys without one let nobody in. */
  readonly newest: Readonly<Record<string, string>>;
  /** From the newest files; a journey that is missing is live. */
  readonly journeys?: Readonly<Record<string, JourneyRules>> | undefined;
  readonly settings: EngineSettings;
  readonly segments?: readonly SegmentDefinition[] | undefined;
}

/** Throws a RangeError for a manifest that no compiler of ours has written. */
export function createWorkspace({
  manifests,
  newest,
  journeys = {},
  settings,
  segments = [],
}: WorkspaceVersions): Workspace {
  const versions = new Map<string, Version>();
  const entries = new Map<string, Version[]>();
  const watched = new Set<string>();
  const windows = new Map<string, Duration>();
  const lifeCaps = new Set<Cap['of']>();
  const caps = new Map<string, Cap>();
  for (const manifest of manifests) {
    const version = readVersion(manifest);
    versions.set(version.key, version);
    for (const event of version.watches) watched.add(event);
    for (const cap of capsOf(manifest)) {
      caps.set(`${cap.most} ${cap.per} ${cap.of}`, cap);
      if (cap.per === undefined) lifeCaps.add(cap.of);
      else windows.set(cap.per, duration(cap.per));
    }
    if (newest[manifest.journey] !== manifest.version) continue;
    const { event } = manifest.entry.trigger;
    watched.add(event);
    entries.set(event, [...(entries.get(event) ?? []), version]);
  }
  for (const list of entries.values()) list.sort(byPriorityThenId);
  return {
    settings,
    versions,
    journeys: new Map(Object.entries(journeys)),
    terms: readTerms(journeys, settings.timezone),
    entries,
    watched,
    capWindows: [...windows.values()],
    lifeCaps,
    caps: [...caps.values()],
    learnsChannels: manifests.some((manifest) => Object.values(manifest.flow.nodes).some(choosesBest)),
    messagesAsked: [...versions.values()].flatMap((version) => version.messagesAsked),
    segments: new Map(segments.map((segment) => [segment.id, segment])),
  };
}

function readVersion(manifest: Manifest): Version {
  const nodes = Object.entries(manifest.flow.nodes);
  const exits = manifest.exits.map((exit): Exit =>
    'event' in exit
      ? { event: exit.event, where: optional(exit.where), reason: exit.reason }
      : { when: read(exit.when), reason: exit.reason },
  );
  const waits = new Map<string, WaitForArms>();
  const cases = new Map<string, readonly Condition[]>();
  for (const [id, node] of nodes) {
    if (node.kind === 'waitFor') waits.set(id, readWait(node));
    if (node.kind === 'branch')
      cases.set(
        id,
        node.cases.map((one) => read(one.when)),
      );
  }
  const entryWhere = optional(manifest.entry.where);
  const goalWhere = optional(manifest.goal?.where);
  const conditions = [
    goalWhere,
    ...exits.map((exit) => (exit.event === undefined ? exit.when : exit.where)),
    ...[...waits.values()].flatMap((wait) => wait.wheres),
    ...[...cases.values()].flat(),
  ].filter((condition) => condition !== undefined);
  return {
    key: versionKey(manifest.journey, manifest.version),
    manifest,
    entryWhere,
    goalWhere,
    exits,
    waits,
    watches: new Set(watchedBy(manifest, exits, waits)),
    exitsByCondition: exits.some((exit) => exit.event === undefined),
    cases,
    asksAbout: new Set(conditions.flatMap((condition) => [...stepsOf(condition)])),
    messagesAsked: [entryWhere, ...conditions].flatMap((one) =>
      one === undefined ? [] : [...messagesOf(one)],
    ),
    entryProperties: new Set(
      conditions
        .flatMap((condition) => [...fieldsOf(condition)])
        .flatMap((field) => (field.root === 'entry' && field.path[0] !== undefined ? [field.path[0]] : [])),
    ),
    savedProperties: savedProperties(conditions, manifest.saved),
  };
}

function readWait(node: NodeOf<'waitFor'>): WaitForArms {
  const lookBack = node.since === 'step' || node.since === 'entry' ? undefined : duration(node.since);
  return { node, wheres: node.events.map((event) => optional(event.where)), lookBack };
}

function* watchedBy(
  { goal }: Manifest,
  exits: readonly Exit[],
  waits: ReadonlyMap<string, WaitForArms>,
): Iterable<string> {
  if (goal !== undefined) yield goal.event;
  for (const exit of exits) if (exit.event !== undefined) yield exit.event;
  for (const wait of waits.values()) for (const arm of wait.node.events) yield arm.event;
}

function choosesBest(node: FlowNode): boolean {
  return node.kind === 'send' && node.settings.best !== undefined;
}

function capsOf(manifest: Manifest): readonly Cap[] {
  return Object.values(manifest.flow.nodes).flatMap((node: FlowNode) =>
    node.kind === 'send' ? node.settings.caps : [],
  );
}

function byPriorityThenId(a: Version, b: Version): number {
  if (a.manifest.priority !== b.manifest.priority) return b.manifest.priority - a.manifest.priority;
  return a.manifest.journey < b.manifest.journey ? -1 : 1;
}

function read(condition: unknown): Condition {
  const parsed = parseCondition(condition);
  if ('problems' in parsed)
    throw new RangeError('a manifest holds a condition that cannot be read: compile again');
  return parsed.condition;
}

function optional(condition: unknown): Condition | undefined {
  return condition === undefined ? undefined : read(condition);
}
