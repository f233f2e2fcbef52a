// What the checks of a journey look at: the journey itself, taken apart once, and what it may refer to.
import type { JsonPath } from '#lib/journey/conditions/condition.ts';
import { entryEvent, type Entry } from '#lib/journey/entry.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { Flow } from '#lib/journey/flow.ts';
import type { Finding } from '../diagnostics.ts';
import type { UnnamedManifest } from '../version.ts';
import { placeSteps, type StepPlace } from '../step-places.ts';
import type { ValuePlace } from '../value-places.ts';
import { placesOf, readCondition, type ConditionContext, type ConditionPlace } from './condition-context.ts';

/** Where an event is named that lets in, ends, counts or wakes. */
export interface EventMatch {
  readonly scope: 'entry' | 'goal' | 'exit' | 'waitFor';
  readonly event: string;
  readonly where?: unknown;
  readonly anyKey?: boolean | undefined;
  readonly path: JsonPath;
}

/** The place of what stands in no condition, where no event is at hand. */
export const NO_EVENT: ConditionPlace = {
  scope: 'when',
  event: undefined,
  path: [],
  condition: undefined,
  problems: [],
};

export interface JourneyContext extends ConditionContext {
  readonly id: string;
  readonly journey: Journey;
  readonly steps: readonly StepPlace[];
  readonly matches: readonly EventMatch[];
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
  const steps = placeSteps(journey);
  const matches = [...matchesOf(journey, steps)];
  return { steps, matches, conditions: [...conditionsOf(journey, steps, matches)].flatMap(placesOf) };
}

function* matchesOf(journey: Journey, steps: readonly StepPlace[]): Generator<EventMatch> {
  const { entry } = journey;
  if ('event' in entry) yield { scope: 'entry', event: entry.event, where: entry.where, path: ['entry'] };
  if (journey.goal !== undefined) yield { scope: 'goal', ...journey.goal, path: ['goal'] };
  for (const [index, exit] of journey.exit.entries())
    if ('event' in exit) yield { scope: 'exit', ...exit, path: ['exit', index] };
  for (const { step, path } of steps) {
    if (step.type !== 'waitFor') continue;
    for (const [index, match] of (step.events ?? []).entries())
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
      yield { scope, event, path: [...path, 'where'], ...readCondition(where) };
  for (const [index, exit] of journey.exit.entries())
    if ('when' in exit)
      yield { scope: 'when', event: undefined, path: ['exit', index, 'when'], ...readCondition(exit.when) };
  for (const { step, path } of steps) {
    if (step.type === 'waitFor' && step.when !== undefined)
      yield { scope: 'when', event: undefined, path: [...path, 'when'], ...readCondition(step.when) };
    if (step.type !== 'branch') continue;
    for (const [index, one] of step.cases.entries())
      yield {
        scope: 'when',
        event: undefined,
        path: [...path, 'cases', index, 'when'],
        ...readCondition(one.when),
      };
  }
}

/** What lets in may be no event of the vocabulary; then `entry.<property>` is what it brings along (entry.ts). */
function* conditionsOfEntry(entry: Entry): Generator<ConditionPlace> {
  const place = { scope: 'entry', event: entryEvent(entry) } as const;
  if ('audience' in entry) yield { ...place, path: ['entry', 'audience'], ...readCondition(entry.audience) };
  if (entry.where !== undefined) yield { ...place, path: ['entry', 'where'], ...readCondition(entry.where) };
}
