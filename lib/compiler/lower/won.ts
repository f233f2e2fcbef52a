/**
 * A time-out that came second: the document answers the Task that tells it of the time-out with `Arm.<n>`, and the run takes
 * the arm of the event that had won (promise P5).
 */
import type { Catcher, ChoiceRule, JsonObject, NamedStates } from './asl.ts';
import { expression } from './expressions.ts';
import type { TaskFacts } from '../plan/machine-plan.ts';
import { wonState } from '../plan/state-names.ts';
import { armWon } from '#lib/contracts/faults.ts';
import { assign, clearedSettle, decisionDetail, nextState, wonNames, type TaskContext } from './task.ts';

/** One Catch for each arm, or, where several waits may be meant, one for all that leads to a Choice. */
export function wonCatchers(context: TaskContext): readonly Catcher[] {
  const { task, name } = context;
  const goOn: JsonObject = {
    ...(task.keepsPlan ? { plan: decisionDetail('plan') } : {}),
    ...loopAfter(task),
  };
  if (!needsChoice(context)) {
    return wonNames(task).map((error) => {
      const arm = task.won.find((one) => armWon(one.arm) === error);
      return {
        ErrorEquals: [error],
        ...assign(goOn, clearedSettle(task)),
        Next: nextState(arm?.way ?? { to: null }),
      };
    });
  }
  const arm = expression('$number($substringAfter($states.errorOutput.Error, "."))');
  return [{ ErrorEquals: wonNames(task), ...assign(goOn, { arm }), Next: wonState(name) }];
}

/** A wait whose end had moved begins anew in another visit; otherwise the loop stands where it stood at the time-out. */
function loopAfter({ won, restoresLoop }: TaskFacts): JsonObject {
  if (won.some(({ moved }) => moved)) return { loop: decisionDetail('loop') };
  return restoresLoop ? { loop: expression('$loopAtTimeOut') } : {};
}

/** The Choice by wait and arm, where the error's name alone does not say where to go on. */
export function wonStates(context: TaskContext): NamedStates {
  const { task, name } = context;
  if (!needsChoice(context)) return [];
  const rules: readonly ChoiceRule[] = task.won.map(({ wait, arm, way }) => ({
    Condition: expression(`$settle.step = ${JSON.stringify(wait)} and $arm = ${arm}`),
    ...assign(clearedSettle(task)),
    Next: nextState(way),
  }));
  const last = rules.at(-1);
  if (last === undefined) return [];
  const choice = {
    Type: 'Choice',
    Choices: rules.slice(0, -1),
    Default: last.Next,
    ...assign(clearedSettle(task)),
  } as const;
  return [[wonState(name), choice]];
}

function needsChoice({ task }: TaskContext): boolean {
  if (task.settlement.kind !== 'variable' || task.settlement.waits.length < 2) return false;
  return task.won.some(({ arm, way }) =>
    task.won.some((other) => other.arm === arm && nextState(other.way) !== nextState(way)),
  );
}
