// What the checks of conditions look at, in journeys and in segments: where each condition stands, and what it may refer to.
import type { Condition, JsonPath } from '#lib/journey/conditions/condition.ts';
import { leavesOf } from '#lib/journey/conditions/mentions.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { ConditionProblem } from '#lib/journey/conditions/problem.ts';
import type { Journey } from '#lib/journey/journey.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { Finding } from '../diagnostics.ts';
import type { MessageSummary } from '../workspace.ts';
import type { CatalogNames } from './recommendations.ts';
import type { SavedName } from './saved-names.ts';

/** A condition where it stands. Without `condition`, `problems` say what is wrong with it. */
export interface ConditionPlace {
  /**
   * `when`: of a branch or an exit, where no event is at hand. `segment`: belongs to no journey. `did`: the `where` of a question
   * what the customer did, which is about one event after the other.
   */
  readonly scope: 'entry' | 'goal' | 'exit' | 'waitFor' | 'when' | 'segment' | 'did';
  /** The event that is tested, where there is one. */
  readonly event: string | undefined;
  readonly path: JsonPath;
  readonly condition: Condition | undefined;
  readonly problems: readonly ConditionProblem[];
}

export interface ConditionContext {
  /** Undefined for the condition of a segment. */
  readonly journey: Journey | undefined;
  /** Undefined where settings cannot be read: then names are not compared. */
  readonly settings: Settings | undefined;
  readonly messages: ReadonlyMap<string, MessageSummary>;
  /** Ids of all journeys of the workspace, those with errors included. */
  readonly journeys: ReadonlySet<string>;
  /** Ids of all segments of the workspace, those with errors included. */
  readonly segments: ReadonlySet<string>;
  /** Names of the catalogue; absent: nothing is compared with it. */
  readonly catalog?: CatalogNames | undefined;
  /** What steps keep by "saveAs", by name. */
  readonly saved: ReadonlyMap<string, SavedName>;
  readonly conditions: readonly ConditionPlace[];
}

/** One rule for conditions, wherever they stand. */
export type ConditionCheck = (context: ConditionContext) => Iterable<Finding>;

/** A condition as written, read. */
export function readCondition(written: unknown): Pick<ConditionPlace, 'condition' | 'problems'> {
  const parsed = parseCondition(written);
  return 'condition' in parsed
    ? { condition: parsed.condition, problems: [] }
    : { condition: undefined, problems: parsed.problems };
}

/** A place and those inside it: each `where` of a `did` is a place of its own, with another event. */
export function placesOf(place: ConditionPlace): ConditionPlace[] {
  const { condition, path } = place;
  if (condition === undefined) return [place];
  const inside = [...leavesOf(condition)].flatMap((leaf): ConditionPlace[] =>
    leaf.kind === 'did' && leaf.where !== undefined
      ? [{ scope: 'did', event: leaf.event, path, condition: leaf.where, problems: [] }]
      : [],
  );
  return [place, ...inside];
}
