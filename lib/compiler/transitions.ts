/**
 * What each path of a journey costs in Step Functions transitions, the largest cost that a deployment has ($25 a million):
 * for `check`, the benchmark, and pages about cost.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { nodeAt } from './plan/flow-reading.ts';
import { planMachine } from './plan/plan.ts';
import { transitionsByMachine } from './transitions/by-machine.ts';
import { transitionsByTable } from './transitions/by-table.ts';
import { edgeName, journeyPaths, type JourneyPath } from './transitions/paths.ts';

/** One path, with no deferral and no retry (a deferral is two transitions more, a retry one). */
interface PathCost {
  /** What tells this path from the others, such as `looked-again: time is up`. */
  readonly ways: readonly string[];
  /** Reason of the exit at its end; undefined where it runs through. */
  readonly exit: string | undefined;
  /** Steps on the path, gotos and exits apart. */
  readonly steps: number;
  /** States entered. */
  readonly transitions: number;
  /** What the design's cost table allows; more than this is a fault of the compiler. */
  readonly allowed: number;
}

export interface PathCosts {
  readonly paths: readonly PathCost[];
  /** False where the journey has more paths than were asked for. */
  readonly complete: boolean;
}

/** Every path of a journey that has passed the checks, at most `most`; loops are gone round once. */
export function pathCosts(flow: Flow, most: number): PathCosts {
  const plan = planMachine(flow);
  const { paths, complete } = journeyPaths(flow, most);
  const costs = paths.map((path) => ({
    ways: waysTaken(flow, path),
    exit: path.exit,
    steps: path.nodes.filter(({ node }) => isStep(flow, node)).length,
    transitions: transitionsByMachine(flow, plan, path.nodes),
    allowed: transitionsByTable(flow, path.nodes),
  }));
  return { paths: costs, complete };
}

function waysTaken(flow: Flow, { nodes }: JourneyPath): string[] {
  return nodes.flatMap(({ node, edge }) => {
    const name = edgeName(nodeAt(flow, node), edge);
    return name === undefined ? [] : [`${node}: ${name}`];
  });
}

function isStep(flow: Flow, id: string): boolean {
  const { kind } = nodeAt(flow, id);
  return kind !== 'goto' && kind !== 'exit';
}
