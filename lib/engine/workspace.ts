/**
 * What the engine knows of the workspace: settings and the manifests of all versions that may still have people inside,
 * indexed once. An event type is watched if any of those versions watches it, so that a deployment never makes a waiting run
 * deaf.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { Cap, Channel } from '#lib/contracts/step-calls.ts';
import type { Duration } from '#lib/contracts/duration.ts';
import type { Condition, DidCondition, MessageCondition } from '#lib/journey/conditions/condition.ts';
import { parseField } from '#lib/journey/conditions/field.ts';
import type { FatigueRule } from '#lib/journey/fatigue.ts';
import type { FlowNode, NodeOf } from '#lib/journey/flow.ts';
import type { JourneyRules } from '#lib/journey/journey-rules.ts';
import type { Legal } from '#lib/journey/legal-hours.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { ServiceCases } from '#lib/journey/service-cases.ts';
import { watchedEvents } from '#lib/journey/watched-events.ts';
import {
  didsOf,
  entryProperties,
  fieldsOf,
  messagesOf,
  savedProperties,
  stepsOf,
} from './conditions/mentions.ts';
import { readTerms, type JourneyTerm } from './journey-term.ts';
import { readKept, type KeptForConditions } from './kept-for-conditions.ts';
import { readCondition } from './read-condition.ts';
import { indexEntries, type EntryIndex } from './entry-index.ts';
import { duration } from './durations.ts';

interface EngineTopic {
  readonly withoutRecord?: 'granted' | undefined;
  /** Consent has to be confirmed, and a request for it holds for so long. */
  readonly confirm?: { readonly within: string } | undefined;
}

export interface EngineSettings {
  readonly timezone: string;
  readonly locale: string;
  /** Traits that are stored; absent: all of them. */
  readonly declaredTraits?: ReadonlySet<string> | undefined;
  readonly topics: Readonly<Record<string, EngineTopic>>;
  /**
   * What the log explains. `decisions` (default): of each decision that it tells, which condition decided it. `everything`: it also
   * has those whom an entry's `where` keeps out, which are most. `nothing`: where nobody reads it.
   */
  readonly explains?: 'nothing' | 'decisions' | 'everything' | undefined;
  /** By which events a case with the service opens and closes. */
  readonly serviceCases?: ServiceCases | undefined;
  /** Fewer messages to those who do not react: of the settings, so that a change holds at once. */
  readonly fatigue?: readonly FatigueRule[] | undefined;
  /** Marketing messages in one second, for each channel that has a rate: of the provider, so not part of a version. */
  readonly perSecond?: Readonly<Partial<Record<Channel, number | undefined>>> | undefined;
  /** Legal hours of marketing, defaults filled in: a law holds at once, so not part of a version. Absent: none. */
  readonly legal?: Legal | undefined;
  /** How long after an opening those who were held back go out, one after the other; absent or 0: all at once. */
  readonly spreadMillis?: number | undefined;
  /** Public holidays by the place that journeys name, YYYY-MM-DD: the dates that were packed with the workspace. */
  readonly holidays?: ReadonlyMap<string, ReadonlySet<string>> | undefined;
}

/** A manifest with its conditions parsed, ready to decide by. */
export interface Version {
  readonly key: string;
  readonly manifest: Manifest;
  readonly entryWhere: Condition | undefined;
  /** Whom an event without a customer concerns. */
  readonly audience: Condition | undefined;
  readonly goalWhere: Condition | undefined;
  readonly exits: readonly Exit[];
  readonly waits: ReadonlyMap<string, WaitForArms>;
  /** Events that can do something to a run that is inside: those of goal, exits and waits. */
  readonly watches: ReadonlySet<string>;
  /** An exit holds on a condition: any input may make it true. */
  readonly exitsByCondition: boolean;
  /** An exit is the entering or leaving of a segment. */
  readonly exitsBySegment: boolean;
  /** Conditions of branches by node id, one for each case. */
  readonly cases: ReadonlyMap<string, readonly Condition[]>;
  /** Steps whose outcome a condition reads: their send records are kept while the run lasts. */
  readonly asksAbout: ReadonlySet<string>;
  /** What its conditions ask about messages of any run. */
  readonly messagesAsked: readonly MessageCondition[];
  /** What its conditions ask to have been done. */
  readonly dids: readonly DidCondition[];
  /** Entry properties that a condition reads. */
  readonly entryProperties: ReadonlySet<string>;
  /** Those that the goal's condition reads. */
  readonly goalProperties: ReadonlySet<string>;
  /** What a run keeps of each answer or event that a step saves: name → properties read or printed; `*`: all of them. */
  readonly savedProperties: ReadonlyMap<string, ReadonlySet<string>>;
}

export type Exit = { readonly reason: string } & (
  | { readonly kind: 'event'; readonly event: string; readonly where: Condition | undefined }
  | { readonly kind: 'when'; readonly when: Condition }
  | { readonly kind: 'enters' | 'leaves'; readonly segment: string }
);

export interface WaitForArms {
  readonly node: NodeOf<'waitFor'>;
  readonly wheres: readonly (Condition | undefined)[];
  /** What has to become true, of a wait without events. */
  readonly when: Condition | undefined;
  /** Set where `since` is a duration that looks back. */
  readonly lookBack: Duration | undefined;
}

export interface Workspace extends KeptForConditions {
  readonly settings: EngineSettings;
  readonly versions: ReadonlyMap<string, Version>;
  /** What applies to all versions of a journey (rules/journey-state.ts); one that is missing here is live. */
  readonly journeys: ReadonlyMap<string, JourneyRules>;
  /** Journeys of which only the marketing is held (use-cases/switched-workspace.ts); absent: none. */
  readonly marketingHeld?: ReadonlySet<string> | undefined;
  /** When journeys start and end, those that do. */
  readonly terms: ReadonlyMap<string, JourneyTerm>;
  /** Newest versions, by what lets customers into them. */
  readonly entries: EntryIndex;
  /** Events that some version or segment listens to (watched-events.ts). */
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
  const entering: Version[] = [];
  const windows = new Map<string, Duration>();
  const lifeCaps = new Set<Cap['of']>();
  const caps = new Map<string, Cap>();
  for (const manifest of manifests) {
    const version = readVersion(manifest);
    versions.set(version.key, version);
    for (const cap of capsOf(manifest)) {
      caps.set(`${cap.most} ${cap.per} ${cap.of}`, cap);
      if (cap.per === undefined) lifeCaps.add(cap.of);
      else windows.set(cap.per, duration(cap.per));
    }
    if (newest[manifest.journey] !== manifest.version) continue;
    entering.push(version);
  }
  const all = [...versions.values()];
  const kept = readKept(
    segments,
    all.flatMap(({ dids }) => dids),
  );
  return {
    ...kept,
    settings,
    versions,
    journeys: new Map(Object.entries(journeys)),
    terms: readTerms(journeys, settings.timezone),
    entries: indexEntries(entering),
    watched: watchedEvents({ manifests, newest, segments, settings }),
    capWindows: [...windows.values()],
    lifeCaps,
    caps: [...caps.values()],
    learnsChannels: manifests.some((manifest) => Object.values(manifest.flow.nodes).some(choosesBest)),
    messagesAsked: [...all.flatMap((version) => version.messagesAsked), ...kept.messagesAskedBySegments],
  };
}

function readVersion(manifest: Manifest): Version {
  const nodes = Object.entries(manifest.flow.nodes);
  const exits = manifest.exits.map(readExit);
  const waits = new Map<string, WaitForArms>();
  const cases = new Map<string, readonly Condition[]>();
  for (const [id, node] of nodes) {
    if (node.kind === 'waitFor') waits.set(id, readWait(node));
    if (node.kind === 'branch')
      cases.set(
        id,
        node.cases.map((one) => readCondition(one.when)),
      );
  }
  const { trigger } = manifest.entry;
  const audience = trigger.kind === 'audience' ? readCondition(trigger.audience) : undefined;
  const entryWhere = optional(manifest.entry.where);
  const goalWhere = optional(manifest.goal?.where);
  const conditions = [
    goalWhere,
    ...exits.map((exit) =>
      exit.kind === 'when' ? exit.when : exit.kind === 'event' ? exit.where : undefined,
    ),
    ...[...waits.values()].flatMap((wait) => [...wait.wheres, wait.when]),
    ...[...cases.values()].flat(),
  ].filter((condition) => condition !== undefined);
  const dates = nodes.flatMap(([, node]) => ('date' in node && node.date !== undefined ? [node.date] : []));
  const fields = [
    ...conditions.flatMap((condition) => [...fieldsOf(condition)]),
    ...dates.flatMap(({ of }) => parseField(of) ?? []),
  ];
  return {
    key: versionKey(manifest.journey, manifest.version),
    manifest,
    entryWhere,
    audience,
    goalWhere,
    exits,
    waits,
    watches: new Set(watchedBy(manifest, exits, waits)),
    exitsByCondition: exits.some(({ kind }) => kind === 'when'),
    exitsBySegment: exits.some(({ kind }) => kind === 'enters' || kind === 'leaves'),
    cases,
    asksAbout: new Set(conditions.flatMap((condition) => [...stepsOf(condition)])),
    messagesAsked: [audience, entryWhere, ...conditions].flatMap((one) =>
      one === undefined ? [] : [...messagesOf(one)],
    ),
    dids: [audience, entryWhere, ...conditions].flatMap((one) => (one === undefined ? [] : [...didsOf(one)])),
    entryProperties: entryProperties(fields),
    goalProperties: entryProperties(goalWhere === undefined ? [] : [...fieldsOf(goalWhere)]),
    savedProperties: savedProperties(fields, manifest.saved),
  };
}

function readExit(exit: Manifest['exits'][number]): Exit {
  const { reason } = exit;
  if ('event' in exit) return { kind: 'event', event: exit.event, where: optional(exit.where), reason };
  if ('when' in exit) return { kind: 'when', when: readCondition(exit.when), reason };
  return 'enters' in exit
    ? { kind: 'enters', segment: exit.enters, reason }
    : { kind: 'leaves', segment: exit.leaves, reason };
}

function readWait(node: NodeOf<'waitFor'>): WaitForArms {
  const lookBack = node.since === 'step' || node.since === 'entry' ? undefined : duration(node.since);
  const wheres = node.events.map((event) => optional(event.where));
  return { node, wheres, when: optional(node.when?.condition), lookBack };
}

function* watchedBy(
  { goal }: Manifest,
  exits: readonly Exit[],
  waits: ReadonlyMap<string, WaitForArms>,
): Iterable<string> {
  if (goal !== undefined) yield goal.event;
  for (const exit of exits) if (exit.kind === 'event') yield exit.event;
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

function optional(condition: unknown): Condition | undefined {
  return condition === undefined ? undefined : readCondition(condition);
}
