// The state machines of a journey have to fit the limits of Step Functions. (How long a run lasts and how many steps it takes
// has no limit: it goes on in a new execution.)
import { compileManifest } from '../compile.ts';
import { finding } from '../diagnostics.ts';
import { tooLarge } from '../limits.ts';
import { isEndless } from './flow-graph.ts';
import type { Check } from './journey-context.ts';

/** A state takes a few kilobytes at most: below so many steps no definition comes near the limit. */
const SURELY_FITS = 150;

export const definitionSize: Check = function* definitionSize({ flow, manifest }) {
  if (flow === undefined || Object.keys(flow.nodes).length < SURELY_FITS) return;
  // A circle without a bound cannot be compiled; it is told by itself.
  if (isEndless(flow)) return;
  const broken = tooLarge(compileManifest(manifest));
  if (broken !== undefined) yield finding('definition-too-large', ['steps'], broken);
};
