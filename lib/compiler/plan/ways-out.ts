/** The ways out of a planned state that a run takes when nothing comes between: no deferral, no fault, no lost race. */
import type { PlannedState, Way } from './machine-plan.ts';

/** In the order of the arms. */
export function waysOut(state: PlannedState): readonly Way[] {
  switch (state.kind) {
    case 'send':
    case 'action':
    case 'decide':
    case 'wait':
      return [state.next];
    case 'waitFor':
      return [...state.arms, state.otherwise];
    case 'branch':
      return state.ways;
    case 'split':
      return state.rules.map(({ way }) => way);
    case 'goto':
      return [state.jump, state.pass];
  }
}
