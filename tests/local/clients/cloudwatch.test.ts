// aws cloudwatch, as docs/runbook.md asks for figures. AWS CLI 2.9 sends forms and reads XML.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualClock } from '#lib/local/clock.ts';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { createMetrics } from '#lib/local/metrics/metrics.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';
import { START } from '../queues/local-queues.ts';
import { AWS_TIMEOUT_MILLIS, aws, awsJson, hasAws } from './aws-command.ts';

describe.skipIf(!hasAws)('aws cloudwatch', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let gateway: Gateway;
  const metrics = createMetrics({
    time: { business: new VirtualClock(START), infrastructure: SYSTEM_TIMERS, hold: () => () => undefined },
    place: { partition: 'aws', region: 'eu-central-1', account: '111122223333', endpoint: '' },
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
  });
  afterAll(() => gateway.close());

  const cloudwatch = (...args: string[]) => awsJson(gateway.endpoint, ['cloudwatch', ...args]);
  const alarm = (name: string, more: object) =>
    metrics.alarms.add(
      name,
      {
        AlarmName: name,
        ComparisonOperator: 'GreaterThanThreshold',
        EvaluationPeriods: 1,
        Threshold: 0,
        ...more,
      },
      '',
    );
  const times = ['--start-time', '2026-11-22T00:00:00Z', '--end-time', '2026-11-23T00:00:00Z'];

  it('gives what was measured and what was put', async () => {
    const dimensions = { FunctionName: '007' };
    metrics.put([
      {
        namespace: 'AWS/Lambda',
        name: 'Duration',
        dimensions,
        unit: 'Milliseconds',
        at: START,
        values: [12.5, 20],
      },
    ]);
    const of = [
      '--namespace',
      'AWS/Lambda',
      '--metric-name',
      'Duration',
      '--dimensions',
      'Name=FunctionName,Value=007',
    ];
    expect(
      await cloudwatch(
        'get-metric-statistics',
        ...of,
        ...times,
        '--period',
        '3600',
        '--statistics',
        'Maximum',
        'Sum',
      ),
    ).toEqual({
      Label: 'Duration',
      Datapoints: [{ Timestamp: '2026-11-22T09:00:00+00:00', Sum: 32.5, Maximum: 20, Unit: 'Milliseconds' }],
    });
    await cloudwatch(
      'put-metric-data',
      '--namespace',
      'Mine',
      '--metric-name',
      'Shoes',
      '--value',
      '7',
      '--unit',
      'Count',
      '--dimensions',
      'shop=Zoë & co',
    );
    expect(await cloudwatch('list-metrics', '--namespace', 'Mine')).toEqual({
      Metrics: [
        { Namespace: 'Mine', MetricName: 'Shoes', Dimensions: [{ Name: 'shop', Value: 'Zoë & co' }] },
      ],
    });
    const query = {
      Id: 'a',
      MetricStat: {
        Metric: { Namespace: 'Mine', MetricName: 'Shoes', Dimensions: [{ Name: 'shop', Value: 'Zoë & co' }] },
        Period: 60,
        Stat: 'Sum',
      },
    };
    expect(
      await cloudwatch('get-metric-data', ...times, '--metric-data-queries', JSON.stringify([query])),
    ).toMatchObject({
      MetricDataResults: [
        { Id: 'a', Timestamps: ['2026-11-22T09:00:00+00:00'], Values: [7], StatusCode: 'Complete' },
      ],
    });
  });

  it('tells of the alarms of the deployment, and that nothing evaluates them', async () => {
    alarm('wend-late', { Namespace: 'AWS/SQS', MetricName: 'Age', Period: 300, AlarmActions: ['arn:team'] });
    alarm('wend-failed', { Metrics: [{ Id: 'sum', Expression: 'a + b', ReturnData: true }] });
    alarm('other', {});
    const names = ['--query', 'MetricAlarms[].[AlarmName,StateValue]'];
    const wend = ['describe-alarms', '--alarm-name-prefix', 'wend-'];
    expect(await cloudwatch(...wend, '--page-size', '1', ...names)).toEqual([
      ['wend-failed', 'INSUFFICIENT_DATA'],
      ['wend-late', 'INSUFFICIENT_DATA'],
    ]);
    expect(await cloudwatch(...wend, '--state-value', 'ALARM', ...names)).toEqual([]);
    expect(await cloudwatch('describe-alarms', '--alarm-names', 'wend-late', 'wend-failed')).toMatchObject({
      MetricAlarms: [
        { Metrics: [{ Id: 'sum', Expression: 'a + b', ReturnData: true }] },
        {
          AlarmArn: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:wend-late',
          AlarmActions: ['arn:team'],
          Period: 300,
          StateReason: 'The local cloud does not evaluate alarms.',
          StateUpdatedTimestamp: '2026-11-22T09:00:00+00:00',
        },
      ],
    });
    const history = await aws(gateway.endpoint, ['cloudwatch', 'describe-alarm-history']);
    expect(history.stderr).toContain(
      'The local cloud does not have DescribeAlarmHistory of Amazon CloudWatch.',
    );
  });
});
