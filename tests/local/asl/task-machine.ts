// A machine of one Task, and handlers for it, for tests.
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { RunTask, TaskCall } from '#lib/local/asl/task-call.ts';

export const invoke = 'arn:aws:states:::lambda:invoke';

/** The Task ends the machine; `others` are states that its catchers go to. */
export function taskMachine(task: object, others: object = {}) {
  const T = { Type: 'Task', Resource: invoke, Arguments: { FunctionName: 'f' }, End: true, ...task };
  return { QueryLanguage: 'JSONata', StartAt: 'T', States: { T, ...others } };
}

export const done = { Done: { Type: 'Pass', End: true } };

export interface Failing extends RunTask {
  /** When each call came, by `now`, and what it said. */
  readonly calls: [number, TaskCall][];
  now: () => number;
}

/** Fails with the given errors, one a call, then answers the number of the call. */
export function failing(...errors: string[]): Failing {
  const calls: [number, TaskCall][] = [];
  const handler = Object.assign(
    async (call: TaskCall) => {
      calls.push([handler.now(), call]);
      const error = errors[calls.length - 1];
      if (error !== undefined) throw new TaskFailure(error, `cause of ${error}`);
      return calls.length;
    },
    { calls, now: () => 0 },
  );
  return handler;
}
