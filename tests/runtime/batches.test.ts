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

const message = (messageId: string, attempt = 1) =>
  ({ messageId, body: SECRET, attributes: { ApproximateReceiveCount: String(attempt) } }) as SQSRecord;

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

  it('puts what cannot be read among the dead letters at once, and what has failed for the last time, each with its reason', async () => {
    const { dead, surroundings } = writtenLines();
    const failures: Record<string, Error> = {
      unreadable: new Fault('PayloadNotUnderstood', 'the message is no JSON'),
      last: new Fault('UnknownVersion', 'journey@v9 is not known here'),
      early: new TypeError(`cannot read ${SECRET}`),
    };
    const answer = await processQueue(
      { Records: [message('unreadable'), message('last', 5), message('early', 4), message('good', 5)] },
      context,
      surroundings,
      async ({ messageId }) => {
        const failure = failures[messageId];
        if (failure !== undefined) throw failure;
      },
    );
    expect(dead).toEqual([
      { body: SECRET, reason: 'the message is no JSON' },
      { body: SECRET, reason: 'UnknownVersion' },
    ]);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'early' }] });
  });

  it('has what cannot be put among the dead letters come again', async () => {
    const deadLetters = { put: () => Promise.reject(new Fault('QueueUnavailable', 'down')) };
    const answer = await processQueue(
      { Records: [message('a', 5)] },
      context,
      { ...writtenLines().surroundings, deadLetters },
      async () => {
        throw new Fault('DocumentConflict', 'busy');
      },
    );
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'a' }] });
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
