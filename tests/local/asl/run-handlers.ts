// Tasks that call functions, answered by handlers in this process: they pass through the same door as the functions of the local cloud,
// so that results and errors are worded as Step Functions words them.
import type { RunTask, TaskCall } from '#lib/local/asl/task-call.ts';
import { TaskFailure } from '#lib/local/asl/failure.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { ServiceError } from '#lib/local/gateway/service-error.ts';
import { runLambdaTasks } from '#lib/local/step-functions/lambda-tasks.ts';

/** What it returns is the function's result. A TaskFailure is what Lambda itself refuses with; any other error is the function's own. */
export type TaskHandler = (payload: Json, call: TaskCall) => unknown;

/** `handlers`: by what stands in FunctionName or Resource (a name, an ARN, a substitution such as `${SendMessage}`). */
export function runHandlers(handlers: ReadonlyMap<string, TaskHandler>): RunTask {
  return (call) =>
    runLambdaTasks({
      invoke: async (name, text) => {
        const handler = handlers.get(name);
        if (handler === undefined)
          throw new ServiceError('ResourceNotFoundException', `Function not found: ${name}`, 404);
        try {
          const result = await handler(JSON.parse(text) as Json, call);
          return { payload: result === undefined ? '' : JSON.stringify(result) };
        } catch (error) {
          if (error instanceof TaskFailure) throw error;
          return { payload: JSON.stringify(reportOf(error)), functionError: 'Unhandled' };
        }
      },
    })(call);
}

/** As the runtime of Node.js reports it, without a stack: that would differ from machine to machine. */
function reportOf(error: unknown): Json {
  const errorType = error instanceof Error ? error.name : 'Error';
  const errorMessage = error instanceof Error ? error.message : String(error);
  return { errorMessage, errorType, trace: [] };
}
