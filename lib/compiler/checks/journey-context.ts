// What the checks of a journey look at: the journey itself, taken apart once, and what it may refer to.
import type { Condition, JsonPath } from '#lib/journey/conditions/condition.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { ConditionProblem } from '#lib/journey/conditions/problem.ts';
import { entryEvent, type Entry } from '#lib/journey/entry.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { Flow } from '#lib/journey/flow.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { Finding } from '../diagnostics.ts';
import type { UnnamedManifest } from '../version.ts';
import { placeSteps, type StepPlace } from '../step-places.ts';
import type { ValuePlace } from '../value-places.ts';
import type { MessageSummary } from '../workspace.ts';
import type { SavedName } from './saved-names.ts';

/** Where an event is named that lets in, ends, counts or wakes. */
export interface EventMatch {
  readonly scope: 'entry' | 'goal' | 'exit' | 'waitFor';
  readonly event: string;
  readonly where?: unknown;
  readonly anyKey?: boolean | undefined;
  readonly path: JsonPath;
}

/** A condition where it stands. Without `condition`, `problems` say what is wrong with it. */
export interface ConditionPlace {
  /** `when`: of a branch or an exit, where no event is at hand. */
  readonly scope: EventMatch['scope'] | 'when';
  /** The event that is tested, where there is one. */
  readonly event: string | undefined;
  readonly path: JsonPath;
  readonly condition: Condition | undefined;
  readonly problems: readonly ConditionProblem[];
}

/** The place of what stands in no condition, where no event is at hand. */
export const NO_EVENT: ConditionPlace = {
  scope: 'when',
  event: undefined,
  path: [],
  condition: undefined,
  problems: [],
};

export interface JourneyContext {
  readonly id: string;
  readonly journey: Journey;
  /** Undefined where settings cannot be read: then names are not compared. */
  readonly settings: Settings | undefined;
  readonly messages: ReadonlyMap<string, MessageSummary>;
  /** Ids of all journeys of the workspace, this one and those with errors included. */
  readonly journeys: ReadonlySet<string>;
  readonly steps: readonly StepPlace[];
  readonly matches: readonly EventMatch[];
  readonly conditions: readonly ConditionPlace[];
  /** What steps keep by "saveAs", by name. */
  readonly saved: ReadonlyMap<string, SavedName>;
  /** The values that steps write, emit and pass on. */
  readonly values: readonly ValuePlace[];
  /** Every id that is written in the file, also of steps that could not be read. */
  readonly writtenIds: ReadonlySet<string>;
  /** False where parts of the journey could not be read: then nothing follows from what is missing. */
  readonly whole: boolean;
  /** The graph; undefined where parts of the journey could not be read or its ids are not in order. */
  readonly flow: Flow | undefined;
  /** What the journey is compiled from, as far as it could be linked. */
  readonly manifest: UnnamedManifest;
}

/** One rule. It yields what it finds, in any order. */
export type Check = (context: JourneyContext) => Iterable<Finding>;

/** Takes a journey apart. */
export function takeApart(journey: Journey): Pick<JourneyContext, 'steps' | 'matches' | 'conditions'> {
  const steps = placeSteps(journey.steps);
  const matches = [...matchesOf(journey, steps)];
  return { steps, matches, conditions: [...conditionsOf(journey, steps, matches)] };
}

function* matchesOf(journey: Journey, steps: readonly StepPlace[]): Generator<EventMatch> {
  const { entry } = journey;
  if ('event' in entry) yield { scope: 'entry', event: entry.event, where: entry.where, path: ['entry'] };
  if (journey.goal !== undefined) yield { scope: 'goal', ...journey.goal, path: ['goal'] };
  for (const [index, exit] of journey.exit.entries())
    if ('event' in exit) yield { scope: 'exit', ...exit, path: ['exit', index] };
  for (const { step, path } of steps) {
    if (step.type !== 'waitFor') continue;
    for (const [index, match] of step.events.entries())
      yield { scope: 'waitFor', ...match, path: [...path, 'events', index] };
  }
}

function* conditionsOf(
  journey: Journey,
  steps: readonly StepPlace[],
  matches: readonly EventMatch[],
): Generator<ConditionPlace> {
  yield* conditionsOfEntry(journey.entry);
  for (const { scope, event, where, path } of matches)
    if (scope !== 'entry' && where !== undefined)
      yield { scope, event, path: [...path, 'where'], ...read(where) };
  for (const [index, exit] of journey.exit.entries())
    if ('when' in exit)
      yield { scope: 'when', event: undefined, path: ['exit', index, 'when'], ...read(exit.when) };
  for (const { step, path } of steps) {
    if (step.type !== 'branch') continue;
    for (const [index, one] of step.cases.entries())
      yield { scope: 'when', event: undefined, path: [...path, 'cases', index, 'when'], ...read(one.when) };
  }
}

/** What lets in may be no event of the vocabulary; then `entry.<property>` is what it brings along (entry.ts). */
function* conditionsOfEntry(entry: Entry): Generator<ConditionPlace> {
  const place = { scope: 'entry', event: entryEvent(entry) } as const;
  if ('audience' in entry) yield { ...place, path: ['entry', 'audience'], ...read(entry.audience) };
  if (entry.where !== undefined) yield { ...place, path: ['entry', 'where'], ...read(entry.where) };
}

function read(written: unknown): Pick<ConditionPlace, 'condition' | 'problems'> {
  const parsed = parseCondition(written);
  return 'condition' in parsed
    ? { condition: parsed.condition, problems: [] }
    : { condition: undefined, problems: parsed.problems };
}
