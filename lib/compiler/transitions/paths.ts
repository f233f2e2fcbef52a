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
interface JourneyPaths {
  readonly paths: readonly JourneyPath[];
  readonly complete: boolean;
}

/** Every path from start to end, at most `most` of them, in the order of `eachPath`. */
export function journeyPaths(flow: Flow, most: number): JourneyPaths {
  const paths: JourneyPath[] = [];
  for (const path of eachPath(flow)) {
    if (paths.length >= most) return { paths, complete: false };
    paths.push(path);
  }
  return { paths, complete: true };
}

/**
 * The paths from start to end, in the order of the arms as written; found one by one, for there may be very many. Each bounded
 * goto is passed over on one path and jumps once on another: more rounds repeat what the first one shows.
 */
export function* eachPath(flow: Flow): Generator<JourneyPath, void> {
  // Nodes of the path that is being followed, each with the edges that are left to be taken.
  const open: OpenNode[] = [];
  let at = flow.start;
  for (;;) {
    const node = at === null ? undefined : nodeAt(flow, at);
    if (at !== null && node !== undefined && node.kind !== 'exit')
      open.push({
        node: at,
        edges: edgesOf(node),
        edge: -1,
        bounded: node.kind === 'goto' && node.atMost !== undefined,
      });
    else {
      const nodes = open.map(({ node: id, edge }) => ({ node: id, edge }));
      if (at !== null) nodes.push({ node: at, edge: 0 });
      yield { nodes, exit: node?.kind === 'exit' ? node.reason : undefined };
    }
    const next = nextEdge(open);
    if (next === undefined) return;
    at = next.target;
  }
}

interface OpenNode {
  readonly node: string;
  readonly edges: readonly (string | null)[];
  readonly bounded: boolean;
  /** The edge that the path takes. */
  edge: number;
}

/** Where the next edge of the last node that has one left leads; nodes without one are taken back. */
function nextEdge(open: OpenNode[]): { readonly target: string | null } | undefined {
  for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
    last.edge += 1;
    const jumpsAgain = last.edge === 0 && last.bounded && hasJumped(open, last);
    if (jumpsAgain) last.edge += 1;
    const target = last.edges[last.edge];
    if (target !== undefined) return { target };
    open.pop();
  }
  return undefined;
}

/** Whether the path has taken the jump of this goto before. */
function hasJumped(open: readonly OpenNode[], last: OpenNode): boolean {
  return open.some((before) => before !== last && before.node === last.node && before.edge === 0);
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
