// What concerns several journeys: ids that meet, experiments that several journeys share, journeys that set each other off.
import type { SegmentDefinition } from '#lib/journey/segment.ts';
import type { Vocabulary } from '#lib/journey/vocabulary.ts';
import type { Experiment, JourneyOutcome } from './check-journey.ts';
import { checkSetsOff } from './checks/sets-off.ts';
import { fileDiagnostic, type Diagnostic } from './diagnostics.ts';

export function checkTogether(
  journeys: readonly JourneyOutcome[],
  segments: readonly SegmentDefinition[],
  vocabulary: Vocabulary | undefined,
): Diagnostic[] {
  const linked = journeys.flatMap((one) => one.linked ?? []);
  return [
    ...sameIds(journeys),
    ...sharedExperiments(journeys),
    ...checkSetsOff(linked, segments, vocabulary),
  ];
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
  const first = new Map<string, Experiment>();
  return journeys
    .flatMap(({ experiments }) => experiments)
    .flatMap((experiment) => {
      const { name, place } = experiment;
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, experiment);
      if (earlier === undefined || sameArms(earlier, experiment)) return [];
      return [fileDiagnostic('experiment-differs', place, { experiment: name, other: earlier.place.file })];
    });
}

function sameArms(a: Experiment, b: Experiment): boolean {
  return JSON.stringify(a.arms.toSorted()) === JSON.stringify(b.arms.toSorted());
}
