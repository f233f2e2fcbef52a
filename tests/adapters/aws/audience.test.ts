import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAudience } from '#lib/adapters/aws/audience.ts';
import { createUntold } from '#lib/adapters/aws/untold.ts';
import { untoldCustomerSchema, type AudienceInput } from '#lib/contracts/audience.ts';

const ARN = 'arn:aws:states:eu-central-1:123456789012:stateMachine:wend-test_audience';
const INPUT: AudienceInput = { kind: 'event', id: 'restocked ä 1' };

const settings = { region: 'eu-central-1' };
const machines = new SFNClient(settings);
const stepFunctions = mockClient(machines);
const queueClient = new SQSClient(settings);
const queues = mockClient(queueClient);
const audience = createAudience(machines, ARN);

beforeEach(() => {
  stepFunctions.reset();
  queues.reset();
});

function failure(name: string): Error {
  return Object.assign(new Error('no'), { name });
}

describe('the machine of audiences', () => {
  it('is started with ids alone, by the same name whoever asks and however often', async () => {
    stepFunctions.on(StartExecutionCommand).resolves({});
    expect([await audience.start(INPUT), await audience.start({ ...INPUT })]).toEqual(['started', 'started']);
    const [first, second] = stepFunctions
      .commandCalls(StartExecutionCommand)
      .map(({ args }) => args[0].input);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ stateMachineArn: ARN, input: JSON.stringify(INPUT) });
    expect(first?.name).toMatch(/^event-[0-9a-f]{24}$/);
  });

  it('is not started again for what everybody was asked before', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(failure('ExecutionAlreadyExists'));
    expect(await audience.start(INPUT)).toBe('already there');
  });

  it.each(['ThrottlingException', 'StateMachineDoesNotExist', 'TimeoutError'])(
    'says so where it was not taken: %s',
    async (name) => {
      stepFunctions.on(StartExecutionCommand).rejects(failure(name));
      await expect(audience.start(INPUT)).rejects.toMatchObject({ name });
    },
  );
});

describe('customers who could not be asked', () => {
  it('are kept with what they are to be asked, and why they were not', async () => {
    queues.on(SendMessageCommand).resolves({});
    const customer = 'ab'.repeat(16);
    await createUntold(queueClient, 'https://queue', INPUT).keep(customer, 'DocumentConflict');
    const body = queues.commandCalls(SendMessageCommand)[0]?.args[0].input.MessageBody ?? '';
    expect(untoldCustomerSchema.parse(JSON.parse(body))).toEqual({
      customer,
      input: INPUT,
      reason: 'DocumentConflict',
    });
  });
});
