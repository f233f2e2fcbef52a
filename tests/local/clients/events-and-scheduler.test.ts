// EventBridge and its Scheduler as AWS CLI 2 asks them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE, startBuses, type StartedBuses } from '../events/buses-fixture.ts';
import { FUNCTION, startSchedules, type StartedSchedules } from '../scheduler/schedules-fixture.ts';
import { aws, awsJson, AWS_TIMEOUT_MILLIS, hasAws } from './aws-command.ts';

describe.skipIf(!hasAws)('aws events', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let buses: StartedBuses;

  beforeAll(async () => {
    buses = await startBuses();
    buses.buses.addBus({ name: 'shop' });
    buses.buses.addRule({
      name: 'track',
      bus: 'shop',
      pattern: '{"detail":{"type":["track"]}}',
      isEnabled: true,
      targets: [{ Id: 'queue', Arn: QUEUE }],
    });
  });

  afterAll(() => buses.close());

  it('put-events puts an event into the queues of the rules that match', async () => {
    const entry = {
      Source: 'shop.web',
      DetailType: 'call',
      Detail: '{"type":"track"}',
      EventBusName: 'shop',
      Time: '2026-03-01T10:00:00Z',
    };
    const told = await awsJson(buses.endpoint, [
      'events',
      'put-events',
      '--entries',
      JSON.stringify([entry]),
    ]);
    expect(told).toMatchObject({ FailedEntryCount: 0 });
    expect(buses.delivered(QUEUE).map((body) => JSON.parse(body))).toMatchObject([
      { time: '2026-03-01T10:00:00Z', detail: { type: 'track' } },
    ]);
  });

  it('test-event-pattern says whether an event passes, and what is wrong with a pattern', async () => {
    const event = {
      id: '1',
      account: '1',
      source: 'a',
      time: '2026-01-01T00:00:00Z',
      region: 'eu-west-1',
      'detail-type': 'b',
    };
    const test = ['events', 'test-event-pattern', '--event', JSON.stringify(event), '--event-pattern'];
    expect(await awsJson(buses.endpoint, [...test, '{"source":["a"]}'])).toEqual({ Result: true });
    const { code, stderr } = await aws(buses.endpoint, [...test, '{"source":"a"}']);
    expect(code).toBe(254);
    expect(stderr).toContain('(InvalidEventPatternException)');
    expect(stderr).toContain('"source" must be an object or an array');
  });

  it('list-rules and list-targets-by-rule tell what is deployed', async () => {
    const rules = await awsJson(buses.endpoint, ['events', 'list-rules', '--event-bus-name', 'shop']);
    expect(rules).toMatchObject({ Rules: [{ Name: 'track', State: 'ENABLED' }] });
    const targets = ['events', 'list-targets-by-rule', '--rule', 'track', '--event-bus-name', 'shop'];
    expect(await awsJson(buses.endpoint, targets)).toEqual({ Targets: [{ Id: 'queue', Arn: QUEUE }] });
  });
});

describe.skipIf(!hasAws)('aws scheduler', { timeout: AWS_TIMEOUT_MILLIS }, () => {
  let schedules: StartedSchedules;

  beforeAll(async () => {
    schedules = await startSchedules();
  });

  afterAll(() => schedules.close());

  it('create-schedule, list-schedules and get-schedule', async () => {
    const create = [
      'scheduler',
      'create-schedule',
      '--name',
      'look',
      '--schedule-expression',
      'rate(1 hour)',
    ];
    const target = JSON.stringify({ Arn: FUNCTION, RoleArn: 'arn:aws:iam::123456789012:role/any' });
    await awsJson(schedules.endpoint, [...create, '--flexible-time-window', 'Mode=OFF', '--target', target]);
    expect(await awsJson(schedules.endpoint, ['scheduler', 'list-schedules'])).toMatchObject({
      Schedules: [{ Name: 'look', State: 'ENABLED', Target: { Arn: FUNCTION } }],
    });
    expect(await awsJson(schedules.endpoint, ['scheduler', 'get-schedule', '--name', 'look'])).toMatchObject({
      ScheduleExpression: 'rate(1 hour)',
      ScheduleExpressionTimezone: 'UTC',
    });
  });
});
