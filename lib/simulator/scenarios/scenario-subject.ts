// The journeys that a scenario plays: the tested one and those named in "with".
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
  { with: others = [] }: Scenario,
  workspace: { readonly journeys: readonly CheckedJourney[] },
): ScenarioSubject {
  const ids = [...new Set([journey, ...others])];
  const found = ids.flatMap((id) => workspace.journeys.find((one) => one.id === id) ?? []);
  return {
    ids,
    journeys: found.length === ids.length ? found : undefined,
    steps: found.flatMap((one) => placeSteps(one.journey)),
  };
}
