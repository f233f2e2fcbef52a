/** The ways through a journey: which node is followed by which, and which way each of them went. */
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { DATE_IS_PAST, armsOf } from '#lib/journey/waits.ts';
import { edgesOf, nodeAt } from '../plan/flow-reading.ts';

/** One node on the way and the edge taken, by its index among `edgesOf(node)`; for an exit the index says nothing. */
export interface PathNode {
  readonly node: string;
  readonly edge: number;
}

export interface JourneyPath {
  readonly nodes: readonly PathNode[];
  /** Reason of the exit that it ends with; undefined at the journey's end. */
  readonly exit: string | undefined;
}

/** Paths found; `complete: false` where the journey has more of them than were asked for. */
export interface JourneyPaths {
  readonly paths: readonly JourneyPath[];
  readonly complete: boolean;
}

/**
 * Every path from start to end, at most `most` of them, in the order of the arms as written. Each bounded goto is passed over
 * on one path and jumps once on another: more rounds repeat what the first one shows.
 */
export function journeyPaths(flow: Flow, most: number): JourneyPaths {
  const paths: JourneyPath[] = [];
  let complete = true;
  const follow = (id: string | null, before: readonly PathNode[], jumped: readonly string[]): void => {
    if (paths.length >= most) {
      complete = false;
      return;
    }
    if (id === null) {
      paths.push({ nodes: before, exit: undefined });
      return;
    }
    const node = nodeAt(flow, id);
    if (node.kind === 'exit') {
      paths.push({ nodes: [...before, { node: id, edge: 0 }], exit: node.reason });
      return;
    }
    const bounded = node.kind === 'goto' && node.atMost !== undefined;
    for (const [edge, target] of edgesOf(node).entries()) {
      const jumps = bounded && edge === 0;
      if (jumps && jumped.includes(id)) continue;
      follow(target, [...before, { node: id, edge }], jumps ? [...jumped, id] : jumped);
    }
  };
  follow(flow.start, [], []);
  return { paths, complete };
}

/** The way taken in words: case, arm or event; undefined where there is only one way. */
export function edgeName(node: FlowNode, edge: number): string | undefined {
  switch (node.kind) {
    case 'send':
    case 'action':
    case 'exit':
      return undefined;
    case 'wait':
      if (typeof node.ifPast !== 'object') return undefined;
      return edge === 0 ? 'on the date' : DATE_IS_PAST;
    case 'waitFor':
      return armsOf(node)[edge]?.name ?? 'time is up';
    case 'branch':
      return node.cases[edge]?.name ?? 'otherwise';
    case 'split':
      return node.arms[edge]?.name;
    case 'goto':
      if (node.atMost === undefined) return undefined;
      return edge === 0 ? `jump to ${node.target}` : `no more jumps`;
  }
}
