// A table's stream read for a function: what passes, in which order, and what becomes of records that fail.
import { describe, expect, it } from 'vitest';
import { parseEventSourceMapping } from '#lib/local/event-sources/mapping-resource.ts';
import { ServiceError } from '#lib/local/gateway/service-error.ts';
import { turn } from '../time/fake-timers.ts';
import {
  eventSources,
  failing,
  FunctionError,
  READER_ARN,
  STREAM_ARN,
  type GivenRecord,
  type Sources,
} from './scripted-functions.ts';

const BUCKET = 'arn:aws:s3:::failures';
const HOUR = 3_600_000;

function reading(properties: Readonly<Record<string, unknown>> = {}, options = {}): Sources {
  const all = eventSources(options);
  all.sources.add(
    parseEventSourceMapping('Mapping', {
      EventSourceArn: STREAM_ARN,
      FunctionName: READER_ARN,
      StartingPosition: 'TRIM_HORIZON',
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ...properties,
    }),
  );
  return all;
}

const sequences = (records: readonly GivenRecord[]) => records.map(({ dynamodb }) => dynamodb.SequenceNumber);
const keys = (records: readonly GivenRecord[]) => records.map(({ dynamodb }) => dynamodb.Keys.pk.S);

/** Throws for a batch with this record in it. */
const failsFor = (key: string) => (records: readonly GivenRecord[]) => {
  if (keys(records).includes(key)) throw new FunctionError();
  return null;
};

describe('records', () => {
  it('come in batches in the order of the stream, and are trimmed when they are worked off', async () => {
    const all = reading({ BatchSize: 2 });
    const written = ['a', 'b', 'c'].map((key) => all.stream.write(key));
    all.sources.start();
    await turn();
    expect(all.calls.map(sequences)).toEqual([written.slice(0, 2), written.slice(2)]);
    expect(all.stream.trimmed).toBe(written[2]);
  });

  it('that no filter lets pass are worked off without a call', async () => {
    const pattern = JSON.stringify({ dynamodb: { NewImage: { todo: { S: [{ exists: true }] } } } });
    const all = reading({ FilterCriteria: { Filters: [{ Pattern: pattern }] } });
    all.sources.start();
    all.stream.write('a', { todo: { S: 'start' } });
    const last = all.stream.write('b');
    await turn();
    expect(all.calls.map(keys)).toEqual([['a']]);
    expect(all.stream.trimmed).toBe(last);
  });

  it('of one item stay in order, while others overtake one that fails', async () => {
    const all = reading({ ParallelizationFactor: 10, BatchSize: 1 });
    all.script = failsFor('slow');
    all.sources.start();
    const first = all.stream.write('slow');
    const others = ['b', 'c', 'd', 'e', 'f', 'g', 'h'].map((key) => all.stream.write(key));
    const second = all.stream.write('slow');
    await turn();
    const during = all.calls.flatMap(sequences);
    expect(others.filter((one) => during.includes(one)).length).toBeGreaterThan(3);
    expect(during).not.toContain(second);
    expect(all.stream.trimmed).toBe('');
    all.script = () => null;
    await all.timers.pass(10_000);
    const after = all.calls.flatMap(sequences);
    expect(after.indexOf(second)).toBeGreaterThan(after.lastIndexOf(first));
    expect(all.stream.trimmed).toBe(second);
  });

  it('are read for mappings that are listed page by page', () => {
    const list = reading().sources.routes.find(({ operation }) => operation === 'ListEventSourceMappings');
    const run = (query: object) =>
      list?.run({
        labels: {},
        query: new URLSearchParams({ ...query }),
        headers: {},
        body: Buffer.alloc(0),
        json: () => ({}),
      }) as {
        readonly EventSourceMappings: readonly { readonly UUID: string }[];
        readonly NextMarker?: string;
      };
    const [only] = run({ MaxItems: '1' }).EventSourceMappings;
    expect(run({ MaxItems: '1' })).not.toHaveProperty('NextMarker');
    expect(run({ Marker: only?.UUID ?? '' }).EventSourceMappings).toEqual([]);
    for (const wrong of [{ Marker: 'nowhere' }, { MaxItems: '0' }, { MaxItems: 'many' }])
      expect(() => run(wrong)).toThrow(expect.objectContaining({ name: 'InvalidParameterValueException' }));
  });

  it('wait while the mapping is switched off, and come when it is on again', async () => {
    const all = reading();
    all.sources.start();
    const run = (operation: string, UUID: string, body: unknown): unknown =>
      all.sources.routes
        .find((route) => route.operation === operation)
        ?.run({
          labels: { UUID },
          query: new URLSearchParams(),
          headers: {},
          body: Buffer.alloc(0),
          json: () => body,
        });
    const { EventSourceMappings: listed } = run('ListEventSourceMappings', '', {}) as {
      EventSourceMappings: { UUID: string; State: string }[];
    };
    const id = listed[0]?.UUID ?? '';
    run('UpdateEventSourceMapping', id, { Enabled: false });
    all.stream.write('a');
    await turn();
    expect(all.calls).toEqual([]);
    expect(run('GetEventSourceMapping', id, {})).toMatchObject({ State: 'Disabled' });
    run('UpdateEventSourceMapping', id, { Enabled: true });
    await turn();
    expect(all.calls.map(keys)).toEqual([['a']]);
    expect(run('GetEventSourceMapping', id, {})).toMatchObject({
      State: 'Enabled',
      LastProcessingResult: 'OK',
    });
    expect(() => run('UpdateEventSourceMapping', id, { BatchSize: 3 })).toThrow(/BatchSize/);
  });

  it('come once more where chaos has it so, before those behind them', async () => {
    let times = 1;
    const happens = (mishap: string) => mishap === 'stream record comes twice' && (times -= 1) >= 0;
    const all = reading({ BatchSize: 1 }, { chaos: { happens, millis: () => 0 } });
    all.stream.write('a');
    all.stream.write('b');
    all.sources.start();
    await turn();
    expect(all.calls.flatMap(keys)).toEqual(['a', 'a', 'b']);
  });
});

describe('what fails', () => {
  it('is tried again from the first failed record on', async () => {
    const all = reading();
    const written = ['a', 'b', 'c'].map((key) => all.stream.write(key));
    all.script = () => failing(...(all.calls.length === 1 ? [written[1] ?? ''] : []));
    all.sources.start();
    await turn();
    await all.timers.pass(1000);
    expect(all.calls.map(keys)).toEqual([
      ['a', 'b', 'c'],
      ['b', 'c'],
    ]);
  });

  it('is halved, which costs no attempt, until the bad record is alone', async () => {
    const all = reading({
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: BUCKET } },
    });
    for (const key of ['a', 'b', 'bad', 'd']) all.stream.write(key);
    all.script = failsFor('bad');
    all.sources.start();
    await turn();
    await all.timers.pass(5000);
    expect(all.calls.map(keys)).toEqual([
      ['a', 'b', 'bad', 'd'],
      ['a', 'b'],
      ['bad', 'd'],
      ['bad'],
      ['bad'],
      ['d'],
    ]);
    expect(all.objects).toHaveLength(1);
  });

  it('too often is kept in the bucket as AWS does, and those behind it go on', async () => {
    const all = reading({
      BatchSize: 1,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: BUCKET } },
    });
    const bad = all.stream.write('bad');
    const good = all.stream.write('good');
    all.script = failsFor('bad');
    all.sources.start();
    await turn();
    await all.timers.pass(10_000);
    expect(all.calls.map(keys)).toEqual([['bad'], ['bad'], ['bad'], ['good']]);
    expect(all.stream.trimmed).toBe(good);
    const [bucket, key, body] = all.objects[0] ?? [];
    expect(bucket).toBe(BUCKET);
    expect(key).toMatch(
      /^aws\/lambda\/[\da-f-]{36}\/shardId-[\d-]+\/2026\/06\/01\/2026-06-01T12\.00\.00-[\da-f-]{36}$/,
    );
    const { payload, ...about } = JSON.parse(body ?? '') as { payload: string };
    expect(about).toEqual({
      requestContext: {
        requestId: 'call-3',
        functionArn: READER_ARN,
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-06-01T12:00:00.000Z',
      DDBStreamBatchInfo: {
        shardId: expect.any(String) as string,
        startSequenceNumber: bad,
        endSequenceNumber: bad,
        approximateArrivalOfFirstRecord: '2026-06-01T12:00:00Z',
        approximateArrivalOfLastRecord: '2026-06-01T12:00:00Z',
        batchSize: 1,
        streamArn: STREAM_ARN,
      },
    });
    expect(keys((JSON.parse(payload) as { Records: GivenRecord[] }).Records)).toEqual(['bad']);
  });

  it('for want of room is no attempt, and is given up only when the records are too old', async () => {
    const all = reading({
      MaximumRetryAttempts: 1,
      MaximumRecordAgeInSeconds: 3600,
      DestinationConfig: { OnFailure: { Destination: BUCKET } },
    });
    all.stream.write('a');
    all.script = () => {
      throw new ServiceError('TooManyRequestsException', 'Rate Exceeded.', 429);
    };
    all.sources.start();
    await turn();
    await all.timers.pass(HOUR - 61_000);
    expect(all.calls.length).toBeGreaterThan(30);
    expect(all.objects).toEqual([]);
    await all.timers.pass(122_000);
    expect(all.objects.map(([, , body]) => JSON.parse(body) as unknown)).toMatchObject([
      { requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 } },
    ]);
  });
});

describe('a fault of the local cloud itself', () => {
  it('in a call is told, and counts as a failed call: it is tried again, and those behind it come', async () => {
    const faults: unknown[] = [];
    const all = reading({ BatchSize: 1 }, { onFault: (error: unknown) => faults.push(error) });
    const broken = new Error('no thread can be started');
    all.script = () => {
      if (all.calls.length === 1) throw broken;
      return null;
    };
    all.stream.write('a');
    const last = all.stream.write('b');
    all.sources.start();
    await turn();
    expect(faults).toEqual([broken]);
    await all.timers.pass(1000);
    expect(all.calls.map(keys)).toEqual([['a'], ['a'], ['b']]);
    expect(all.stream.trimmed).toBe(last);
    expect(faults).toHaveLength(1);
  });

  it('in each call is kept in the bucket in the end, as AWS keeps one that nothing has answered', async () => {
    const faults: unknown[] = [];
    const all = reading(
      { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: BUCKET } } },
      { onFault: (error: unknown) => faults.push(error) },
    );
    all.script = () => {
      throw new Error('no thread can be started');
    };
    const last = all.stream.write('a');
    all.sources.start();
    await turn();
    await all.timers.pass(10_000);
    expect(faults).toHaveLength(2);
    expect(all.objects.map(([, , body]) => JSON.parse(body) as unknown)).toMatchObject([
      { requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 } },
    ]);
    expect(all.stream.trimmed).toBe(last);
  });

  it('in keeping what was given up is told, and those behind it come', async () => {
    const faults: unknown[] = [];
    const all = reading(
      { BatchSize: 1, MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination: BUCKET } } },
      {
        onFault: (error: unknown) => faults.push(error),
        putObject: () => Promise.reject(new Error('the disk is full')),
      },
    );
    all.stream.write('bad');
    const last = all.stream.write('good');
    all.script = failsFor('bad');
    all.sources.start();
    await turn();
    await all.timers.pass(10_000);
    expect(faults).toMatchObject([{ cause: { message: 'the disk is full' } }]);
    expect(all.stream.trimmed).toBe(last);
  });

  it('in writing down how far it is stops nobody', async () => {
    const faults: unknown[] = [];
    const all = reading({ BatchSize: 1 }, { onFault: (error: unknown) => faults.push(error) });
    all.script = () => null;
    const trim = all.stream.trim.bind(all.stream);
    all.stream.trim = () => {
      all.stream.trim = trim;
      throw new Error('the disk is full');
    };
    all.stream.write('a');
    const last = all.stream.write('b');
    all.sources.start();
    await turn();
    expect(all.calls.map(keys)).toEqual([['a'], ['b']]);
    expect(faults).toMatchObject([{ message: 'the disk is full' }]);
    expect(all.stream.trimmed).toBe(last);
  });
});

const parsing = (properties: object) => () =>
  parseEventSourceMapping('Relay', {
    EventSourceArn: STREAM_ARN,
    FunctionName: 'reader',
    StartingPosition: 'LATEST',
    ...properties,
  });

describe('a mapping', () => {
  it('that this machine cannot run is refused by its name, with each reason', () => {
    expect(parsing({ TumblingWindowInSeconds: 3 })).toThrow(/Relay.*TumblingWindowInSeconds/);
    expect(parsing({ BatchSize: 0 })).toThrow(/Relay.*BatchSize/);
    expect(parsing({ MaximumBatchingWindowInSeconds: 5 })).toThrow(
      /Relay.*MaximumBatchingWindowInSeconds.*only 0/,
    );
    expect(parsing({ MaximumBatchingWindowInSeconds: 0 })).not.toThrow();
    expect(parsing({ EventSourceArn: 'arn:aws:kinesis:eu-central-1:1:stream/a' })).toThrow(/neither a queue/);
  });
});
