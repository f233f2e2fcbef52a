import type { Context, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { endingsBatch } from '#lib/runtime/relay/endings-batch.ts';
import { writtenLines } from '../written-lines.ts';

const context = { functionName: 'record-endings', awsRequestId: 'r' } as Context;
const ARN = 'arn:aws:states:eu-central-1:123456789012:execution:wend-test-welcome-v1:0-1';
const RUN = { run: '0'.repeat(24), leg: 1, customer: 'c'.repeat(32), journey: 'welcome', version: 'v1' };
const INPUT = JSON.stringify(RUN);
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** As EventBridge puts it into the queue, with what the tests leave out. */
function event(detail: object): string {
  return JSON.stringify({
    version: '0',
    id: '315c1398-40ff-a850-213b-158f73e60175',
    'detail-type': 'Step Functions Execution Status Change',
    source: 'aws.states',
    detail: {
      executionArn: ARN,
      stateMachineArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:wend-test-welcome-v1',
      startDate: 1548148840101,
      stopDate: 1548148840122,
      output: null,
      inputDetails: { included: true },
      outputDetails: null,
      ...detail,
    },
  });
}

async function record(bodies: readonly string[], known?: string, failure?: Error) {
  const told: string[] = [];
  const asked: string[] = [];
  const dead: string[] = [];
  const recording = {
    ...writtenLines().surroundings,
    inputOf: (arn: string) => {
      asked.push(arn);
      return Promise.resolve(known);
    },
    ended: async (run: typeof RUN, status: string) => {
      if (failure !== undefined) throw failure;
      told.push(`${run.run} ${status}`);
      return Promise.resolve();
    },
    deadLetters: {
      put: async (_: string, reason: string) => {
        dead.push(reason);
        return Promise.resolve();
      },
    },
  };
  const records = bodies.map((body, index) => ({ messageId: String(index), body }) as SQSRecord);
  const { batchItemFailures } = await endingsBatch(recording, { Records: records }, context);
  return { told, asked, dead, again: batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) };
}

describe('executions that have ended by themselves', () => {
  it.each([
    ['FAILED', 'failed'],
    ['TIMED_OUT', 'timed out'],
    ['ABORTED', 'aborted'],
  ])('their documents are told: %s', async (status, words) => {
    expect(await record([event({ status, input: INPUT })])).toEqual({
      told: [`${RUN.run} ${words}`],
      asked: [],
      dead: [],
      again: [],
    });
  });

  it.each([{ inputDetails: { included: false } }, { input: null, inputDetails: { included: false } }])(
    'whose event came without input are asked for it',
    async (without) => {
      const { told, asked } = await record([event({ status: 'FAILED', ...without })], INPUT);
      expect(asked).toEqual([ARN]);
      expect(told).toEqual([`${RUN.run} failed`]);
    },
  );

  it('what is no run of ours is a dead letter with the reason, and keeps nobody else from being told', async () => {
    const { told, dead, again } = await record([
      'no JSON',
      JSON.stringify({ detail: {} }),
      event({ status: 'FAILED', input: '{"by":"hand"}' }),
      event({ status: 'FAILED', inputDetails: { included: false } }),
      event({ status: 'FAILED', input: INPUT }),
    ]);
    expect(dead).toEqual([
      'no status event of an execution',
      'no status event of an execution',
      'the execution is no run of a journey',
      'the event has no input, and the execution is not known any more',
    ]);
    expect(told).toHaveLength(1);
    expect(again).toEqual([]);
  });

  it('a document that cannot be written now is told again', async () => {
    const busy = new Fault('DocumentConflict', 'busy');
    expect(await record([event({ status: 'FAILED', input: INPUT })], undefined, busy)).toMatchObject({
      dead: [],
      again: ['0'],
    });
  });

  it('each that was given up is counted, once it is told', async () => {
    const { lines, surroundings } = writtenLines();
    const bodies = ['FAILED', 'TIMED_OUT', 'ABORTED'].map((status) => event({ status, input: INPUT }));
    const records = [...bodies, 'no JSON'].map(
      (body, index) => ({ messageId: String(index), body }) as SQSRecord,
    );
    const recording = {
      ...surroundings,
      inputOf: () => Promise.resolve(undefined),
      ended: () => Promise.resolve(),
      deadLetters: { put: () => Promise.resolve() },
    };
    await endingsBatch(recording, { Records: records }, context);
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({ RunsFailed: [1, 1, 1], RecordsFailed: 1 }),
    );
  });
});
