/**
 * What each path of a journey costs in Step Functions transitions, the largest cost that a deployment has ($25 a million):
 * for `check`, the benchmark, and pages about cost.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { nodeAt } from './plan/flow-reading.ts';
import { planMachine } from './plan/plan.ts';
import { transitionsByMachine } from './transitions/by-machine.ts';
import { transitionsByTable } from './transitions/by-table.ts';
import { edgeName, journeyPaths, type PathNode } from './transitions/paths.ts';

/** One path, with no deferral and no retry (a deferral is two transitions more, a retry one). */
interface PathTransitions {
  /** What tells this path from the others, such as `looked-again: time is up`. */
  readonly ways: readonly string[];
  /** Reason of the exit at its end; undefined where it runs through. */
  readonly exit: string | undefined;
  /** States entered. */
  readonly transitions: number;
}

interface PathCost extends PathTransitions {
  /** Steps on the path, gotos and exits apart. */
  readonly steps: number;
  /** What the design's cost table allows; more than this is a fault of the compiler. */
  readonly allowed: number;
}

export interface Paths<Path> {
  readonly paths: readonly Path[];
  /** False where the journey has more paths than were asked for. */
  readonly complete: boolean;
}

/** Every path of a journey that has passed the checks, at most `most`; loops are gone round once. */
export function pathTransitions(flow: Flow, most: number): Paths<PathTransitions> {
  const transitionsOf = transitionsByMachine(flow, planMachine(flow));
  const { paths, complete } = journeyPaths(flow, most);
  const costs = paths.map(({ nodes, exit }) => ({
    ways: waysTaken(flow, nodes),
    exit,
    transitions: transitionsOf(nodes),
  }));
  return { paths: costs, complete };
}

/** The same, beside what the table allows: for whoever watches over the compiler. */
export function pathCosts(flow: Flow, most: number): Paths<PathCost> {
  const { paths, complete } = pathTransitions(flow, most);
  const costs = journeyPaths(flow, most).paths.flatMap(({ nodes }, index) => {
    const path = paths[index];
    if (path === undefined) return [];
    const steps = nodes.filter(({ node }) => isStep(flow, node)).length;
    return [{ ...path, steps, allowed: transitionsByTable(flow, nodes) }];
  });
  return { paths: costs, complete };
}

function waysTaken(flow: Flow, nodes: readonly PathNode[]): string[] {
  const ways: string[] = [];
  for (const { node, edge } of nodes) {
    const name = edgeName(nodeAt(flow, node), edge);
    if (name !== undefined) ways.push(`${node}: ${name}`);
  }
  return ways;
}

function isStep(flow: Flow, id: string): boolean {
  const { kind } = nodeAt(flow, id);
  return kind !== 'goto' && kind !== 'exit';
}
