/** What a path costs: the states that a run enters on it, by the planned machine. */
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { nodeAt } from '../plan/flow-reading.ts';
import type { MachinePlan, PlannedState, SplitRule, Way } from '../plan/machine-plan.ts';
import type { PathNode } from './paths.ts';

/**
 * Reads a machine for its paths: the transitions of a run that takes one, with no deferral and no retry.
 * The function throws an Error where the machine cannot take the path, which would be a fault of the compiler.
 */
export function transitionsByMachine(flow: Flow, plan: MachinePlan): (path: readonly PathNode[]) => number {
  const states = new Map(plan.states.map((state) => [state.name, state]));
  return (path) => {
    const nodes = path.filter(({ node }) => hasState(nodeAt(flow, node)));
    let transitions = 0;
    let position = 0;
    let way: Way = plan.start;
    let endsByItself = false;
    while (way.to !== null) {
      const state = states.get(way.to);
      if (state === undefined) throw new Error(`There is no state "${way.to}"`);
      const taken = takeState(state, nodes, position);
      transitions += taken.transitions;
      position += taken.nodes;
      way = taken.way;
      endsByItself = taken.isTask;
    }
    if (position !== nodes.length) throw new Error(`The machine leaves the path after ${position} nodes`);
    return endsByItself ? transitions : transitions + 1;
  };
}

/** Exits and gotos without a bound have none. */
function hasState(node: FlowNode): boolean {
  return node.kind === 'goto' ? node.atMost !== undefined : node.kind !== 'exit';
}

interface Taken {
  readonly transitions: number;
  /** How many nodes of the path the state stands for. */
  readonly nodes: number;
  readonly way: Way;
  /** The last state entered is a Task, which can be the end. */
  readonly isTask: boolean;
}

function takeState(state: PlannedState, path: readonly PathNode[], position: number): Taken {
  if (state.kind === 'decide') return { transitions: 1, nodes: 0, way: state.next, isTask: true };
  const at = path[position];
  if (at?.node !== state.node)
    throw new Error(`The machine is at "${state.node}", the path at "${at?.node}"`);
  switch (state.kind) {
    case 'send':
    case 'action':
      return { transitions: 1, nodes: 1, way: state.next, isTask: true };
    case 'wait':
      return { transitions: 1, nodes: 1, way: state.next, isTask: false };
    case 'waitFor': {
      if (state.arms.length === 0) {
        const way = at.edge === 0 ? state.otherwise : wayOf(state.past, state);
        return { transitions: 1, nodes: 1, way, isTask: false };
      }
      const forks = state.arms.some((arm) => arm.to !== state.arms[0]?.to);
      const arm = state.arms[at.edge];
      if (arm === undefined) return { transitions: 1, nodes: 1, way: state.otherwise, isTask: false };
      return { transitions: forks ? 2 : 1, nodes: 1, way: arm, isTask: !forks };
    }
    case 'branch':
      return { transitions: 1, nodes: 1, way: wayOf(state.ways[at.edge], state), isTask: false };
    case 'goto':
      return { transitions: 1, nodes: 1, way: at.edge === 0 ? state.jump : state.pass, isTask: false };
    case 'split': {
      const rule = state.rules.find((one) => isOnPath(one, path.slice(position)));
      return {
        transitions: 1,
        nodes: rule?.passed.length ?? 1,
        way: wayOf(rule?.way, state),
        isTask: false,
      };
    }
  }
}

function isOnPath({ passed, taken }: SplitRule, path: readonly PathNode[]): boolean {
  if (passed.some((split, index) => path[index]?.node !== split)) return false;
  return taken.every(({ split, arms }) => arms.includes(path[passed.indexOf(split)]?.edge ?? -1));
}

function wayOf(way: Way | undefined, state: PlannedState): Way {
  if (way === undefined) throw new Error(`"${state.name}" has no such way`);
  return way;
}
