import * as cloudwatch from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualClock } from '#lib/local/clock.ts';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { MetricStore } from '#lib/local/metrics/metric-store.ts';
import { createMetrics } from '#lib/local/metrics/metrics.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { START } from '../queues/local-queues.ts';

const MINUTE = 60_000;
const measured = (at: number, ...values: number[]) => ({
  namespace: 'Wend',
  name: 'Sent',
  dimensions: { deployment: 'wend-test', channel: 'email' },
  unit: 'Count',
  at,
  values,
});

const Dimensions = [
  { Name: 'channel', Value: 'email' },
  { Name: 'deployment', Value: 'wend-test' },
];
const sent = { Namespace: 'Wend', MetricName: 'Sent', Dimensions };
const PLACE = { partition: 'aws', region: 'eu-central-1', account: '111122223333', endpoint: '' };
const day = { StartTime: new Date(START), EndTime: new Date(START + 1440 * MINUTE) };

function instant(minute: number): Date {
  return new Date(START + minute * MINUTE);
}

function query(Id: string, Unit?: 'Bytes'): cloudwatch.MetricDataQuery {
  return { Id, MetricStat: { Metric: sent, Period: 60, Stat: 'Sum', ...(Unit && { Unit }) } };
}

function put(datum: Partial<cloudwatch.MetricDatum>, Namespace = 'Mine'): cloudwatch.PutMetricDataCommand {
  return new cloudwatch.PutMetricDataCommand({ Namespace, MetricData: [{ MetricName: 'x', ...datum }] });
}

describe('Amazon CloudWatch', () => {
  let gateway: Gateway;
  let client: cloudwatch.CloudWatchClient;
  const clock = new VirtualClock(START);
  const metrics = createMetrics({
    time: { business: clock, infrastructure: SYSTEM_TIMERS, hold: () => () => undefined },
    place: PLACE,
  });
  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => Date.now(),
      onFault: (error) => {
        throw error;
      },
    });
    gateway.serve([metrics.service]);
    client = new cloudwatch.CloudWatchClient({
      endpoint: gateway.endpoint,
      region: 'eu-central-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    metrics.put([
      measured(START, 1, 2),
      measured(START + 59_999, 6),
      measured(START + 4 * MINUTE, 10),
      measured(START + 5 * MINUTE, 100),
    ]);
  });
  afterAll(async () => {
    client.destroy();
    await gateway.close();
  });

  it('sums up what was measured, by the periods that are asked for', async () => {
    const { Datapoints } = await client.send(
      new cloudwatch.GetMetricStatisticsCommand({
        ...sent,
        ...day,
        Period: 300,
        Statistics: ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'],
      }),
    );
    expect(Datapoints).toEqual([
      {
        Timestamp: new Date(START),
        SampleCount: 4,
        Sum: 19,
        Average: 4.75,
        Minimum: 1,
        Maximum: 10,
        Unit: 'Count',
      },
      {
        Timestamp: new Date(START + 5 * MINUTE),
        SampleCount: 1,
        Sum: 100,
        Average: 100,
        Minimum: 100,
        Maximum: 100,
        Unit: 'Count',
      },
    ]);
  });

  it('leaves out what was measured in the minute of the end', async () => {
    const { Datapoints } = await client.send(
      new cloudwatch.GetMetricStatisticsCommand({
        ...sent,
        StartTime: instant(4),
        EndTime: instant(5),
        Period: 60,
        Statistics: ['Sum'],
      }),
    );
    expect(Datapoints?.map(({ Sum }) => Sum)).toEqual([10]);
  });

  it('answers several questions at once, newest first unless it is asked otherwise', async () => {
    const MetricDataQueries = [query('sum'), query('none', 'Bytes')];
    const { MetricDataResults } = await client.send(
      new cloudwatch.GetMetricDataCommand({ ...day, MetricDataQueries }),
    );
    expect(MetricDataResults).toMatchObject([
      {
        Id: 'sum',
        Label: 'Sent',
        Timestamps: [instant(5), instant(4), instant(0)],
        Values: [100, 10, 9],
        StatusCode: 'Complete',
      },
      { Id: 'none', Timestamps: [], Values: [] },
    ]);
  });

  it('takes what clients put, at the present of the business where they say no time', async () => {
    await client.send(
      new cloudwatch.PutMetricDataCommand({
        Namespace: 'Mine',
        MetricData: [
          { MetricName: 'Shoes', Value: 4, Unit: 'Count' },
          { MetricName: 'Shoes', Values: [1, 2], Counts: [3, 1], Unit: 'Count' },
          {
            MetricName: 'Shoes',
            StatisticValues: { SampleCount: 2, Sum: 1, Minimum: 0, Maximum: 1 },
            Unit: 'Count',
          },
        ],
      }),
    );
    const mine = { Namespace: 'Mine', MetricName: 'Shoes', ...day, Period: 60 };
    const { Datapoints } = await client.send(
      new cloudwatch.GetMetricStatisticsCommand({ ...mine, Statistics: ['Sum', 'SampleCount', 'Minimum'] }),
    );
    expect(Datapoints).toEqual([
      { Timestamp: new Date(START), Sum: 10, SampleCount: 7, Minimum: 0, Unit: 'Count' },
    ]);
  });

  it('takes a large request, which the client packs', async () => {
    const MetricData = Array.from({ length: 400 }, (_, index) => ({ MetricName: `Large${index}`, Value: 1 }));
    await client.send(new cloudwatch.PutMetricDataCommand({ Namespace: 'Mine', MetricData }));
    const { Metrics } = await client.send(new cloudwatch.ListMetricsCommand({ MetricName: 'Large399' }));
    expect(Metrics).toEqual([{ Namespace: 'Mine', MetricName: 'Large399', Dimensions: [] }]);
  });

  it('lists metrics by namespace and dimensions', async () => {
    const { Metrics } = await client.send(
      new cloudwatch.ListMetricsCommand({
        Namespace: 'Wend',
        Dimensions: [{ Name: 'channel', Value: 'email' }, { Name: 'deployment' }],
      }),
    );
    expect(Metrics).toMatchObject([{ MetricName: 'Sent' }]);
    const none = await client.send(
      new cloudwatch.ListMetricsCommand({
        Namespace: 'Wend',
        Dimensions: [{ Name: 'channel', Value: 'sms' }],
      }),
    );
    expect(none.Metrics).toEqual([]);
  });

  it.each([
    ['InvalidParameterValueException', put({ Value: 1 }, 'AWS/SQS')],
    ['InvalidParameterValueException', put({ Value: 1, Timestamp: new Date(START - 15 * 1440 * MINUTE) })],
    ['InvalidParameterCombinationException', put({ Value: 1, Values: [1] })],
    [
      'InvalidParameterCombinationException',
      new cloudwatch.GetMetricStatisticsCommand({
        ...sent,
        StartTime: new Date(0),
        EndTime: new Date(START),
        Period: 60,
        Statistics: ['Sum'],
      }),
    ],
    [
      'NotImplemented',
      new cloudwatch.GetMetricDataCommand({
        ...day,
        MetricDataQueries: [{ Id: 'a', Expression: 'SUM(METRICS())' }],
      }),
    ],
    [
      'NotImplemented',
      new cloudwatch.GetMetricStatisticsCommand({ ...sent, ...day, Period: 60, ExtendedStatistics: ['p99'] }),
    ],
    ['NotImplemented', new cloudwatch.DescribeAlarmHistoryCommand({})],
    ['InvalidParameterValueException', new cloudwatch.DescribeAlarmsCommand({ MaxRecords: 101 })],
    ['InvalidNextToken', new cloudwatch.DescribeAlarmsCommand({ NextToken: 'x' })],
    [
      'InvalidParameterCombinationException',
      new cloudwatch.DescribeAlarmsCommand({ AlarmNames: ['a'], AlarmNamePrefix: 'a' }),
    ],
    ['NotImplemented', put({ Value: 1, StorageResolution: 1 })],
  ] as const)('refuses with %s', async (name, command) => {
    await expect(client.send(command as cloudwatch.PutMetricDataCommand)).rejects.toMatchObject({ name });
  });
});

describe('alarms', () => {
  it('have a name of their own, or one made for them, and no property that is not known', () => {
    const { alarms } = createMetrics({
      time: { business: new VirtualClock(START), infrastructure: SYSTEM_TIMERS, hold: () => () => undefined },
      place: PLACE,
    });
    expect(() => alarms.add('Odd', { EvaluationPeriods: 1, Colour: 'red' }, 'odd')).toThrow(/Odd.*Colour/);
    expect(alarms.add('Late', { EvaluationPeriods: 1, ComparisonOperator: 'x' }, 'shop-Late')).toEqual({
      name: 'shop-Late',
      arn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:shop-Late',
    });
  });
});

describe('the memory of metrics', () => {
  it('does not grow with the days that pass', () => {
    const store = new MetricStore();
    for (let minute = 0; minute < 5000; minute += 1) store.put(measured(START + minute * MINUTE, 1));
    const [series] = store.all();
    expect(series?.minutes.size).toBe(1440);
    expect([...(series?.minutes.keys() ?? [])].at(-1)).toBe(START / MINUTE + 4999);
  });

  it('does not grow with the names that are tried', () => {
    const store = new MetricStore();
    for (let index = 0; index < 3000; index += 1) store.put({ ...measured(START, 1), name: `N${index}` });
    expect([...store.all()].length).toBe(1000);
    expect([...store.all()].at(-1)?.name).toBe('N2999');
  });
});
