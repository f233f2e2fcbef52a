// The journeys that a scenario plays: the tested one, those named in "with", and those that they start.
import { placeSteps, type StepPlace } from '#lib/compiler/step-places.ts';
import type { CheckedJourney } from '#lib/compiler/workspace.ts';
import type { Scenario } from './test-file.ts';

export interface ScenarioSubject {
  /** Ids, the tested journey first. */
  readonly ids: readonly string[];
  /** Undefined where one of them is unknown or has errors: then nothing can be said about its steps. */
  readonly journeys: readonly CheckedJourney[] | undefined;
  readonly steps: readonly StepPlace[];
}

/** What a scenario of the journey plays. */
export function subjectOf(
  journey: string,
  scenario: Scenario,
  workspace: { readonly journeys: readonly CheckedJourney[] },
): ScenarioSubject {
  const known = new Map(workspace.journeys.map((one) => [one.id, one]));
  const ids = journeysOf(journey, scenario, known);
  const found = ids.flatMap((id) => known.get(id) ?? []);
  return {
    ids,
    journeys: found.length === ids.length ? found : undefined,
    steps: found.flatMap((one) => placeSteps(one.journey)),
  };
}

/** The tested journey, those that the scenario names, and those that any of them starts by a step `enter`; each once. */
export function journeysOf(
  journey: string,
  { with: others = [] }: Scenario,
  known: ReadonlyMap<string, CheckedJourney>,
): readonly string[] {
  const ids = new Set([journey, ...others]);
  // A set that grows while it is gone through is gone through to its new end.
  for (const id of ids) {
    const found = known.get(id)?.journey;
    const steps = found === undefined ? [] : placeSteps(found);
    for (const { step } of steps) if (step.type === 'enter') ids.add(step.journey);
  }
  return [...ids];
}
