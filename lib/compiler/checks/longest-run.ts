// The longest way through a journey, and its state machine, have to fit the limits of Step Functions.
import type { Flow } from '#lib/journey/flow.ts';
import { compileManifest } from '../compile.ts';
import { finding, type Finding } from '../diagnostics.ts';
import { machineLimits, runLimits, type BrokenLimit } from '../limits.ts';
import { leadsTo, reachableFrom, successorsWithoutJumps } from './flow-graph.ts';
import type { Check, JourneyContext } from './journey-context.ts';

const DAY = 86_400_000;
/** A state takes a few kilobytes at most: below so many steps no definition comes near the limit. */
const SURELY_FITS = 150;

export const longestRun: Check = function* longestRun(context) {
  const { flow, manifest } = context;
  // A circle without a bound has no longest way; it is told by itself.
  if (flow === undefined || flow.start === null || hasCircle(flow, flow.start)) return;
  const ofRun = runLimits(flow).map((broken) => told(broken, context));
  // Who runs too long mostly has too many events as well: one mistake.
  yield* ofRun.slice(0, 1);
  if (Object.keys(flow.nodes).length < SURELY_FITS) return;
  for (const broken of machineLimits(compileManifest(manifest).machine)) yield told(broken, context);
};

function told({ kind, nodeId, actual, limit }: BrokenLimit, { steps }: JourneyContext): Finding {
  const path = steps.find(({ node }) => node === nodeId)?.path ?? ['steps'];
  switch (kind) {
    case 'longest run':
      return finding('longer-than-a-year', path, {
        days: Math.ceil(actual / DAY),
        most: Math.floor(limit / DAY),
      });
    case 'history events':
      return finding('history-too-long', path, { events: actual, most: limit });
    case 'definition size':
      return finding('definition-too-large', path, { bytes: actual, most: limit });
  }
}

function hasCircle(flow: Flow, start: string): boolean {
  const { nodes } = flow;
  const jumps = [...reachableFrom(flow, start)].filter((id) => {
    const node = nodes[id];
    return node?.kind === 'goto' && node.atMost === undefined;
  });
  // Steps lead forward; only a goto without a bound can close a circle that has no end.
  return jumps.some((id) =>
    successorsWithoutJumps(flow, id).some((next) =>
      leadsTo(next, id, (at) => successorsWithoutJumps(flow, at)),
    ),
  );
}
