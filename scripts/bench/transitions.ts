// Transitions of every path of every journey in the workspace, beside what the design's cost table allows.
import { pathCosts } from '#lib/compiler/transitions.ts';
import type { Manifest } from '#lib/journey/manifest.ts';

/** Paths shown for each journey. */
const MOST_PATHS = 200;

export interface PathRow {
  readonly journey: string;
  readonly path: string;
  readonly steps: number;
  readonly transitions: number;
  readonly allowed: number;
}

export function transitionRows(manifests: readonly Manifest[]): PathRow[] {
  return manifests.flatMap((manifest) =>
    pathCosts(manifest.flow, MOST_PATHS).paths.map((path) => ({
      journey: manifest.journey,
      path:
        [...path.ways, ...(path.exit === undefined ? [] : [`exit: ${path.exit}`])].join(', ') ||
        'the only one',
      steps: path.steps,
      transitions: path.transitions,
      allowed: path.allowed,
    })),
  );
}
