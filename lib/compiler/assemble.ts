/** Joins the lowered states to a machine. */
import type { Flow, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { lowerBranch } from './lower/branch.ts';
import { lowerDecide } from './lower/decide.ts';
import { ENDED_STATE, FAILURE_STATES } from './lower/end.ts';
import { lowerGoto } from './lower/goto.ts';
import { lowerSend } from './lower/send.ts';
import { lowerSplit } from './lower/split.ts';
import { nextState } from './lower/task.ts';
import { lowerWaitFor } from './lower/wait-for.ts';
import { lowerWait } from './lower/wait.ts';
import type { NamedStates, StateMachine } from './lower/asl.ts';
import { nodeAt } from './plan/flow-reading.ts';
import type { MachinePlan, PlannedState } from './plan/machine-plan.ts';
import { RUN_ENDED_STATE } from './plan/state-names.ts';

/** A machine that has no name yet: its version is the hash of its content. */
export type UnnamedMachine = Omit<StateMachine, 'Comment'>;

/** The machine of a planned journey; states stand in the order of the steps, the ends last and only where used. */
export function assembleMachine(flow: Flow, plan: MachinePlan): UnnamedMachine {
  const steps = plan.states.flatMap((state) => lowerState(flow, state, plan.loops));
  const hasTasks = steps.some(([, state]) => state.Type === 'Task');
  const startAt = nextState(plan.start);
  const usesEnd = startAt === RUN_ENDED_STATE || hasTasks || leadsToEnd(steps);
  const states = [...steps, ...(hasTasks ? FAILURE_STATES : []), ...(usesEnd ? ENDED_STATE : [])];
  return { QueryLanguage: 'JSONata', StartAt: startAt, States: Object.fromEntries(states) };
}

/** Writes out the states of one planned state, by its kind. */
function lowerState(flow: Flow, state: PlannedState, loops: boolean): NamedStates {
  switch (state.kind) {
    case 'send':
      return lowerSend(state, nodeOf(flow, state.node, 'send'), loops);
    case 'wait':
      return lowerWait(state);
    case 'waitFor':
      return lowerWaitFor(state, loops);
    case 'branch':
      return lowerBranch(state);
    case 'split':
      return lowerSplit(state);
    case 'goto':
      return lowerGoto(state, nodeOf(flow, state.node, 'goto'));
    case 'decide':
      return lowerDecide(state, loops);
  }
}

function nodeOf<K extends FlowNode['kind']>(flow: Flow, id: string, kind: K): NodeOf<K> {
  const node = nodeAt(flow, id);
  if (!isKind(node, kind)) throw new Error(`"${id}" is a ${node.kind}, planned as a ${kind}`);
  return node;
}

function isKind<K extends FlowNode['kind']>(node: FlowNode, kind: K): node is NodeOf<K> {
  return node.kind === kind;
}

function leadsToEnd(states: NamedStates): boolean {
  return states.some(
    ([, state]) =>
      state.Type === 'Choice' &&
      (state.Default === RUN_ENDED_STATE || state.Choices.some((rule) => rule.Next === RUN_ENDED_STATE)),
  );
}
