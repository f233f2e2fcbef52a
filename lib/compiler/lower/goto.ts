/**
 * A goto with a bound: one Choice. It counts by itself, so that it works directly after a wait too, where nobody has decided
 * anything; the engine comes to the same answer when it plans through it.
 */
import type { NodeOf } from '#lib/journey/flow.ts';
import type { PlannedState, Way } from '../plan/machine-plan.ts';
import type { JsonObject, NamedStates } from './asl.ts';
import { FIRST_LOOP_TEXT, computedPlan, expression, property } from './expressions.ts';
import { assign, nextState } from './task.ts';

type GotoState = Extract<PlannedState, { kind: 'goto' }>;

/** The jump while there are jumps left; then on to the next step. */
export function lowerGoto(state: GotoState, node: NodeOf<'goto'>): NamedStates {
  const { name, jump, pass } = state;
  const jumps = property('$loop.jumps', state.node);
  const rule = {
    Condition: expression(`($exists(${jumps}) ? ${jumps} : 0) < ${node.atMost ?? 0}`),
    ...assign(waitPlan(state, jump), { loop: expression(afterJump(state.node, node.backward)) }),
    Next: nextState(jump),
  };
  return [
    [name, { Type: 'Choice', Choices: [rule], Default: nextState(pass), ...assign(waitPlan(state, pass)) }],
  ];
}

function waitPlan({ planKnown }: GotoState, way: Way): JsonObject {
  return way.lasts === undefined ? {} : { plan: computedPlan(planKnown, way.lasts) };
}

/** The next visit; a jump backwards begins another round (`run.round` in the journey language). */
function afterJump(goto: string, backward: boolean): string {
  const before = property('$loop.jumps', goto);
  return [
    `( $before := $exists($loop) ? $loop : ${FIRST_LOOP_TEXT};`,
    `$jump := ($exists(${before}) ? ${before} : 0) + 1;`,
    `{"visit": $before.visit + 1, "round": ${backward ? '$jump' : '$before.round'},`,
    `"jumps": $merge([$before.jumps, {${JSON.stringify(goto)}: $jump}])} )`,
  ].join(' ');
}
