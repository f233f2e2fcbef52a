/** Reading a flow: looking nodes up safely and following the gotos that are nothing but an edge. */
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { armsOf } from '#lib/journey/waits.ts';

/**
 * The node with this id.
 * @throws Error where the flow has none: linking has made sure of every edge, so this is a fault of ours.
 */
export function nodeAt(flow: Flow, id: string): FlowNode {
  const node = Object.hasOwn(flow.nodes, id) ? flow.nodes[id] : undefined;
  if (node === undefined) throw new Error(`The flow has no node "${id}"`);
  return node;
}

/**
 * The node at which an edge really ends: a goto without a bound costs nothing, it is an edge.
 * @throws Error for gotos that lead in a circle, which the check of loops refuses.
 */
export function followGotos(flow: Flow, id: string | null): string | null {
  const passed = new Set<string>();
  let at = id;
  while (at !== null) {
    const node = nodeAt(flow, at);
    if (node.kind !== 'goto' || node.atMost !== undefined) return at;
    if (passed.has(at)) throw new Error(`The goto "${at}" leads in a circle without a bound`);
    passed.add(at);
    at = node.target;
  }
  return null;
}

/** The edges out of a node in the order of its arms; a goto's jump comes first, where a wait leads when its date is past last. Unbounded gotos have only the jump. */
export function edgesOf(node: FlowNode): readonly (string | null)[] {
  switch (node.kind) {
    case 'send':
    case 'action':
      return [node.next];
    case 'wait':
      return typeof node.ifPast === 'object' ? [node.next, node.ifPast.goto] : [node.next];
    case 'waitFor':
      return [...armsOf(node).map((arm) => arm.next), node.otherwise];
    case 'branch':
      return [...node.cases.map((one) => one.next), node.otherwise];
    case 'split':
      return node.arms.map((arm) => arm.next);
    case 'goto':
      return node.atMost === undefined ? [node.target] : [node.target, node.next];
    case 'exit':
      return [];
  }
}
