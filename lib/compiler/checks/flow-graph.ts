// Questions about the graph of a journey that several checks ask. Edges to steps that do not exist count as the end.
import type { Flow } from '#lib/journey/flow.ts';
import type { JourneyContext } from './journey-context.ts';
import type { WaitNode } from '#lib/journey/waits.ts';
import { edgesOf } from '../plan/flow-reading.ts';

/** The nodes that an edge leads to. */
export function successors(flow: Flow, id: string): string[] {
  const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
  if (node === undefined) return [];
  return edgesOf(node).flatMap((next) => (next !== null && Object.hasOwn(flow.nodes, next) ? [next] : []));
}

/** Every node on some way from `start`, itself included. */
export function reachableFrom(flow: Flow, start: string | null): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = start === null ? [] : [start];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...successors(flow, id));
  }
  return reached;
}

/** The nodes that a run may come to from here without any time passing. A date may be past, a condition true already. */
export function successorsAtOnce(flow: Flow, id: string): string[] {
  const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
  if (node?.kind !== 'wait' && node?.kind !== 'waitFor') return successors(flow, id);
  return atOnce(node).flatMap((next) => (next !== null && Object.hasOwn(flow.nodes, next) ? [next] : []));
}

function atOnce(node: WaitNode): readonly (string | null)[] {
  if (node.kind === 'waitFor')
    return [
      ...(node.when === undefined ? [] : [node.when.next]),
      ...(node.date === undefined ? [] : [node.otherwise]),
    ];
  if (node.date === undefined || node.ifPast === 'exit') return [];
  if (node.ifPast !== undefined) return [node.ifPast.goto];
  return node.for === undefined ? [node.next] : [];
}

/** As `successors`, without the jumps that have a bound: what is left may be walked without end. */
export function successorsWithoutJumps(flow: Flow, id: string): string[] {
  const node = flow.nodes[id];
  if (node?.kind !== 'goto' || node.atMost === undefined) return successors(flow, id);
  return node.next !== null && Object.hasOwn(flow.nodes, node.next) ? [node.next] : [];
}

/** Whether some way leads from `from` to `to` along the edges that `next` gives. */
export function leadsTo(from: string, to: string, next: (id: string) => readonly string[]): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    open.push(...next(id));
  }
  return false;
}

/** Every node that a run can come to: by the journey's steps, or by those of its goal. */
export function reachableSteps({
  flow,
  manifest,
}: Pick<JourneyContext, 'flow' | 'manifest'>): ReadonlySet<string> {
  if (flow === undefined) return new Set();
  const start = manifest.goal?.start ?? null;
  return new Set([...reachableFrom(flow, flow.start), ...reachableFrom(flow, start)]);
}

/** Whether a circle without a bound can be walked in: then there is no longest way. */
export function isEndless(flow: Flow): boolean {
  const forward = (id: string): string[] => successorsWithoutJumps(flow, id);
  // Steps lead forward; only a goto without a bound can close a circle that has no end.
  return Object.entries(flow.nodes).some(
    ([id, node]) =>
      node.kind === 'goto' &&
      node.atMost === undefined &&
      forward(id).some((next) => leadsTo(next, id, forward)),
  );
}
