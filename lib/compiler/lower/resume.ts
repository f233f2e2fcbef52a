/**
 * The first state of a later leg: one Choice over the node at which the run goes on. It assigns what the states behind it expect
 * of a Task before them, the plan and the loops so far, both from the execution's input.
 */
import type { FaultName } from '#lib/contracts/faults.ts';
import type { ResumePlan } from '../plan/machine-plan.ts';
import { RESUME_STATE, RUN_FAILED_STATE } from '../plan/state-names.ts';
import type { ChoiceRule, JsonObject, NamedStates } from './asl.ts';
import { EXECUTION_INPUT, FIRST_LOOP_TEXT, expression } from './expressions.ts';
import { assign, nextState } from './task.ts';

/** A version never loses a step; a run that is nowhere in it was started by somebody else. */
const UNKNOWN_STEP: FaultName = 'UnknownStep';

/** The Choice; a node that the version does not have fails the run. */
export function lowerResume({ resumes, loops }: ResumePlan): NamedStates {
  const input: JsonObject = {
    plan: expression(`${EXECUTION_INPUT}.first`),
    ...(loops
      ? {
          loop: expression(`$exists(${EXECUTION_INPUT}.loop) ? ${EXECUTION_INPUT}.loop : ${FIRST_LOOP_TEXT}`),
        }
      : {}),
  };
  const rules = [...resumes].map(([node, way]): ChoiceRule => ({
    Condition: expression(`${EXECUTION_INPUT}.at = ${JSON.stringify(node)}`),
    ...assign(input),
    Next: nextState(way),
  }));
  const choice = {
    Type: 'Choice',
    Choices: rules,
    Default: RUN_FAILED_STATE,
    ...assign({ fault: UNKNOWN_STEP }),
  } as const;
  return [[RESUME_STATE, choice]];
}
