// CloudWatch Logs as clients that page through it meet it; by hand, since AWS CLI is not everywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VirtualClock } from '#lib/local/clock.ts';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { LogStore } from '#lib/local/logs/log-store.ts';
import { createLogs } from '#lib/local/logs/logs.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

const START = Date.parse('2026-03-02T08:00:00Z');
const GROUP = '/aws/lambda/send';

describe('Amazon CloudWatch Logs', () => {
  let gateway: Gateway;
  const logs = createLogs({
    time: { business: new VirtualClock(START), infrastructure: SYSTEM_TIMERS, hold: () => () => undefined },
    place: { partition: 'aws', region: 'eu-central-1', account: '111122223333', endpoint: '' },
  });
  beforeAll(async () => {
    gateway = await openGateway({
      port: 0,
      now: () => START,
      onFault: (error) => {
        throw error;
      },
    });
    gateway.serve([logs.service]);
    logs.addGroup('Group', { LogGroupName: '/quiet', RetentionInDays: 30 }, 'none');
    for (const minute of [0, 1, 2, 3, 4])
      logs.append(GROUP, {
        at: START + minute * 60_000,
        stream: minute % 2 === 0 ? 'even' : 'odd',
        message: `line ${minute}`,
      });
  });
  afterAll(() => gateway.close());

  const ask = async (operation: string, input: unknown) => {
    const response = await fetch(gateway.endpoint, {
      method: 'POST',
      headers: {
        authorization: 'AWS4-HMAC-SHA256 Credential=a/20260302/eu-central-1/logs/aws4_request',
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `Logs_20140328.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, told: (await response.json()) as Record<string, unknown> };
  };
  const messages = async (input: object) => {
    const { told } = await ask('FilterLogEvents', { logGroupName: GROUP, ...input });
    return (told['events'] as readonly { readonly message: string }[]).map(({ message }) => message.slice(5));
  };

  it('hands out lines page by page, and those that come meanwhile behind them', async () => {
    const first = await ask('FilterLogEvents', { logGroupName: GROUP, limit: 2 });
    expect(first.told).toMatchObject({
      events: [
        {
          message: 'line 0',
          timestamp: START,
          logStreamName: 'even',
          eventId: expect.stringMatching(/^\d{56}$/),
        },
        { message: 'line 1' },
      ],
    });
    expect(await messages({ nextToken: first.told['nextToken'], limit: 3 })).toEqual(['2', '3', '4']);
  });

  it('finds lines by time, stream and pattern', async () => {
    expect(await messages({ startTime: START + 60_000, endTime: START + 180_000 })).toEqual(['1', '2', '3']);
    expect(await messages({ logStreamNames: ['odd'] })).toEqual(['1', '3']);
    expect(await messages({ logStreamNamePrefix: 'ev', filterPattern: '-2' })).toEqual(['0', '4']);
  });

  it('tells of groups and streams, also of those in which nothing stands yet', async () => {
    expect((await ask('DescribeLogGroups', { limit: 1 })).told).toMatchObject({
      logGroups: [{ logGroupName: GROUP, storedBytes: 30 }],
      nextToken: '1',
    });
    expect((await ask('DescribeLogGroups', { logGroupNamePrefix: '/q' })).told).toMatchObject({
      logGroups: [{ logGroupName: '/quiet', retentionInDays: 30, creationTime: START }],
    });
    const asked = { logGroupIdentifier: `arn:aws:logs:eu-central-1:111122223333:log-group:${GROUP}` };
    const streams = await ask('DescribeLogStreams', { ...asked, orderBy: 'LastEventTime', descending: true });
    expect(streams.told).toMatchObject({
      logStreams: [{ logStreamName: 'even', lastEventTimestamp: START + 240_000 }, { logStreamName: 'odd' }],
    });
    expect(await messages({ logGroupName: '/quiet' })).toEqual([]);
  });

  it.each([
    [{}, 400, 'InvalidParameterException'],
    [{ logGroupName: '/nowhere' }, 400, 'ResourceNotFoundException'],
    [{ logGroupName: GROUP, logGroupIdentifier: GROUP }, 400, 'InvalidParameterException'],
    [{ logGroupName: GROUP, limit: 10_001 }, 400, 'InvalidParameterException'],
    [{ logGroupName: GROUP, nextToken: 'x' }, 400, 'InvalidParameterException'],
    [
      { logGroupName: GROUP, logStreamNames: ['a'], logStreamNamePrefix: 'a' },
      400,
      'InvalidParameterException',
    ],
    [{ logGroupName: GROUP, unmask: true }, 501, 'NotImplemented'],
  ])('%j is refused', async (input, status, name) => {
    expect(await ask('FilterLogEvents', input)).toMatchObject({ status, told: { __type: name } });
  });
});

it('a group keeps the newest of its lines, however many are written', () => {
  const store = new LogStore();
  for (let at = 0; at < 10_000; at += 1) store.append('g', { at, stream: 's', message: 'x' });
  const lines = store.find('g')?.lines ?? [];
  expect(lines.length).toBeLessThan(2200);
  expect(lines.at(-1)?.at).toBe(9999);
  expect(lines[0]?.at).toBe(10_000 - lines.length);
});
