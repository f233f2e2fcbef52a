import type { Context, SQSRecord } from 'aws-lambda';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '#lib/contracts/faults.ts';
import { processQueue } from '#lib/runtime/batches.ts';
import { writtenLines } from './written-lines.ts';

const SECRET = 'ada@example.com';
const context = { functionName: 'f', awsRequestId: 'r' } as Context;
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const message = (messageId: string) => ({ messageId, body: SECRET }) as SQSRecord;

describe('a batch', () => {
  it('reports the records that failed, and only those', async () => {
    const handled: string[] = [];
    const answer = await processQueue(
      { Records: [message('a'), message('b'), message('c')] },
      context,
      writtenLines().surroundings,
      async ({ messageId }) => {
        if (messageId === 'b') throw new Fault('DocumentConflict', 'busy');
        handled.push(messageId);
      },
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
    expect(handled).toEqual(['a', 'c']);
  });

  it('is reported record by record even where all fail, so that the function itself has not failed', async () => {
    const answer = await processQueue(
      { Records: [message('1'), message('2')] },
      context,
      writtenLines().surroundings,
      async () => {
        throw new Error('down');
      },
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '2' }] });
  });

  it('tells the log and the metrics of a failure by name, never by what the record or the error says', async () => {
    const { lines, surroundings } = writtenLines();
    await processQueue({ Records: [message('a')] }, context, surroundings, async () => {
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
