/** Lambda functions that journeys call by `invoke` (port `Calls`). */
import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { MOST_ANSWER_BYTES } from '#lib/contracts/outside-limits.ts';
import type { CallAnswer, Calls, OutsideCall } from '#lib/engine/ports.ts';
import { errorName, isThrottled } from './client-errors.ts';

/** What a function is told. The key is the same for every attempt of one step, so that it can tell a repetition. */
interface FunctionCall {
  readonly idempotencyKey: string;
  readonly input: OutsideCall['body'];
}

/** @param client makes one attempt: the step is what tries again, under the same key.
 *  @param names name in settings → name or ARN of the function. */
export function createFunctionCalls(client: LambdaClient, names: ReadonlyMap<string, string>): Calls {
  return {
    async call({ name, key, body }) {
      const lambda = names.get(name);
      if (lambda === undefined) return tryLater(`no function "${name}" in the settings`);
      const told: FunctionCall = { idempotencyKey: key, input: body };
      try {
        const { FunctionError: failed, Payload: payload } = await client.send(
          new InvokeCommand({ FunctionName: lambda, Payload: Buffer.from(JSON.stringify(told)) }),
        );
        return failed === undefined ? answerOf(payload) : failureOf(payload);
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

function answerOf(payload: Uint8Array | undefined): CallAnswer {
  if (payload === undefined || payload.length === 0) return { kind: 'answered', value: null };
  if (payload.length > MOST_ANSWER_BYTES) return { kind: 'refused', reason: 'the answer is too large' };
  return { kind: 'answered', value: parsed(payload) };
}

/** Names under which Lambda ends a function in the middle of its work: it may be quicker, or whole, the next time. */
const CUT_OFF: ReadonlySet<unknown> = new Set(['Sandbox.Timedout', 'Runtime.ExitError']);

/** The function has thrown, and would again. What it says may hold a customer's values: nothing of it is told. */
function failureOf(payload: Uint8Array | undefined): CallAnswer {
  const error = payload === undefined ? undefined : parsed(payload);
  const type =
    typeof error === 'object' && error !== null && 'errorType' in error ? error.errorType : undefined;
  return CUT_OFF.has(type)
    ? tryLater('the function was cut off')
    : { kind: 'refused', reason: 'the function failed' };
}

/** Errors that say what is wrong with this very call; all others (throttled, missing, not ready, denied) may be mended. */
const OF_THE_CALL: ReadonlySet<string> = new Set([
  'InvalidRequestContentException',
  'RequestTooLargeException',
  'SerializedRequestEntityTooLargeException',
  'UnsupportedMediaTypeException',
  'RecursiveInvocationException',
]);

function refusalOf(error: unknown): CallAnswer {
  const name = errorName(error) ?? 'unknown';
  if (isThrottled(error)) return tryLater('throttled');
  if (name === 'TimeoutError') return tryLater('no answer in time');
  return OF_THE_CALL.has(name) ? { kind: 'refused', reason: name } : tryLater(name);
}

function tryLater(reason: string): CallAnswer {
  return { kind: 'try later', reason };
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'));
  } catch {
    return null;
  }
}
