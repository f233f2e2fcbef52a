/**
 * What runs between two waits. A journey's machine runs all of it in one execution; a backend that runs each leg by itself,
 * woken by a timer or an event, needs to know just this.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { armsOf } from '#lib/journey/waits.ts';
import { isWait } from './exact-waits.ts';
import { edgesOf, nodeAt } from './flow-reading.ts';

/** What sets a leg going. */
type LegStart =
  | { readonly kind: 'entry' }
  /** The wait is over; for a wait for events: its time is up. */
  | { readonly kind: 'time'; readonly wait: string }
  /** Its date is past. */
  | { readonly kind: 'past'; readonly wait: string }
  | { readonly kind: 'event'; readonly wait: string; readonly arm: number };

/** The steps that run without resting, from one start. */
export interface Leg {
  readonly start: LegStart;
  /** Nodes that may run, in the order of the journey's steps; gotos and exits included, waits not. */
  readonly nodes: readonly string[];
  /** Waits in which the leg may come to rest. */
  readonly waits: readonly string[];
  /** The run may end in this leg. */
  readonly mayEnd: boolean;
}

/** All legs: that of the entry first, then by wait as written, its events before its time-out. */
export function legsOf(flow: Flow): readonly Leg[] {
  const legs: Leg[] = [legFrom(flow, { kind: 'entry' }, flow.start)];
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (node.kind === 'wait') {
      legs.push(legFrom(flow, { kind: 'time', wait: id }, node.next));
      if (typeof node.ifPast === 'object')
        legs.push(legFrom(flow, { kind: 'past', wait: id }, node.ifPast.goto));
    }
    if (node.kind !== 'waitFor') continue;
    for (const [arm, { next }] of armsOf(node).entries())
      legs.push(legFrom(flow, { kind: 'event', wait: id, arm }, next));
    legs.push(legFrom(flow, { kind: 'time', wait: id }, node.otherwise));
  }
  return legs;
}

function legFrom(flow: Flow, start: LegStart, first: string | null): Leg {
  const seen = new Set<string | null>();
  const open = [first];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (id === null) continue;
    const node = nodeAt(flow, id);
    if (!isWait(node)) open.push(...edgesOf(node));
  }
  const inOrder = Object.keys(flow.nodes).filter((id) => seen.has(id));
  return {
    start,
    nodes: inOrder.filter((id) => !isWait(nodeAt(flow, id))),
    waits: inOrder.filter((id) => isWait(nodeAt(flow, id))),
    mayEnd: seen.has(null) || inOrder.some((id) => nodeAt(flow, id).kind === 'exit'),
  };
}
