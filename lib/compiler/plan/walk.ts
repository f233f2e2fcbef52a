/**
 * Walks a flow from its start and finds the states that its machine needs: every node is entered in each way in which a run
 * can come to it, and the way decides what must stand before the node (section 5 of the architecture has the costs).
 */
import type { Flow, NodeOf } from '#lib/journey/flow.ts';
import { armsOf, followedTrait, isCallbackWait } from '#lib/journey/waits.ts';
import { exactMilliseconds } from './exact-waits.ts';
import { followGotos, nodeAt } from './flow-reading.ts';
import type { Arrival, SplitRule, Way } from './machine-plan.ts';
import { untoldLoops } from './untold-loops.ts';
import { splitPaths } from './splits.ts';
import { decideState, gotoState, stepState } from './state-names.ts';

/** What a state does and where it leads. */
type StateShape =
  | { readonly kind: 'send'; readonly node: string; readonly next: Way }
  | { readonly kind: 'action'; readonly node: string; readonly next: Way }
  | { readonly kind: 'wait'; readonly node: string; readonly next: Way }
  | WaitForShape
  | { readonly kind: 'branch'; readonly node: string; readonly ways: readonly Way[] }
  | { readonly kind: 'split'; readonly node: string; readonly rules: readonly SplitRule[] }
  | { readonly kind: 'goto'; readonly node: string; readonly jump: Way; readonly pass: Way }
  | { readonly kind: 'decide'; readonly node: string | null; readonly next: Way };

/** A callback Task: a wait for events, or one whose end may move or whose date may be past. */
interface WaitForShape {
  readonly kind: 'waitFor';
  readonly node: string;
  readonly arms: readonly Way[];
  readonly otherwise: Way;
  /** Back to itself: the end follows a trait, and has moved. */
  readonly moved?: Way;
  /** The date is past. */
  readonly past?: Way;
}

/** A state with all the ways in which a run comes to it. */
export interface FoundState {
  readonly name: string;
  readonly shape: StateShape;
  readonly arrivals: readonly Arrival[];
}

export interface FoundStates {
  readonly start: Way;
  /** Of the machine of later legs: where each node leads at which a run may go on. */
  readonly resumes: ReadonlyMap<string, Way>;
  readonly states: ReadonlyMap<string, FoundState>;
}

/** Where a way leads: the state of the node itself, or the Task inserted before it. */
interface Entered {
  readonly name: string;
  readonly node: string | null;
  readonly inserted: boolean;
  readonly arrival: Arrival;
}

type Enter = (arrival: Arrival, target: string | null) => Way;

const PLANNED: Arrival = { kind: 'planned' };
const WAITED: Arrival = { kind: 'waited' };

/**
 * All states that a run can reach, by name: from the journey's start, or with `resumesAt` from each of these nodes, each as
 * after a Task that has decided what follows.
 * @throws Error for a flow that the checks refuse (an edge to nowhere, gotos in a circle).
 */
export function findStates(flow: Flow, resumesAt?: readonly string[]): FoundStates {
  const states = new Map<string, { name: string; shape: StateShape; arrivals: Arrival[] }>();
  const untold = untoldLoops(flow);
  const open: Entered[] = [];
  const enter: Enter = (arrival, target) => {
    const node = followGotos(flow, target);
    const inserted = needsDecision(flow, arrival, node, untold);
    if (!inserted && endsHere(flow, node)) return { to: null };
    const name = stateEntered(flow, arrival, node, inserted);
    open.push({ name, node, inserted, arrival });
    const lasts = inserted ? undefined : computedLength(flow, arrival, node);
    return lasts === undefined ? { to: name } : { to: name, lasts };
  };

  const start = resumesAt === undefined ? enter(PLANNED, flow.start) : { to: null };
  const resumes = new Map((resumesAt ?? []).map((id) => [id, enter(PLANNED, id)]));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, arrival } = next;
    const known = states.get(name);
    if (known === undefined) {
      states.set(name, { name, shape: shapeOf(flow, next, enter), arrivals: [arrival] });
    } else if (!known.arrivals.some((one) => sameArrival(one, arrival))) {
      known.arrivals.push(arrival);
      // Only a goto hands on how it was reached; the other states make every way out their own.
      if (known.shape.kind === 'goto') shapeOf(flow, next, enter);
    }
  }
  return { start, resumes, states };
}

/** Tasks call a function, so that they can tell the document of a time-out and bring back a plan. */
export function isTask(state: FoundState): boolean {
  return ['send', 'action', 'waitFor', 'decide'].includes(state.shape.kind);
}

function shapeOf(flow: Flow, { node: id, inserted, arrival }: Entered, enter: Enter): StateShape {
  if (inserted || id === null) return { kind: 'decide', node: id, next: enter(PLANNED, id) };
  const node = nodeAt(flow, id);
  switch (node.kind) {
    case 'send':
    case 'action':
      return { kind: node.kind, node: id, next: enter(PLANNED, node.next) };
    case 'wait':
      return isCallbackWait(node)
        ? callbackWait(id, node, enter)
        : { kind: 'wait', node: id, next: enter(WAITED, node.next) };
    case 'waitFor':
      return {
        kind: 'waitFor',
        node: id,
        arms: armsOf(node).map((arm) => enter(PLANNED, arm.next)),
        otherwise: enter({ kind: 'timed out', wait: id, direct: true }, node.otherwise),
        ...(followedTrait(node) === undefined ? {} : { moved: enter(PLANNED, id) }),
      };
    case 'branch': {
      const targets = [...node.cases.map((one) => one.next), node.otherwise];
      return { kind: 'branch', node: id, ways: targets.map((target) => enter(PLANNED, target)) };
    }
    case 'split': {
      const rules = splitPaths(flow, id).map(({ passed, taken, target }) => ({
        passed,
        taken,
        way: enter(PLANNED, target),
      }));
      return { kind: 'split', node: id, rules };
    }
    case 'goto': {
      const onwards: Arrival = arrival.kind === 'timed out' ? { ...arrival, direct: false } : arrival;
      return { kind: 'goto', node: id, jump: enter(onwards, node.target), pass: enter(onwards, node.next) };
    }
    case 'exit':
      throw new Error(`The exit "${id}" has no state of its own`);
  }
}

/** Where the run is to leave the journey when the date is past, its call is told so by name. */
function callbackWait(id: string, node: NodeOf<'wait'>, enter: Enter): WaitForShape {
  const { ifPast, next } = node;
  return {
    kind: 'waitFor',
    node: id,
    arms: [],
    otherwise: enter({ kind: 'timed out', wait: id, direct: true }, next),
    ...(followedTrait(node) === undefined ? {} : { moved: enter(PLANNED, id) }),
    ...(ifPast === 'exit' ? {} : { past: enter(PLANNED, ifPast === undefined ? next : ifPast.goto) }),
  };
}

/** True where a Task must be inserted: nobody has decided what the node needs, and the node cannot do without. */
function needsDecision(
  flow: Flow,
  arrival: Arrival,
  id: string | null,
  untold: ReadonlySet<string>,
): boolean {
  if (arrival.kind === 'planned') return false;
  if (id === null) return true;
  const node = nodeAt(flow, id);
  switch (node.kind) {
    case 'send':
    case 'action':
      return false;
    case 'goto':
      // Round and round without a Task: nobody would see the execution near its limits.
      return arrival.kind === 'waited' && untold.has(id);
    case 'waitFor':
      return exactMilliseconds(node) === undefined;
    case 'wait':
      // A Wait state makes no call that could tell the document of a time-out.
      return arrival.kind === 'timed out' || exactMilliseconds(node) === undefined;
    case 'branch':
    case 'split':
    case 'exit':
      return true;
  }
}

function endsHere(flow: Flow, id: string | null): boolean {
  return id === null || nodeAt(flow, id).kind === 'exit';
}

function stateEntered(flow: Flow, arrival: Arrival, id: string | null, inserted: boolean): string {
  if (inserted || id === null) return decideState(id);
  return nodeAt(flow, id).kind === 'goto' ? gotoState(id, arrival.kind) : stepState(id);
}

/** The length of a wait that begins where the one before was to end, with no Task between that could have planned it. */
function computedLength(flow: Flow, arrival: Arrival, id: string | null): number | undefined {
  if (arrival.kind === 'planned' || id === null) return undefined;
  const node = nodeAt(flow, id);
  return node.kind === 'wait' || node.kind === 'waitFor' ? exactMilliseconds(node) : undefined;
}

function sameArrival(a: Arrival, b: Arrival): boolean {
  if (a.kind !== 'timed out' || b.kind !== 'timed out') return a.kind === b.kind;
  return a.wait === b.wait && a.direct === b.direct;
}
