// State machines and executions by AWS CLI: what docs/runbook.md types, and what answers a task from outside.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBench, roleArn, type Bench } from '../step-functions/step-functions-bench.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws, hasNewerAws, newerAwsJson } from './aws-command.ts';

const WAITING = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: 86_400, End: true } },
});
const ASKING = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      TimeoutSeconds: 3600,
      End: true,
    },
  },
});

interface Machine {
  readonly stateMachineArn: string;
}

describe.skipIf(!hasAws)('aws stepfunctions', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let bench: Bench;
  const tokens: string[] = [];
  beforeAll(async () => {
    bench = await openBench({
      runTask: async ({ token = '' }) => {
        tokens.push(token);
        return {};
      },
    });
  });
  afterAll(() => bench.close());

  const states = (...args: string[]) => awsJson(bench.place.endpoint, ['stepfunctions', ...args]);
  const newer = (...args: string[]) => newerAwsJson(bench.place.endpoint, ['stepfunctions', ...args]);
  const refused = async (...args: string[]) => {
    const { code, stderr } = await aws(bench.place.endpoint, ['stepfunctions', ...args]);
    expect(code).toBe(254);
    return stderr;
  };
  const created = async (name: string, definition: string) => {
    const create = ['create-state-machine', '--role-arn', roleArn, '--definition', definition];
    const { stateMachineArn: arn } = (await states(...create, '--name', name)) as Machine;
    return arn;
  };
  /** @returns the ARN of the execution, when it has done what it can do at once. */
  const started = async (machine: string, name: string, input = '{}') => {
    const run = ['start-execution', '--state-machine-arn', machine, '--name', name, '--input', input];
    const { executionArn: arn } = (await states(...run)) as { readonly executionArn: string };
    await bench.clock.runUntil(bench.clock.now());
    return arn;
  };
  const execution = (arn: string) => states('describe-execution', '--execution-arn', arn);

  it('lists machines, and describes one', async () => {
    const machine = await created('wait-a-day', WAITING);
    expect(
      await states(
        'list-state-machines',
        '--query',
        "stateMachines[?starts_with(name, 'wait-')].[name,stateMachineArn]",
      ),
    ).toEqual([['wait-a-day', machine]]);
    expect(await states('describe-state-machine', '--state-machine-arn', machine)).toMatchObject({
      name: 'wait-a-day',
      status: 'ACTIVE',
      type: 'STANDARD',
      definition: WAITING,
      roleArn,
    });
    await states('delete-state-machine', '--state-machine-arn', machine);
  });

  it('starts executions once by name, lists them by their state, and stops one', async () => {
    const machine = await created('stoppable', WAITING);
    const one = await started(machine, 'one', '{"shoe":1}');
    const two = await started(machine, 'two');
    expect(await started(machine, 'one', '{"shoe":1}')).toBe(one);
    expect(
      await refused('start-execution', '--state-machine-arn', machine, '--name', 'one', '--input', '{}'),
    ).toContain('(ExecutionAlreadyExists)');
    await states('stop-execution', '--execution-arn', one, '--error', 'Enough', '--cause', 'a test');
    const list = ['list-executions', '--state-machine-arn', machine];
    const running = ['--status-filter', 'RUNNING', '--query', 'executions[].executionArn'];
    expect(await states(...list, ...running)).toEqual([two]);
    expect(await states(...list, '--max-items', '1')).toMatchObject({
      executions: [{ name: 'two', status: 'RUNNING' }],
      NextToken: expect.any(String),
    });
    expect(await execution(one)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'a test',
      input: '{"shoe":1}',
      startDate: '2026-03-27T10:00:00+00:00',
    });
    const history = ['get-execution-history', '--execution-arn', one];
    expect(await states(...history, '--query', 'events[].type')).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'ExecutionAborted',
    ]);
    const latest = [...history, '--reverse-order', '--max-items', '1', '--query', 'events[].type'];
    expect(await states(...latest)).toEqual(['ExecutionAborted']);
  });

  it('answers a task by the token it was given, with a result or with a failure', async () => {
    const machine = await created('asking', ASKING);
    const good = await started(machine, 'good');
    const token = tokens.at(-1) ?? '';
    await states('send-task-heartbeat', '--task-token', token);
    const succeed = ['send-task-success', '--task-token', token, '--task-output'];
    expect(await refused(...succeed, '{"size"')).toContain('(InvalidOutput)');
    await states(...succeed, '{"size":42}');
    await bench.clock.runUntil(bench.clock.now());
    expect(await execution(good)).toMatchObject({ status: 'SUCCEEDED', output: '{"size":42}' });
    expect(await refused(...succeed, '{}')).toContain('(TaskTimedOut)');
    expect(await refused('send-task-success', '--task-token', 'none', '--task-output', '{}')).toContain(
      '(InvalidToken)',
    );
    const bad = await started(machine, 'bad');
    const fail = ['send-task-failure', '--task-token', tokens.at(-1) ?? ''];
    await states(...fail, '--error', 'SoldOut', '--cause', 'no shoe is left');
    await bench.clock.runUntil(bench.clock.now());
    expect(await execution(bad)).toMatchObject({
      status: 'FAILED',
      error: 'SoldOut',
      cause: 'no shoe is left',
    });
  });

  it('refuses by the names of AWS, and says what is not here', async () => {
    const nowhere = 'arn:aws:states:eu-central-1:000000000000:stateMachine:nowhere';
    expect(await refused('start-execution', '--state-machine-arn', nowhere)).toContain(
      '(StateMachineDoesNotExist)',
    );
    expect(await refused('describe-execution', '--execution-arn', `${nowhere}:x`)).toContain('(InvalidArn)');
    expect(
      await refused('create-state-machine', '--name', 'x', '--role-arn', roleArn, '--definition', '{}'),
    ).toContain('(InvalidDefinition)');
    expect(await refused('list-activities')).toContain(
      'The local cloud does not have ListActivities of AWS Step Functions.',
    );
  });

  describe.skipIf(!hasNewerAws)('with an AWS CLI of 2024', () => {
    it('publishes versions, and starts what an alias points at', async () => {
      const machine = await created('versioned', ASKING);
      const version = ['publish-state-machine-version', '--state-machine-arn', machine];
      const { stateMachineVersionArn: first } = (await newer(...version)) as {
        readonly stateMachineVersionArn: string;
      };
      expect(first).toBe(`${machine}:1`);
      const routing = `stateMachineVersionArn=${first},weight=100`;
      const alias = ['create-state-machine-alias', '--name', 'live', '--routing-configuration', routing];
      expect(await newer(...alias)).toMatchObject({ stateMachineAliasArn: `${machine}:live` });
      await states(
        'update-state-machine',
        '--state-machine-arn',
        machine,
        '--definition',
        WAITING.replace('86400', '60'),
      );
      await newer(...version);
      expect(
        await newer(
          'list-state-machine-versions',
          '--state-machine-arn',
          machine,
          '--query',
          'stateMachineVersions[].stateMachineVersionArn',
        ),
      ).toEqual([`${machine}:2`, `${machine}:1`]);
      const one = await started(`${machine}:live`, 'by-alias');
      expect(await newer('describe-execution', '--execution-arn', one)).toMatchObject({
        stateMachineAliasArn: `${machine}:live`,
        stateMachineVersionArn: first,
      });
      expect(
        await newer('describe-state-machine-alias', '--state-machine-alias-arn', `${machine}:live`),
      ).toMatchObject({ routingConfiguration: [{ stateMachineVersionArn: first, weight: 100 }] });
      expect(await newer('list-state-machine-aliases', '--state-machine-arn', machine)).toMatchObject({
        stateMachineAliases: [{ stateMachineAliasArn: `${machine}:live` }],
      });
    });

    it('takes up a failed execution where it has failed', async () => {
      const machine = await created('redriven', ASKING);
      const failed = await started(machine, 'failed');
      await states('send-task-failure', '--task-token', tokens.at(-1) ?? '', '--error', 'SoldOut');
      await bench.clock.runUntil(bench.clock.now());
      await newer('redrive-execution', '--execution-arn', failed);
      await bench.clock.runUntil(bench.clock.now());
      await states('send-task-success', '--task-token', tokens.at(-1) ?? '', '--task-output', '1');
      await bench.clock.runUntil(bench.clock.now());
      expect(await newer('describe-execution', '--execution-arn', failed)).toMatchObject({
        status: 'SUCCEEDED',
        redriveCount: 1,
      });
    });

    it('says what is wrong with a definition', async () => {
      const validate = ['validate-state-machine-definition', '--definition'];
      expect(await newer(...validate, ASKING)).toMatchObject({ result: 'OK', diagnostics: [] });
      expect(await newer(...validate, ASKING.replace('"StartAt":"Ask"', '"StartAt":"Nobody"'))).toMatchObject(
        { result: 'FAIL', diagnostics: [{ severity: 'ERROR', code: expect.any(String) }] },
      );
    });
  });
});
