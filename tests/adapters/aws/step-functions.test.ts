import {
  DescribeExecutionCommand,
  SFNClient,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { StepFunctionsExecutions } from '#lib/adapters/aws/step-functions.ts';
import { fromMillis } from '#lib/contracts/time.ts';

const MACHINES = 'arn:aws:states:eu-west-1:123456789012:stateMachine:wend-test';
const EXECUTIONS = 'arn:aws:states:eu-west-1:123456789012:execution:wend-test';
const run = {
  run: 'a'.repeat(24),
  leg: 1,
  customer: 'b'.repeat(32),
  journey: 'cart',
  version: '0123456789ab',
};
const plan = { route: {}, until: null, from: fromMillis(0) };

const client = mockClient(SFNClient);
// Test files share one process: a class that stays mocked would answer others too.
afterAll(() => client.restore());
beforeEach(() => client.reset());
const executions = new StepFunctionsExecutions({
  client: new SFNClient({}),
  starts: new SFNClient({}),
  machineArnPrefix: MACHINES,
});
const named = (name: string): Error => Object.assign(new Error('no details'), { name });

describe('a start', () => {
  it('names machine, execution and input; later legs have a machine of their own', async () => {
    client.on(StartExecutionCommand).resolves({});
    expect(await executions.start('x-1', run)).toBe('started');
    await executions.start('x-2', { ...run, leg: 2, at: 'thanks' });
    const inputs = client.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
    expect(inputs).toEqual([
      { stateMachineArn: `${MACHINES}-cart-0123456789ab`, name: 'x-1', input: JSON.stringify(run) },
      {
        stateMachineArn: `${MACHINES}-cart-0123456789ab-resume`,
        name: 'x-2',
        input: JSON.stringify({ ...run, leg: 2, at: 'thanks' }),
      },
    ]);
  });

  it('that was made before is there already', async () => {
    client.on(StartExecutionCommand).rejects(named('ExecutionAlreadyExists'));
    expect(await executions.start('x-1', run)).toBe('already there');
  });

  it.each(['ThrottlingException', 'ExecutionLimitExceeded'])('without room is a fault: %s', async (name) => {
    client.on(StartExecutionCommand).rejects(named(name));
    await expect(executions.start('x-1', run)).rejects.toMatchObject({ name: 'StartThrottled' });
  });

  it.each(['StateMachineDoesNotExist', 'StateMachineDeleting'])(
    'on a machine that is not there is a fault of the deployment: %s',
    async (name) => {
      client.on(StartExecutionCommand).rejects(named(name));
      await expect(executions.start('x-1', run)).rejects.toMatchObject({
        name: 'UnknownVersion',
        message: 'no state machine for cart@0123456789ab',
      });
    },
  );

  it('that nobody has answered is the error that it is: it may have been made', async () => {
    client.on(StartExecutionCommand).rejects(named('TimeoutError'));
    await expect(executions.start('x-1', run)).rejects.toMatchObject({ name: 'TimeoutError' });
  });
});

describe('the answer to a token', () => {
  it('is the arm with its plan, or the name Moved with what the wait begins anew with, as Lambda reports errors', async () => {
    client.on(SendTaskSuccessCommand).resolves({});
    client.on(SendTaskFailureCommand).resolves({});
    const loop = { visit: 1, round: 0, jumps: {} };
    expect(await executions.wake('token', { arm: 1, plan })).toBe('woken');
    expect(await executions.move('token', { plan, loop })).toBe('woken');
    expect(client.commandCalls(SendTaskSuccessCommand)[0]?.args[0].input).toEqual({
      taskToken: 'token',
      output: JSON.stringify({ arm: 1, plan }),
    });
    const { error, cause = '' } = client.commandCalls(SendTaskFailureCommand)[0]?.args[0].input ?? {};
    expect(error).toBe('Moved');
    expect(JSON.parse(JSON.parse(cause).errorMessage)).toEqual({ plan, loop });
  });

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('is too late: %s', async (name) => {
    client.on(SendTaskSuccessCommand).rejects(named(name));
    client.on(SendTaskFailureCommand).rejects(named(name));
    expect(await executions.wake('stale', { arm: 0, plan })).toBe('timed out');
    expect(await executions.move('stale', { plan, loop: { visit: 1, round: 0, jumps: {} } })).toBe(
      'timed out',
    );
  });

  it('is tried again by whoever wakes where the platform is throttled', async () => {
    client.on(SendTaskSuccessCommand).rejects(named('ThrottlingException'));
    await expect(executions.wake('token', { arm: 0, plan })).rejects.toMatchObject({
      name: 'ThrottlingException',
    });
  });
});

describe('an execution that is stopped or looked up', () => {
  const gone = named('ExecutionDoesNotExist');

  it('is stopped under the name by which its status event is told from a failure', async () => {
    client.on(StopExecutionCommand).resolves({});
    expect(await executions.stop('x-2', { ...run, leg: 2 })).toBe('stopped');
    expect(client.commandCalls(StopExecutionCommand)[0]?.args[0].input).toEqual({
      executionArn: `${EXECUTIONS}-cart-0123456789ab-resume:x-2`,
      error: 'Wend.Stopped',
    });
  });

  it('is gone where its machine was deleted or it was long ago', async () => {
    client.on(StopExecutionCommand).rejects(gone);
    client.on(DescribeExecutionCommand).rejects(gone);
    expect(await executions.stop('x-1', run)).toBe('gone');
    expect(await executions.describe('x-1', run)).toBe('unknown');
  });

  it('of a first leg is looked for on both machines: who was held at the door goes on from a step', async () => {
    const second = `${EXECUTIONS}-cart-0123456789ab-resume:x-1`;
    client
      .on(StopExecutionCommand)
      .rejects(gone)
      .on(StopExecutionCommand, { executionArn: second })
      .resolves({});
    client
      .on(DescribeExecutionCommand)
      .rejects(gone)
      .on(DescribeExecutionCommand, { executionArn: second })
      .resolves({ status: 'TIMED_OUT' });
    expect(await executions.stop('x-1', run)).toBe('stopped');
    expect(await executions.describe('x-1', run)).toBe('timed out');
  });

  it('is not taken for gone where the platform is throttled', async () => {
    client.on(StopExecutionCommand).rejects(named('ThrottlingException'));
    client.on(DescribeExecutionCommand).rejects(named('ThrottlingException'));
    await expect(executions.stop('x-1', run)).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(executions.describe('x-1', run)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });

  it('that somebody redrives is running', async () => {
    client.on(DescribeExecutionCommand).resolves({ status: 'PENDING_REDRIVE' });
    expect(await executions.describe('x-1', run)).toBe('running');
  });
});
