// Step Functions behind its API: the machines of the stack in the interpreter, whose Tasks call the packed functions.
import { Refusal } from '#lib/local/asl/failure.ts';
import { parseMachine } from '#lib/local/asl/definition/parse-machine.ts';
import { Interpreter, type ExecutionDescription } from '#lib/local/asl/interpreter.ts';
import type { Json } from '#lib/local/asl/json.ts';
import { runLambda, type LambdaHandler } from '#lib/local/asl/lambda.ts';
import type { VirtualClock } from '#lib/local/clock.ts';
import type { DeployedStack } from './deployed-stack.ts';
import { ServiceException, type Operation, type Operations } from './gateway.ts';
import type { Invoke } from './packed-function.ts';
import type { Place } from './resolved-template.ts';

export interface StateMachinesOptions {
  readonly clock: VirtualClock;
  readonly place: Place;
  readonly machines: DeployedStack['machines'];
  /** ARN → function. */
  readonly functions: ReadonlyMap<string, Invoke>;
  /** Changes a definition before it is read. */
  readonly prepared: (definition: string) => string;
  readonly onEnd: (execution: ExecutionDescription) => void;
}

export interface StateMachines {
  /** https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html */
  readonly operations: Operations;
  readonly interpreter: Interpreter;
}

export function createStateMachines(options: StateMachinesOptions): StateMachines {
  const { clock, place, machines, functions, prepared, onEnd } = options;
  const interpreter = new Interpreter({
    clock,
    // Retries are not tried out here.
    random: () => 0.5,
    history: 'count',
    runTask: runLambda(
      new Map<string, LambdaHandler>(
        [...functions].map(([arn, invoke]) => [arn, (payload) => invoke(payload)]),
      ),
    ),
    onEnd,
    region: place.region,
    account: place.account,
  });
  const parsed = new Map(
    [...machines].map(([arn, definition]) => [arn, parseMachine(prepared(definition))] as const),
  );
  const operations: Operations = {
    'AWSStepFunctions.StartExecution': refusing(({ stateMachineArn: arn, name, input }) => {
      const machine = parsed.get(String(arn));
      if (machine === undefined) throw new ServiceException('StateMachineDoesNotExist');
      const machineName = String(arn).split(':').at(-1) ?? '';
      const started = interpreter.start({
        machine,
        machineName,
        name: String(name),
        input: JSON.parse(String(input)) as Json,
      });
      return { executionArn: started.id, startDate: started.startDate / 1000 };
    }),
    'AWSStepFunctions.SendTaskSuccess': refusing(({ taskToken, output }) => {
      interpreter.succeedTask(String(taskToken), JSON.parse(String(output)) as Json);
    }),
    'AWSStepFunctions.SendTaskFailure': refusing(({ taskToken, error, cause }) => {
      interpreter.failTask(String(taskToken), String(error), String(cause));
    }),
    'AWSStepFunctions.StopExecution': refusing(({ executionArn, error }) => {
      interpreter.stop(String(executionArn), error);
      return { stopDate: clock.now() / 1000 };
    }),
    'AWSStepFunctions.DescribeExecution': refusing(({ executionArn }) => {
      const { id, status, input, startDate } = interpreter.describe(String(executionArn));
      return { executionArn: id, status, input: JSON.stringify(input), startDate: startDate / 1000 };
    }),
  };
  return { operations, interpreter };
}

/** What the interpreter refuses is an exception of the service. */
function refusing(operation: Operation): Operation {
  return (body) => {
    try {
      return operation(body);
    } catch (error) {
      throw error instanceof Refusal ? new ServiceException(error.name) : error;
    }
  };
}

/** Detail of a status event: https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html */
export function statusDetail(
  { id, name, machineName, status, input, error, cause, startDate, stopDate }: ExecutionDescription,
  { region, account }: Place,
) {
  return {
    executionArn: id,
    stateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:${machineName}`,
    name,
    status,
    startDate,
    stopDate: stopDate ?? null,
    input: JSON.stringify(input),
    error: error ?? null,
    cause: cause ?? null,
  };
}
