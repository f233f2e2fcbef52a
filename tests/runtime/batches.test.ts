import type { Context, DynamoDBRecord, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { processQueue, processStream } from '#lib/runtime/batches.ts';
import { createLogger } from '#lib/runtime/logger.ts';
import { createMetrics } from '#lib/runtime/metrics.ts';

const SECRET = 'ada@example.com';
const context = { functionName: 'f', awsRequestId: 'r' } as Context;
const lines: string[] = [];

function surroundings() {
  lines.length = 0;
  const write = (line: string) => void lines.push(line);
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation(write);
  // Written by the console of this process, where the test can read it.
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
  return { logger: createLogger('wend-test'), counts: createMetrics('wend-test') };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const message = (messageId: string) => ({ messageId, body: SECRET }) as SQSRecord;
const change = (number: string) =>
  ({ eventID: number, dynamodb: { SequenceNumber: number } }) as DynamoDBRecord;

describe('a batch', () => {
  it('reports the records that failed, and only those', async () => {
    const handled: string[] = [];
    const answer = await processQueue(
      { Records: [message('a'), message('b'), message('c')] },
      context,
      surroundings(),
      async ({ messageId }) => {
        if (messageId === 'b') throw new Fault('DocumentConflict', 'busy');
        handled.push(messageId);
      },
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(handled).toEqual(['a', 'c']);
  });

  it('is reported record by record even where all fail, so that the function itself has not failed', async () => {
    const answer = await processStream(
      { Records: [change('1'), change('2')] },
      context,
      surroundings(),
      async () => {
        throw new Error('down');
      },
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }] });
  });

  it('tells the log and the metrics of a failure by name, never by what the record or the error says', async () => {
    await processQueue({ Records: [message('a')] }, context, surroundings(), async () => {
      throw new TypeError(`cannot read ${SECRET}`);
    });
    const written = lines.join('\n');
    expect(written).not.toContain(SECRET);
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { message: 'record failed', record: 'a', fault: 'TypeError' },
      {
        deployment: 'wend-test',
        RecordsFailed: 1,
        _aws: { CloudWatchMetrics: [{ Namespace: 'Wend', Dimensions: [['deployment']] }] },
      },
    ]);
  });
});
