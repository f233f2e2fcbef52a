// Tasks that call functions: the optimised integration of Lambda and functions named by their ARN, with results and errors worded as
// Step Functions words them, so that Retry and Catch see what they would see on AWS.
// https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
import * as z from 'zod';
import { TaskFailure, UnsupportedResource } from '../asl/failure.ts';
import type { Json } from '../asl/json.ts';
import type { RunTask } from '../asl/task-call.ts';
import { ServiceError } from '../gateway/service-error.ts';

/** The part of Lambda that is needed. */
export interface InvokedFunctions {
  /**
   * Calls a function and waits for its answer. Rejects with ServiceError as Lambda's API does: ResourceNotFoundException,
   * TooManyRequestsException, …
   * @param payload JSON text.
   */
  invoke(
    arnOrName: string,
    payload: string,
    options: { readonly isAsynchronous: boolean },
  ): Promise<{ readonly payload: string; readonly functionError?: string | undefined }>;
}

/** Of the arguments that the API of Lambda takes, those that are run; InvocationType Event is what the function's asynchronous calls are. */
const invocation = z.strictObject({
  FunctionName: z.string(),
  Payload: z.json().default({}),
  InvocationType: z.enum(['RequestResponse', 'Event']).default('RequestResponse'),
});

/** Runs the Tasks that `parseDefinition` lets through. */
export function runLambdaTasks(functions: InvokedFunctions): RunTask {
  return async ({ resource, arguments: given }) => {
    if (resource.kind === 'function') return (await call(functions, resource.arn, given, false)).result;
    const parsed = invocation.safeParse(given);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      throw new UnsupportedResource(`${resource.arn} with these arguments (${problems.join('; ')})`);
    }
    const { FunctionName: name, Payload: payload, InvocationType: type } = parsed.data;
    const { result } = await call(functions, name, payload, type === 'Event');
    return type === 'Event'
      ? { StatusCode: 202, Payload: {} }
      : { ExecutedVersion: '$LATEST', Payload: result, StatusCode: 200 };
  };
}

async function call(
  functions: InvokedFunctions,
  name: string,
  payload: Json,
  isAsynchronous: boolean,
): Promise<{ result: Json }> {
  const answered = await invoke(functions, name, JSON.stringify(payload), isAsynchronous);
  if (isAsynchronous) return { result: null };
  if (answered.functionError !== undefined) throw failureOf(answered.payload);
  return { result: jsonOf(answered.payload) ?? null };
}

async function invoke(
  functions: InvokedFunctions,
  name: string,
  payload: string,
  isAsynchronous: boolean,
): ReturnType<InvokedFunctions['invoke']> {
  try {
    return await functions.invoke(name, payload, { isAsynchronous });
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw new TaskFailure(`Lambda.${error.name}`, error.message);
  }
}

const report = z.object({ errorType: z.string().min(1) });

/** What a function reports of its own failure: its error type is the state's error, all of it the cause. */
function failureOf(payload: string): TaskFailure {
  const { success, data } = report.safeParse(jsonOf(payload));
  if (success) return new TaskFailure(data.errorType, payload);
  const cause = `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`;
  return new TaskFailure('Lambda.Unknown', cause);
}

function jsonOf(payload: string): Json | undefined {
  if (payload === '') return undefined;
  try {
    return JSON.parse(payload) as Json;
  } catch {
    return undefined;
  }
}
