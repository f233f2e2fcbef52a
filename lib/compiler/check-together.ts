// What concerns several journeys: ids that meet, experiments that several journeys share.
import type { SplitStep } from '#lib/journey/steps/split.ts';
import type { JourneyOutcome } from './check-journey.ts';
import { placeSteps } from './step-places.ts';
import { fileDiagnostic, finding, type Diagnostic } from './diagnostics.ts';
import { located } from './parse/json-text.ts';

export function checkTogether(journeys: readonly JourneyOutcome[]): Diagnostic[] {
  return [...sameIds(journeys), ...sharedExperiments(journeys)];
}

/** `welcome.json` and `welcome.jsonc` would be the same journey. */
function sameIds(journeys: readonly JourneyOutcome[]): Diagnostic[] {
  const first = new Map<string, string>();
  return journeys.flatMap(({ id, file }) => {
    const other = first.get(id);
    if (other !== undefined) return [fileDiagnostic('journey-twice', { file: file.path }, { id, other })];
    first.set(id, file.path);
    return [];
  });
}

/** Customers keep their arm in every split of an experiment: so each of them has to have the same arms. */
function sharedExperiments(journeys: readonly JourneyOutcome[]): Diagnostic[] {
  const first = new Map<string, { arms: string; file: string }>();
  return journeys.flatMap(({ read, file }) => {
    if (read === undefined) return [];
    const { json, journey } = read;
    return placeSteps(journey.steps).flatMap(({ step, path }) => {
      if (step.type !== 'split' || step.experiment === undefined) return [];
      const { experiment } = step;
      const arms = armsOf(step);
      const earlier = first.get(experiment);
      if (earlier === undefined) first.set(experiment, { arms, file: file.path });
      if (earlier === undefined || earlier.arms === arms) return [];
      const facts = { experiment, other: earlier.file };
      return located(json, [finding('experiment-differs', read.original([...path, 'experiment']), facts)]);
    });
  });
}

function armsOf(split: SplitStep): string {
  return JSON.stringify(split.arms.map(({ name }) => name).toSorted());
}
