// Calls that nobody waits for: they are tried again, given up, and kept over a restart.
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '#lib/local/asl/json.ts';
import { parseEventInvoke } from '#lib/local/functions/function-resource.ts';
import type { Journal, JournalPart } from '#lib/local/journal/journal.ts';
import { FakeTimers } from '../time/fake-timers.ts';
import { runningFunctions, type RunningFunctions } from './functions-fixture.ts';

const QUEUE = 'arn:aws:sqs:eu-central-1:111122223333:failures';
/** Says on its log which attempt this is, and fails as often as the event asks for. */
const FAILS = `let attempts = 0; export const handler = async ({ failures }) => {
  attempts += 1; console.log(attempts); if (attempts <= failures) throw new RangeError('no'); };`;

let running: RunningFunctions;
afterEach(() => running.close());

async function started(name: string, payload: object): Promise<number | undefined> {
  const { StatusCode: status } = await running.client.send(
    new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload: JSON.stringify(payload) }),
  );
  return status;
}

const attempts = () => running.lines.map(({ line }) => (JSON.parse(line) as { message: number }).message);
const calls = () =>
  running.metrics.filter(({ name, dimensions }) => name === 'Errors' && 'FunctionName' in dimensions).length;

const snapshotOf = (parts: readonly JournalPart[]) =>
  parts.flatMap((part) => Array.from(part.snapshot() as Iterable<Json>));

describe('an asynchronous call', () => {
  it('is answered before it is made, made again after one minute and after two, and then given up', async () => {
    const timers = new FakeTimers();
    running = await runningFunctions({ timers });
    running.add('fails', FAILS);
    expect(await started('fails', { failures: 9 })).toBe(202);
    await running.until(() => calls() === 1);
    expect(running.held()).toBe(0);
    await timers.pass(59_000);
    expect(calls()).toBe(1);
    await timers.pass(1000);
    await running.until(() => calls() === 2);
    await timers.pass(119_000);
    expect(calls()).toBe(2);
    await timers.pass(1000);
    await running.until(() => calls() === 3);
    await timers.pass(3_600_000);
    expect(calls()).toBe(3);
    expect(running.givenUp).toEqual(['fails: RetriesExhausted']);
  });

  it('that is given up is told to the destination, as AWS tells it', async () => {
    running = await runningFunctions();
    const arn = running.add('fails', FAILS);
    running.functions.addEventInvoke(
      parseEventInvoke('Config', {
        FunctionName: 'fails',
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 0,
        DestinationConfig: { OnFailure: { Destination: QUEUE } },
      }),
    );
    await started('fails', { failures: 9 });
    await running.until(() => running.delivered.length === 1);
    expect(running.delivered[0]).toEqual([
      QUEUE,
      {
        version: '1.0',
        timestamp: '2031-05-06T07:08:09.000Z',
        requestContext: {
          requestId: expect.any(String) as string,
          functionArn: `${arn}:$LATEST`,
          condition: 'RetriesExhausted',
          approximateInvokeCount: 1,
        },
        requestPayload: { failures: 9 },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        responsePayload: expect.objectContaining({ errorType: 'RangeError' }) as object,
      },
    ]);
  });

  it('that was accepted is made by the next run, if its end was not seen', async () => {
    const written: Json[] = [];
    const parts: JournalPart[] = [];
    const journal: Journal = {
      register: (part) => void parts.push(part),
      append: (_, record) => void written.push(record),
    };
    running = await runningFunctions({ journal, timers: new FakeTimers() });
    running.add('fails', FAILS);
    await started('fails', { failures: 1 });
    await running.until(() => calls() === 1);
    await running.close();

    parts.length = 0;
    running = await runningFunctions({ journal });
    running.add('fails', FAILS);
    for (const record of written.splice(0)) await parts[0]?.restore(record);
    running.functions.resume();
    await running.until(() => attempts().length === 1);
    expect(attempts()).toEqual([1]);
    expect(snapshotOf(parts)).toHaveLength(1);
  });

  it('that has worked leaves nothing behind', async () => {
    const written: Json[] = [];
    const parts: JournalPart[] = [];
    running = await runningFunctions({
      journal: {
        register: (part) => void parts.push(part),
        append: (_, record) => void written.push(record),
      },
    });
    running.add('fails', FAILS);
    await started('fails', { failures: 0 });
    await running.until(() => calls() === 1);
    expect(written).toHaveLength(2);
    expect(snapshotOf(parts)).toEqual([]);
  });
});
