// Answers by task token. https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html#connect-wait-token
import * as z from 'zod';
import type { Interpreter } from '../asl/interpreter.ts';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { refusing } from './executions.ts';
import { parseJsonText } from './json-text.ts';

const taskToken = z.string().min(1).max(2048);
const success = z.strictObject({ taskToken, output: z.string() });
const failure = z.strictObject({
  taskToken,
  error: z.string().max(256).optional(),
  cause: z.string().max(32_768).optional(),
});

export function callbackOperations(interpreter: Interpreter): Readonly<Record<string, JsonOperation>> {
  return {
    SendTaskSuccess: (given) => {
      const { taskToken: token, output } = parseInput(success, given);
      refusing(() => interpreter.succeedTask(token, parseJsonText(output, 'InvalidOutput')));
    },
    SendTaskFailure: (given) => {
      const { taskToken: token, error, cause } = parseInput(failure, given);
      refusing(() => interpreter.failTask(token, error, cause));
    },
    SendTaskHeartbeat: (given) => {
      const { taskToken: token } = parseInput(z.strictObject({ taskToken }), given);
      refusing(() => interpreter.heartbeat(token));
    },
  };
}
