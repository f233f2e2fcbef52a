import { ListExecutionsCommand, ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { accessProblem } from '#lib/adapters/aws/access-problem.ts';
import { hasRunningExecution, listStateMachines } from '#lib/adapters/aws/state-machines.ts';

const client = new SFNClient({ region: 'eu-central-1' });
const machines = mockClient(client);
beforeEach(() => machines.reset());

const named = (name: string) => ({
  name,
  stateMachineArn: `arn:${name}`,
  type: 'STANDARD' as const,
  creationDate: new Date(0),
});

describe('the state machines of an environment', () => {
  it('are those that begin with its name, from all pages', async () => {
    machines
      .on(ListStateMachinesCommand, { maxResults: 1000 })
      .resolves({ stateMachines: [named('wend-test-cart-v1'), named('other')], nextToken: 'more' })
      .on(ListStateMachinesCommand, { nextToken: 'more' })
      .resolves({ stateMachines: [named('wend-test_audience')] });
    expect(Object.fromEntries(await listStateMachines(client, 'wend-test'))).toEqual({
      'wend-test-cart-v1': 'arn:wend-test-cart-v1',
      'wend-test_audience': 'arn:wend-test_audience',
    });
  });

  it('say whether an execution is on; one that is gone meanwhile has none', async () => {
    machines
      .on(ListExecutionsCommand, { stateMachineArn: 'busy', statusFilter: 'RUNNING' })
      .resolves({ executions: [{} as never] })
      .on(ListExecutionsCommand, { stateMachineArn: 'quiet' })
      .resolves({ executions: [] })
      .on(ListExecutionsCommand, { stateMachineArn: 'gone' })
      .rejects(Object.assign(new Error('no'), { name: 'StateMachineDoesNotExist' }));
    const all = ['busy', 'quiet', 'gone'].map((arn) => hasRunningExecution(client, arn));
    expect(await Promise.all(all)).toEqual([true, false, false]);
  });
});

const error = (name: string, message = 'said by AWS', code?: string) =>
  Object.assign(new Error(message), { name, ...(code === undefined ? {} : { code }) });

describe('what keeps somebody out', () => {
  it.each([
    [error('CredentialsProviderError'), 'there are no AWS credentials'],
    [error('ExpiredTokenException'), 'the AWS credentials have expired'],
    [error('UnrecognizedClientException'), 'AWS does not know these credentials'],
    [error('Error', 'Region is missing'), 'no AWS Region is chosen'],
    [error('Error', 'connect', 'ECONNREFUSED'), 'AWS cannot be reached'],
    [error('TimeoutError'), 'AWS cannot be reached'],
    [error('AccessDeniedException', 'you may not list'), 'AWS refuses: you may not list'],
  ])('is told in words, with something to try: %s', (thrown, message) => {
    const problem = accessProblem(thrown);
    expect(problem?.message).toBe(message);
    expect(problem?.hint).toMatch(/\w/);
  });

  it('is nothing that has another reason', () => {
    expect(accessProblem(new RangeError('a fault of ours'))).toBeUndefined();
    expect(accessProblem('a text')).toBeUndefined();
  });
});
