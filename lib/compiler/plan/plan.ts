/**
 * The analysis between check and lower: which states a journey's machine has, how a run comes to each, where a Task must be
 * inserted, which Tasks tell the document of a time-out, and where the variable `plan` is read and kept.
 */
import type { Flow, FlowNode } from '#lib/journey/flow.ts';
import { keepsPlan, saysReached, statesWherePlanMatters, whereAssigned } from './plan-variable.ts';
import { edgesOf, nodeAt } from './flow-reading.ts';
import type { MachinePlan, PlannedState, ResumePlan, TaskFacts } from './machine-plan.ts';
import { remembered, restoresLoop, settlementOf, wonArms } from './settlements.ts';
import { findStates, isTask, type FoundState, type FoundStates } from './walk.ts';

/**
 * Plans the state machine of a journey that has passed the checks.
 * @throws Error for a flow that the checks refuse (an edge to nowhere, gotos in a circle).
 */
export function planMachine(flow: Flow): MachinePlan {
  const found = findStates(flow);
  return { start: found.start, ...planStates(flow, found) };
}

/**
 * Plans the machine of a journey's later legs: they may begin at every step, and only they take the steps of the goal.
 * @returns undefined where no run rests or calls anybody, so that none goes on in a later leg.
 * @throws as `planMachine` does.
 */
export function planResume({ flow, goal }: ResumeSource): ResumePlan | undefined {
  const found = findStates(flow, resumePoints(flow, [flow.start, goal?.start ?? null]));
  if (![...found.states.values()].some(isTask)) return undefined;
  return { resumes: found.resumes, ...planStates(flow, found) };
}

/** What the machine of later legs follows from. */
export interface ResumeSource {
  readonly flow: Flow;
  readonly goal?: { readonly start?: string | undefined } | undefined;
}

/** Every node that a run can come to and that is more than an edge or the end. */
function resumePoints(flow: Flow, starts: readonly (string | null)[]): readonly string[] {
  const reached = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === null || reached.has(id)) continue;
    reached.add(id);
    open.push(...edgesOf(nodeAt(flow, id)));
  }
  return Object.keys(flow.nodes).filter((id) => reached.has(id) && isState(nodeAt(flow, id)));
}

function isState(node: FlowNode): boolean {
  return node.kind !== 'exit' && !(node.kind === 'goto' && node.atMost === undefined);
}

function planStates(flow: Flow, found: FoundStates): Omit<MachinePlan, 'start'> {
  const matters = statesWherePlanMatters(found);
  const assigned = whereAssigned(found, matters);
  const timeOuts = remembered(found);

  const complete = (state: FoundState): PlannedState => {
    const { name, shape } = state;
    const facts = { name, planKnown: assigned.get(name) ?? 'never' };
    switch (shape.kind) {
      case 'send':
      case 'action':
      case 'decide':
        return { ...facts, ...shape, task: taskFacts(state) };
      case 'waitFor':
        return {
          ...facts,
          ...shape,
          task: taskFacts(state),
          assignsSettle: timeOuts.settle.has(shape.node),
          keepsLoop: timeOuts.loop.has(shape.node),
        };
      case 'wait':
      case 'branch':
      case 'split':
      case 'goto':
        return { ...facts, ...shape };
    }
  };
  const taskFacts = (state: FoundState): TaskFacts => {
    const settlement = settlementOf(state);
    return {
      settlement,
      reached: saysReached(state),
      keepsPlan: keepsPlan(found, matters, state),
      restoresLoop: restoresLoop(state),
      won: wonArms(found, settlement),
    };
  };

  return {
    states: inOrderOfSteps(flow, [...found.states.values()]).map(complete),
    loops: [...found.states.values()].some(
      ({ shape }) => shape.kind === 'goto' || (shape.kind === 'waitFor' && shape.moved !== undefined),
    ),
  };
}

/** By step as written; an inserted Task stands before its node, the end last. Walking order must not show in the output. */
function inOrderOfSteps(flow: Flow, states: readonly FoundState[]): readonly FoundState[] {
  const position = new Map(Object.keys(flow.nodes).map((id, index) => [id, index]));
  const place = ({ shape, name }: FoundState): readonly [number, number, string] => [
    shape.node === null ? position.size : (position.get(shape.node) ?? position.size),
    shape.kind === 'decide' ? 0 : 1,
    name,
  ];
  return states.toSorted((a, b) => {
    const [stepA, insertedA, nameA] = place(a);
    const [stepB, insertedB, nameB] = place(b);
    return stepA - stepB || insertedA - insertedB || (nameA < nameB ? -1 : 1);
  });
}
