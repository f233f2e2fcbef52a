/**
 * Status events of executions, as EventBridge puts them into the queue.
 * https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 */
import * as z from 'zod';
import { Fault } from '#lib/contracts/faults.ts';
import { runInputSchema, type RunInput } from '#lib/contracts/step-calls.ts';

const STATUS = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
} as const;

const eventSchema = z.object({
  detail: z.object({
    executionArn: z.string().min(1),
    status: z.enum(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']),
    input: z
      .string()
      .nullish()
      .describe('As JSON; left out where input and output together are too large for an event'),
  }),
});

/** How an execution has ended. */
export interface Ending {
  readonly executionArn: string;
  readonly status: (typeof STATUS)[keyof typeof STATUS];
  /** Undefined where the event does not have it: ask the platform. */
  readonly run: RunInput | undefined;
}

/** Throws the fault `PayloadNotUnderstood` for what is no such event, or is one of an execution that is no run of ours. */
export function readEnding(message: unknown): Ending {
  const { detail } = checked(eventSchema, message, 'no status event of an execution');
  const { executionArn, status, input } = detail;
  return {
    executionArn,
    status: STATUS[status],
    run: input === undefined || input === null ? undefined : readRunInput(input),
  };
}

/** The input of an execution. Throws the fault `PayloadNotUnderstood` for one that is no run of ours. */
export function readRunInput(input: string): RunInput {
  const problem = 'the execution is no run of a journey';
  let value: unknown;
  try {
    value = JSON.parse(input);
  } catch {
    throw new Fault('PayloadNotUnderstood', problem);
  }
  return checked(runInputSchema, value, problem);
}

function checked<T>(schema: z.ZodType<T>, value: unknown, problem: string): T {
  const result = schema.safeParse(value);
  if (!result.success) throw new Fault('PayloadNotUnderstood', problem);
  return result.data;
}
