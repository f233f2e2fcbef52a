// Machines, versions, aliases and executions, as the real client meets them.
import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, errorOf, openBench, roleArn, start } from './step-functions-bench.ts';

const waiting = (seconds: number) =>
  JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'W',
    States: { W: { Type: 'Wait', Seconds: seconds, End: true } },
  });
const CALLBACK = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'T',
  States: {
    T: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'f', Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 3600,
      End: true,
    },
  },
});
const DAY = 86_400_000;

let bench: Bench;
let tokens: (string | undefined)[];
beforeEach(async () => {
  tokens = [];
  bench = await openBench({
    runTask: async ({ token }) => {
      tokens.push(token);
      return {};
    },
  });
});
afterEach(() => bench.close());

async function created(name: string, definition: string): Promise<string> {
  const { stateMachineArn = '' } = await bench.client.send(
    new CreateStateMachineCommand({ name, definition, roleArn }),
  );
  return stateMachineArn;
}

async function started(stateMachineArn: string, name?: string, input?: string): Promise<string> {
  const { executionArn = '' } = await bench.client.send(
    new StartExecutionCommand({ stateMachineArn, name, input }),
  );
  await bench.clock.runUntil(bench.clock.now());
  return executionArn;
}

const statusOf = async (executionArn: string) =>
  (await bench.client.send(new DescribeExecutionCommand({ executionArn }))).status;

describe('a machine', () => {
  it('is created once, and again only with the same definition', async () => {
    const arn = await created('m', waiting(1));
    expect(arn).toBe('arn:aws:states:eu-central-1:000000000000:stateMachine:m');
    expect(await created('m', waiting(1))).toBe(arn);
    expect(await errorOf(created('m', waiting(2)))).toBe('StateMachineAlreadyExists');
    const machine = await bench.client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(machine).toMatchObject({ name: 'm', status: 'ACTIVE', type: 'STANDARD', definition: waiting(1) });
    expect(machine.creationDate).toEqual(new Date(start));
  });

  it.each([
    ['InvalidDefinition', 'm', '{"StartAt": "no"}'],
    ['InvalidName', 'a name', waiting(1)],
    ['NotImplemented', 'm', CALLBACK.replace('lambda:invoke', 'sqs:sendMessage')],
  ])('is refused with %s', async (error, name, definition) => {
    expect(await errorOf(created(name, definition))).toBe(error);
  });

  it('is not taken for one that is not there', async () => {
    const stateMachineArn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:none';
    expect(await errorOf(started(stateMachineArn))).toBe('StateMachineDoesNotExist');
    expect(await errorOf(started('none'))).toBe('InvalidArn');
    expect(await errorOf(bench.client.send(new ListExecutionsCommand({ stateMachineArn })))).toBe(
      'StateMachineDoesNotExist',
    );
  });

  it('is changed for executions that start later', async () => {
    const arn = await created('m', waiting(100));
    const before = await started(arn, 'before');
    await bench.client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: waiting(5) }));
    const after = await started(arn, 'after');
    await bench.clock.runUntil(start + 5000);
    expect([await statusOf(before), await statusOf(after)]).toEqual(['RUNNING', 'SUCCEEDED']);
    const own = new DescribeStateMachineForExecutionCommand({ executionArn: before });
    expect((await bench.client.send(own)).definition).toBe(waiting(100));
  });

  it('is gone when its last execution has ended, and starts no more until then', async () => {
    const arn = await created('m', waiting(100));
    await started(arn);
    await bench.client.send(new DeleteStateMachineCommand({ stateMachineArn: arn }));
    expect(await errorOf(started(arn))).toBe('StateMachineDeleting');
    await bench.clock.runUntil(start + 100_000);
    const { stateMachines } = await bench.client.send(new ListStateMachinesCommand({}));
    expect(stateMachines).toEqual([]);
  });

  it('is told what is wrong with a definition, at its place', async () => {
    const definition = waiting(1).replace('"End":true', '"Next":"nowhere"');
    const answer = await bench.client.send(new ValidateStateMachineDefinitionCommand({ definition }));
    expect(answer.result).toBe('FAIL');
    expect(answer.diagnostics?.[0]).toMatchObject({ severity: 'ERROR', location: '/States/W' });
  });
});

describe('versions and aliases', () => {
  it('run what was published, in the proportion of the alias', async () => {
    const arn = await created('m', waiting(100));
    const publish = async () =>
      (await bench.client.send(new PublishStateMachineVersionCommand({ stateMachineArn: arn })))
        .stateMachineVersionArn ?? '';
    const first = await publish();
    expect(await publish()).toBe(first);
    await bench.client.send(new UpdateStateMachineCommand({ stateMachineArn: arn, definition: waiting(5) }));
    const second = await publish();
    expect([first, second]).toEqual([`${arn}:1`, `${arn}:2`]);
    const route = (weight: number) => [
      { stateMachineVersionArn: first, weight },
      { stateMachineVersionArn: second, weight: 100 - weight },
    ];
    const { stateMachineAliasArn = '' } = await bench.client.send(
      new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration: route(100) }),
    );
    const old = await started(stateMachineAliasArn, 'old');
    await bench.client.send(
      new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration: route(0) }),
    );
    const fresh = await started(stateMachineAliasArn, 'fresh');
    const byNumber = await started(first, 'by-number');
    await bench.clock.runUntil(start + 5000);
    expect(await Promise.all([old, fresh, byNumber].map(statusOf))).toEqual([
      'RUNNING',
      'SUCCEEDED',
      'RUNNING',
    ]);
    const described = await bench.client.send(new DescribeExecutionCommand({ executionArn: old }));
    expect(described).toMatchObject({
      stateMachineArn: arn,
      stateMachineVersionArn: first,
      stateMachineAliasArn,
    });
    const ofAlias = await bench.client.send(
      new ListExecutionsCommand({ stateMachineArn: stateMachineAliasArn }),
    );
    expect(ofAlias.executions?.map(({ name }) => name)).toEqual(['fresh', 'old']);
  });

  it('hold each other: a version that an alias leads to stays', async () => {
    const arn = await created('m', waiting(1));
    await bench.client.send(new PublishStateMachineVersionCommand({ stateMachineArn: arn }));
    const stateMachineVersionArn = `${arn}:1`;
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    await bench.client.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
    const removal = new DeleteStateMachineVersionCommand({ stateMachineVersionArn });
    expect(await errorOf(bench.client.send(removal))).toBe('ConflictException');
    const alias = new DescribeStateMachineAliasCommand({ stateMachineAliasArn: `${arn}:live` });
    expect((await bench.client.send(alias)).routingConfiguration).toEqual(routingConfiguration);
    const half = [{ stateMachineVersionArn, weight: 50 }];
    const unbalanced = new CreateStateMachineAliasCommand({ name: 'half', routingConfiguration: half });
    expect(await errorOf(bench.client.send(unbalanced))).toBe('ValidationException');
    const versions = new ListStateMachineVersionsCommand({ stateMachineArn: arn });
    expect((await bench.client.send(versions)).stateMachineVersions).toHaveLength(1);
  });
});

describe('an execution', () => {
  it('is started once: the same again while it runs, refused with another input or after its end', async () => {
    const arn = await created('m', waiting(10));
    const first = await started(arn, 'n', '{"a":1}');
    expect(await started(arn, 'n', '{"a":1}')).toBe(first);
    expect(await errorOf(started(arn, 'n', '{"a":2}'))).toBe('ExecutionAlreadyExists');
    await bench.clock.runUntil(start + 10_000);
    expect(await errorOf(started(arn, 'n', '{"a":1}'))).toBe('ExecutionAlreadyExists');
    expect(bench.statuses.map(({ detail }) => detail['status'])).toEqual(['RUNNING', 'SUCCEEDED']);
  });

  it.each([
    ['InvalidName', 'a b', '{}'],
    ['InvalidExecutionInput', 'n', '{'],
    ['InvalidExecutionInput', 'n', JSON.stringify('x'.repeat(262_144))],
  ])('is refused with %s', async (error, name, input) => {
    expect(await errorOf(started(await created('m', waiting(1)), name, input))).toBe(error);
  });

  it('tells the bus in the documented shape', async () => {
    const arn = await created('m', waiting(10));
    const executionArn = await started(arn, 'n', '{"a":1}');
    await bench.client.send(new StopExecutionCommand({ executionArn, error: 'Why', cause: 'because' }));
    expect(bench.statuses.at(-1)).toEqual({
      source: 'aws.states',
      detailType: 'Step Functions Execution Status Change',
      resources: [executionArn],
      time: start,
      detail: {
        executionArn,
        stateMachineArn: arn,
        stateMachineVersionArn: null,
        stateMachineAliasArn: null,
        name: 'n',
        status: 'ABORTED',
        startDate: start,
        stopDate: start,
        input: '{"a":1}',
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        error: 'Why',
        cause: 'because',
        redriveCount: 0,
        redriveDate: null,
        redriveStatus: 'REDRIVABLE',
        redriveStatusReason: null,
      },
    });
  });

  it('is listed newest first, by status, in pages that do not shift', async () => {
    const arn = await created('m', waiting(10));
    for (const name of ['a', 'b', 'c', 'd', 'e']) await started(arn, name);
    await bench.client.send(new StopExecutionCommand({ executionArn: await started(arn, 'f') }));
    const page = (nextToken?: string) =>
      bench.client.send(
        new ListExecutionsCommand({
          stateMachineArn: arn,
          statusFilter: 'RUNNING',
          maxResults: 2,
          nextToken,
        }),
      );
    const first = await page();
    await started(arn, 'g');
    const second = await page(first.nextToken);
    const third = await page(second.nextToken);
    const names = [first, second, third].map(({ executions }) => executions?.map(({ name }) => name));
    expect(names).toEqual([['e', 'd'], ['c', 'b'], ['a']]);
    expect(third.nextToken).toBeUndefined();
    const made = new ListExecutionsCommand({ stateMachineArn: arn, nextToken: 'made up' });
    expect(await errorOf(bench.client.send(made))).toBe('InvalidToken');
  });

  it('tells its history backwards, and without data', async () => {
    const executionArn = await started(await created('m', waiting(10)), 'n', '{"a":1}');
    await bench.clock.runUntil(start + 10_000);
    const { events = [] } = await bench.client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 2 }),
    );
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [4, 'ExecutionSucceeded'],
      [3, 'WaitStateExited'],
    ]);
    expect(events[0]?.executionSucceededEventDetails?.output).toBe('{"a":1}');
    expect(events[0]?.timestamp).toEqual(new Date(start + 10_000));
    const without = await bench.client.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
    );
    expect(without.events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'W' });
  });

  it('goes on by the token of its task, once', async () => {
    const executionArn = await started(await created('m', CALLBACK));
    const [taskToken] = tokens;
    const success = (output: string) => new SendTaskSuccessCommand({ taskToken, output });
    expect(await errorOf(bench.client.send(success('{')))).toBe('InvalidOutput');
    await bench.client.send(success('{"done":true}'));
    await bench.clock.runUntil(start);
    const { status, output } = await bench.client.send(new DescribeExecutionCommand({ executionArn }));
    expect([status, output]).toEqual(['SUCCEEDED', '{"done":true}']);
    expect(await errorOf(bench.client.send(success('{}')))).toBe('TaskTimedOut');
    const unknown = new SendTaskFailureCommand({ taskToken: 'none' });
    expect(await errorOf(bench.client.send(unknown))).toBe('InvalidToken');
  });

  it('refuses options that nobody would heed', async () => {
    const arn = await created('m', waiting(1));
    const sent = bench.machines.service.answer('StartExecution', {
      method: 'POST',
      path: '/',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify({ stateMachineArn: arn, priority: 1 })),
    });
    await expect(sent).rejects.toThrow(/priority/);
  });
});

describe('executions that have ended', () => {
  it('are kept with history up to two thousand, then described, and their names stay taken for ninety days', async () => {
    const arn = await created('m', waiting(1));
    const first = await started(arn, 'first');
    await bench.clock.runUntil(start + 2000);
    const read = new GetExecutionHistoryCommand({ executionArn: first });
    expect(await errorOf(bench.client.send(read))).toBe('accepted');
    for (let count = 0; count < 2000; count += 1) await bench.machines.targets.deliver(arn, '{}');
    await bench.clock.runUntil(start + 4000);
    expect(await statusOf(first)).toBe('SUCCEEDED');
    expect(await errorOf(bench.client.send(read))).toBe('ExecutionDoesNotExist');
    expect(await errorOf(started(arn, 'first'))).toBe('ExecutionAlreadyExists');
    for (let count = 0; count < 20_000; count += 1) await bench.machines.targets.deliver(arn, '{}');
    await bench.clock.runUntil(start + 6000);
    expect(await errorOf(statusOf(first))).toBe('ExecutionDoesNotExist');
    expect(await errorOf(started(arn, 'first'))).toBe('ExecutionAlreadyExists');
    await bench.clock.runUntil(start + 91 * DAY);
    await started(arn, 'other');
    await bench.clock.runUntil(start + 91 * DAY + 2000);
    expect(await errorOf(started(arn, 'first'))).toBe('accepted');
  });
});
