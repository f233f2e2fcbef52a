/**
 * The analysis between check and lower: which states a journey's machine has, how a run comes to each, where a Task must be
 * inserted, which Tasks tell the document of a time-out, and where the variable `plan` is read and kept.
 */
import type { Flow } from '#lib/journey/flow.ts';
import { keepsPlan, saysReached, statesWherePlanMatters, whereAssigned } from './plan-variable.ts';
import type { MachinePlan, PlannedState, TaskFacts } from './machine-plan.ts';
import { remembered, restoresLoop, settlementOf, wonArms } from './settlements.ts';
import { findStates, type FoundState } from './walk.ts';

/**
 * Plans the state machine of a journey that has passed the checks.
 * @throws Error for a flow that the checks refuse (an edge to nowhere, gotos in a circle).
 */
export function planMachine(flow: Flow): MachinePlan {
  const found = findStates(flow);
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
    start: found.start,
    states: inOrderOfSteps(flow, [...found.states.values()]).map(complete),
    loops: [...found.states.values()].some((state) => state.shape.kind === 'goto'),
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
