/** The port `Executions` over AWS Step Functions: one state machine for each version and kind of leg. */
import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  type ExecutionStatus,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { machineArn, executionArn } from '#lib/contracts/deployment-names.ts';
import { Fault, MOVED, STOPPED } from '#lib/contracts/faults.ts';
import { versionKey } from '#lib/contracts/ids.ts';
import type { ArmAnswer, MovedAnswer, RunInput } from '#lib/contracts/step-calls.ts';
import type { ExecutionOf, Executions } from '#lib/engine/ports.ts';
import { errorName, isThrottled } from './client-errors.ts';

type Status = Awaited<ReturnType<Executions['describe']>>;

/** What the executions are made of. */
export interface StepFunctionsOptions {
  /** Tries again by itself where it is throttled. */
  readonly client: SFNClient;
  /** For starts: makes one attempt, because what is throttled is put off and not waited for. */
  readonly starts: SFNClient;
  /** ARN of the state machines up to the name of the deployment, which it includes. */
  readonly machineArnPrefix: string;
}

/** The executions of one deployment. */
export class StepFunctionsExecutions implements Executions {
  readonly #client: SFNClient;
  readonly #starts: SFNClient;
  readonly #prefix: string;

  constructor({ client, starts, machineArnPrefix }: StepFunctionsOptions) {
    this.#client = client;
    this.#starts = starts;
    this.#prefix = machineArnPrefix;
  }

  /**
   * Throws the fault `StartThrottled` where there is no room, and `UnknownVersion` where the state machine is not there, or is being
   * deleted: a deployment under way may bring it (back).
   */
  async start(name: string, input: RunInput): Promise<'started' | 'already there'> {
    const { journey, version, at } = input;
    const stateMachineArn = machineArn(this.#prefix, journey, version, at === undefined ? 'first' : 'resume');
    try {
      await this.#starts.send(
        new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }),
      );
      return 'started';
    } catch (error) {
      // The name of an execution that has ended, or of one that runs on another input: either way it was started before.
      if (errorName(error) === 'ExecutionAlreadyExists') return 'already there';
      // A full account (a million open executions) has room again when executions end.
      if (isThrottled(error) || errorName(error) === 'ExecutionLimitExceeded')
        throw new Fault('StartThrottled', 'Step Functions has no room for another execution now');
      if (errorName(error) === 'StateMachineDoesNotExist' || errorName(error) === 'StateMachineDeleting')
        throw new Fault('UnknownVersion', `no state machine for ${versionKey(journey, version)}`);
      throw error;
    }
  }

  wake(token: string, answer: ArmAnswer): Promise<'woken' | 'timed out'> {
    const output = JSON.stringify(answer);
    return answered(this.#client.send(new SendTaskSuccessCommand({ taskToken: token, output })));
  }

  /** The cause has the form in which Lambda reports an error: the state reads both alike. */
  move(token: string, answer: MovedAnswer): Promise<'woken' | 'timed out'> {
    const cause = JSON.stringify({ errorMessage: JSON.stringify(answer), errorType: MOVED });
    return answered(this.#client.send(new SendTaskFailureCommand({ taskToken: token, error: MOVED, cause })));
  }

  /** Ends it under the name `Wend.Stopped`, by which the rule for status events knows that nobody has to be told. */
  async stop(name: string, of: ExecutionOf): Promise<'stopped' | 'gone'> {
    for (const arn of this.#arns(name, of))
      try {
        await this.#client.send(new StopExecutionCommand({ executionArn: arn, error: STOPPED }));
        return 'stopped';
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    return 'gone';
  }

  async describe(name: string, of: ExecutionOf): Promise<Status> {
    for (const arn of this.#arns(name, of))
      try {
        const { status } = await this.#client.send(new DescribeExecutionCommand({ executionArn: arn }));
        return status === undefined ? 'unknown' : STATUS[status];
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    return 'unknown';
  }

  /**
   * Where the execution may be. A run that was held before its first step goes on, in its first leg, on the machine of later legs:
   * the number of the leg alone does not say which it was.
   */
  #arns(name: string, { journey, version, leg }: ExecutionOf): readonly string[] {
    const legs = leg === 1 ? (['first', 'resume'] as const) : (['resume'] as const);
    return legs.map((one) => executionArn(machineArn(this.#prefix, journey, version, one), name));
  }
}

/** The platform forgets an execution with its machine, and ninety days after its end. */
function isGone(error: unknown): boolean {
  return errorName(error) === 'ExecutionDoesNotExist';
}

/** Names by which the platform says that it no longer waits for a token. */
const STALE: ReadonlySet<string> = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

async function answered(call: Promise<unknown>): Promise<'woken' | 'timed out'> {
  try {
    await call;
    return 'woken';
  } catch (error) {
    if (STALE.has(errorName(error) ?? '')) return 'timed out';
    throw error;
  }
}

const STATUS: Readonly<Record<ExecutionStatus, Status>> = {
  RUNNING: 'running',
  // Somebody has asked for it to be run again from where it failed.
  PENDING_REDRIVE: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timed out',
  ABORTED: 'aborted',
};
