// A dispatcher for `lambda:invoke` and for functions named by their ARN: calls a handler in this process and words its
// errors as Lambda does, so that Retry and Catch see what they would see on AWS.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
import { TaskFailure, UnsupportedResource } from './failure.ts';
import { isJsonObject, type Json } from './json.ts';
import type { RunTask, TaskCall } from './task-call.ts';

/** A function's handler; the payload is shared with the execution and must not be changed. */
export type LambdaHandler = (payload: Json, call: TaskCall) => unknown;

/** What stands in Arguments.FunctionName (a name, an ARN, a substitution such as `${SendMessage}`), and its handler. */
export type LambdaFunctions = ReadonlyMap<string, LambdaHandler>;

/**
 * Runs tasks on the given functions. An error that a handler throws becomes a task failure of the error's name; a function
 * that is not there fails as on AWS; a resource other than Lambda's is refused with UnsupportedResource.
 */
export function runLambda(functions: LambdaFunctions): RunTask {
  return async (call) => {
    const { resource } = call;
    if (resource.kind === 'function') return invoke(functions, resource.arn, call.arguments, call);
    if (resource.service !== 'lambda' || !['invoke', 'invoke.waitForTaskToken'].includes(resource.action)) {
      throw new UnsupportedResource(resource.arn);
    }
    if (!isJsonObject(call.arguments)) {
      throw new TaskFailure('States.Runtime', 'The arguments of lambda:invoke are an object.');
    }
    const { FunctionName: name, Payload: payload = {}, ...others } = call.arguments;
    if (typeof name !== 'string')
      throw new TaskFailure('States.Runtime', 'lambda:invoke needs a FunctionName.');
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) throw new UnsupportedResource(`${resource.arn} with the argument ${unknown}`);
    const result = await invoke(functions, name, payload, call);
    return { ExecutedVersion: '$LATEST', Payload: result ?? null, StatusCode: 200 };
  };
}

async function invoke(
  functions: LambdaFunctions,
  name: string,
  payload: Json,
  call: TaskCall,
): Promise<unknown> {
  const handler = functions.get(name);
  if (handler === undefined) {
    throw new TaskFailure('Lambda.ResourceNotFoundException', `Function not found: ${name}`);
  }
  try {
    return await handler(payload, call);
  } catch (error) {
    if (error instanceof TaskFailure) throw error;
    const errorType = error instanceof Error ? error.name : 'Error';
    const errorMessage = error instanceof Error ? error.message : String(error);
    // The Node.js runtime's report, without a stack: that would differ from machine to machine.
    throw new TaskFailure(errorType, JSON.stringify({ errorMessage, errorType, trace: [] }));
  }
}
