// Schedules as real clients of EventBridge Scheduler see them, through the gateway.
import {
  CreateScheduleCommand,
  DeleteScheduleCommand,
  GetScheduleCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
  type ListScheduleGroupsCommandInput,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FUNCTION, startSchedules, type StartedSchedules } from './schedules-fixture.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let started: StartedSchedules;
let client: SchedulerClient;

beforeEach(async () => {
  started = await startSchedules();
  client = clientOf(started);
});

afterEach(async () => {
  client.destroy();
  await started.close();
});

const clientOf = ({ endpoint }: StartedSchedules) =>
  new SchedulerClient({
    endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });

const schedule = (expression: string, more: object = {}): CreateScheduleCommandInput => ({
  Name: 'look',
  ScheduleExpression: expression,
  FlexibleTimeWindow: { Mode: 'OFF' },
  Target: {
    Arn: FUNCTION,
    RoleArn: 'arn:aws:iam::123456789012:role/any',
    ...('Target' in more ? (more.Target as object) : {}),
  },
  ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'Target')),
});
const create = (expression: string, more: object = {}) =>
  client.send(new CreateScheduleCommand(schedule(expression, more)));
const listGroups = (input: ListScheduleGroupsCommandInput) =>
  client.send(new ListScheduleGroupsCommand(input));
const times = (): string[] => started.calls.map(({ at }) => new Date(at).toISOString().slice(11, 16));

describe('a schedule', () => {
  it('at a rate fires at once, and then at that rate of business time', async () => {
    await create('rate(20 minutes)');
    await started.clock.runUntil(started.clock.now() + HOUR);
    expect(times()).toEqual(['08:00', '08:20', '08:40', '09:00']);
  });

  it('by a calendar fires in its zone', async () => {
    await create('cron(30 10 * * ? *)', { ScheduleExpressionTimezone: 'Europe/Berlin' });
    await started.clock.runUntil(started.clock.now() + 2 * HOUR);
    expect(times()).toEqual(['09:30']);
  });

  it('fires between its start and its end', async () => {
    await create('rate(30 minutes)', {
      StartDate: new Date('2026-11-22T08:45:00Z'),
      EndDate: new Date('2026-11-22T09:50:00Z'),
    });
    await started.clock.runUntil(started.clock.now() + 5 * HOUR);
    expect(times()).toEqual(['08:45', '09:15', '09:45']);
  });

  it('does nothing while it is disabled', async () => {
    await create('rate(30 minutes)', { State: 'DISABLED' });
    await started.clock.runUntil(started.clock.now() + HOUR);
    expect(times()).toEqual([]);
  });

  it('that happens once can be gone afterwards', async () => {
    await create('at(2026-11-22T08:30:00)', { ActionAfterCompletion: 'DELETE' });
    expect((await client.send(new ListSchedulesCommand({}))).Schedules).toHaveLength(1);
    await started.clock.runUntil(started.clock.now() + HOUR);
    expect(times()).toEqual(['08:30']);
    expect((await client.send(new ListSchedulesCommand({}))).Schedules).toEqual([]);
  });

  it('tells its target when and why, where nothing else is said', async () => {
    await create('at(2026-11-22T08:30:00)');
    await started.clock.runUntil(started.clock.now() + HOUR);
    expect(JSON.parse(started.calls[0]?.payload ?? '')).toMatchObject({
      source: 'aws.scheduler',
      'detail-type': 'Scheduled Event',
      time: '2026-11-22T08:30:00Z',
      resources: ['arn:aws:scheduler:eu-west-1:123456789012:schedule/default/look'],
      detail: '{}',
    });
  });

  it('fills what is known of a firing into its input, anew for each attempt', async () => {
    const Input = '{"when":"<aws.scheduler.scheduled-time>","attempt":<aws.scheduler.attempt-number>}';
    await create('at(2026-11-22T08:30:00)', { Target: { Input } });
    started.refuse(1);
    await started.clock.runUntil(started.clock.now() + HOUR);
    await started.pass(2_000);
    expect(started.calls.map(({ payload }) => payload)).toEqual([
      '{"when":"2026-11-22T08:30:00Z","attempt":2}',
    ]);
  });

  it('puts what cannot be delivered into its dead-letter queue', async () => {
    await create('at(2026-11-22T08:30:00)', {
      Target: {
        RetryPolicy: { MaximumRetryAttempts: 0 },
        DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-1:1:dead' },
      },
    });
    started.refuse(1);
    await started.clock.runUntil(started.clock.now() + HOUR);
    expect(started.letters).toMatchObject([
      {
        attributes: {
          SCHEDULE_ARN: 'arn:aws:scheduler:eu-west-1:123456789012:schedule/default/look',
          SCHEDULED_TIME: '2026-11-22T08:30:00Z',
          TARGET_ARN: FUNCTION,
          ERROR_CODE: 'UNKNOWN',
          RETRY_ATTEMPTS: '0',
        },
      },
    ]);
  });
});

describe('firings of one schedule', () => {
  it('do not overlap, and what comes due meanwhile is one', async () => {
    started.last(4.5 * MINUTE);
    await create('rate(1 minute)');
    await started.clock.runUntil(started.clock.now() + 10 * MINUTE);
    expect(times()).toEqual(['08:00', '08:04', '08:09']);
    expect(started.mostAtOnce).toBe(1);
  });

  it('are passed over where they would find nothing', async () => {
    started.skip((name, instant) => name === 'look' && new Date(instant).getUTCMinutes() % 5 !== 0);
    await create('rate(1 minute)');
    await started.clock.runUntil(started.clock.now() + 12 * MINUTE);
    expect(times()).toEqual(['08:00', '08:05', '08:10']);
  });

  it('are passed over as well where they came due while another took place', async () => {
    started.last(1.5 * MINUTE);
    started.skip((_, instant) => new Date(instant).getUTCMinutes() % 2 === 1);
    await create('rate(1 minute)');
    await started.clock.runUntil(started.clock.now() + 5 * MINUTE);
    expect(times()).toEqual(['08:00', '08:02', '08:04']);
  });
});

describe('the operations', () => {
  it('tell what was made, and change it', async () => {
    await create('rate(1 hour)', { Description: 'looks' });
    const told = await client.send(new GetScheduleCommand({ Name: 'look' }));
    expect(told).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      State: 'ENABLED',
      GroupName: 'default',
      CreationDate: new Date('2026-11-22T08:00:00Z'),
    });
    await client.send(new UpdateScheduleCommand(schedule('rate(2 hours)')));
    await started.clock.runUntil(started.clock.now() + 3 * HOUR);
    expect(times()).toEqual(['08:00', '10:00']);
    expect((await client.send(new GetScheduleCommand({ Name: 'look' }))).Description).toBeUndefined();
    const { ScheduleGroups } = await client.send(new ListScheduleGroupsCommand({}));
    expect(ScheduleGroups?.map(({ Name }) => Name)).toEqual(['default']);
  });

  it('hand out groups in pages as well', async () => {
    expect((await listGroups({ MaxResults: 1 })).ScheduleGroups).toHaveLength(1);
    const behind = Buffer.from('1').toString('base64');
    expect((await listGroups({ NextToken: behind })).ScheduleGroups).toEqual([]);
    await expect(listGroups({ MaxResults: 0 })).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('end a schedule that is deleted', async () => {
    await create('rate(1 hour)', { StartDate: new Date('2026-11-22T09:00:00Z') });
    await client.send(new DeleteScheduleCommand({ Name: 'look' }));
    await started.clock.runUntil(started.clock.now() + 3 * HOUR);
    expect(times()).toEqual([]);
    await expect(client.send(new GetScheduleCommand({ Name: 'look' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('take the same request twice, and another one of the same name not at all', async () => {
    const { ScheduleArn } = await create('rate(1 hour)', { ClientToken: 'once' });
    expect((await create('rate(1 hour)', { ClientToken: 'once' })).ScheduleArn).toBe(ScheduleArn);
    await expect(create('rate(1 hour)')).rejects.toMatchObject({ name: 'ConflictException' });
  });

  it.each([
    ['an expression that is none', 'rate(one hour)', {}, 'ValidationException'],
    [
      'an end before the start',
      'rate(1 hour)',
      { StartDate: new Date('2026-12-02T00:00:00Z'), EndDate: new Date('2026-12-01T00:00:00Z') },
      'ValidationException',
    ],
    [
      'a zone that is none',
      'rate(1 hour)',
      { ScheduleExpressionTimezone: 'Mars/Base' },
      'ValidationException',
    ],
    [
      'a target that is not there',
      'rate(1 hour)',
      { Target: { Arn: 'arn:aws:sqs:eu-west-1:1:none' } },
      'ValidationException',
    ],
    [
      'a window without a length',
      'rate(1 hour)',
      { FlexibleTimeWindow: { Mode: 'FLEXIBLE' } },
      'ValidationException',
    ],
    [
      'what would have to be ignored',
      'rate(1 hour)',
      { KmsKeyArn: 'arn:aws:kms:eu-west-1:123456789012:key/1' },
      'NotImplemented',
    ],
  ])('refuse %s', async (_, expression, more, name) => {
    await expect(create(expression, more)).rejects.toMatchObject({ name });
  });
});

describe('after a restart', () => {
  it('no occurrence happens again that has taken place, whatever the kind of the schedule', async () => {
    await create('rate(1 hour)', { Name: 'hourly' });
    await create('cron(30 * * * ? *)', { Name: 'half' });
    await create('at(2026-11-22T08:15:00)', { Name: 'once' });
    await started.clock.runUntil(Date.parse('2026-11-22T09:40:00Z'));
    expect(times()).toEqual(['08:00', '08:15', '08:30', '09:00', '09:30']);
    // A kill may come between the last firing and the record that it was the last.
    const restore = started.records.filter(({ record }) => !Object.hasOwn(Object(record) as object, 'over'));
    for (const records of [started.records, restore]) {
      const again = await startSchedules({ restore: records, at: '2026-11-22T09:45:00Z' });
      await again.clock.runUntil(Date.parse('2026-11-22T10:10:00Z'));
      expect(again.calls.map(({ at }) => new Date(at).toISOString().slice(11, 16))).toEqual(['10:00']);
      await again.close();
    }
  });

  it('what came due meanwhile happens once, and what was over does not', async () => {
    await create('at(2026-11-22T08:30:00)');
    await started.clock.runUntil(started.clock.now() + HOUR);
    await create('at(2026-11-22T10:00:00)', { Name: 'later' });
    await create('rate(1 hour)', { Name: 'hourly', StartDate: new Date('2026-11-22T10:15:00Z') });
    const again = await startSchedules({ restore: started.records, at: '2026-11-22T12:20:00Z' });
    await again.clock.runUntil(again.clock.now() + HOUR);
    expect(again.calls.map(({ payload }) => JSON.parse(payload).resources[0].split('/').at(-1))).toEqual([
      'later',
      'hourly',
      'hourly',
    ]);
    await again.close();
  });
});
