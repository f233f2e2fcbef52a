/** Lowers one planned state by its kind. */
import type { Flow, FlowNode, NodeOf } from '#lib/journey/flow.ts';
import { nodeAt } from '../plan/flow-reading.ts';
import type { PlannedState } from '../plan/machine-plan.ts';
import { lowerAction } from './action.ts';
import type { NamedStates } from './asl.ts';
import { lowerBranch } from './branch.ts';
import { lowerDecide } from './decide.ts';
import { lowerGoto } from './goto.ts';
import { lowerSend } from './send.ts';
import { lowerSplit } from './split.ts';
import { lowerWaitFor } from './wait-for.ts';
import { lowerWait } from './wait.ts';

/** The states that a planned state becomes; `loops`: the journey has a bounded goto. */
export function lowerState(flow: Flow, state: PlannedState, loops: boolean): NamedStates {
  switch (state.kind) {
    case 'send':
      return lowerSend(state, nodeOf(flow, state.node, 'send'), loops);
    case 'action':
      return lowerAction(state, nodeOf(flow, state.node, 'action'), loops);
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
