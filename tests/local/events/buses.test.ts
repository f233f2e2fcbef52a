// Buses as real clients of EventBridge see them, through the gateway.
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { QUEUE, startBuses, type StartedBuses } from './buses-fixture.ts';

let started: StartedBuses;
let client: EventBridgeClient;

beforeEach(async () => {
  started = await startBuses();
  client = new EventBridgeClient({
    endpoint: started.endpoint,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await started.close();
});

const listen = (pattern: object, target: object = {}, bus = 'shop') =>
  client
    .send(new PutRuleCommand({ Name: 'listen', EventBusName: bus, EventPattern: JSON.stringify(pattern) }))
    .then(() =>
      client.send(
        new PutTargetsCommand({
          Rule: 'listen',
          EventBusName: bus,
          Targets: [{ Id: 'queue', Arn: QUEUE, ...target }],
        }),
      ),
    );

const arnOfBus = (name: string) => `arn:aws:events:eu-west-1:123456789012:event-bus/${name}`;
const order = { EventBusName: 'shop', Source: 'shop.web', DetailType: 'order', Detail: '{"total":12}' };
const put = (...entries: object[]) => client.send(new PutEventsCommand({ Entries: entries }));

describe('PutEvents', () => {
  beforeEach(() => client.send(new CreateEventBusCommand({ Name: 'shop' })));

  it('has an event in the queues of all rules that match it when it answers', async () => {
    await listen({ source: ['shop.web'] });
    const { FailedEntryCount, Entries } = await put({
      ...order,
      Time: new Date('2026-03-01T10:00:00.750Z'),
      Resources: ['order/1'],
    });
    expect(FailedEntryCount).toBe(0);
    expect(started.delivered(QUEUE).map((body) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: Entries?.[0]?.EventId,
        'detail-type': 'order',
        source: 'shop.web',
        account: '123456789012',
        time: '2026-03-01T10:00:00Z',
        region: 'eu-west-1',
        resources: ['order/1'],
        detail: { total: 12 },
      },
    ]);
  });

  it("dates events by the business's clock where the sender does not", async () => {
    await listen({ source: ['shop.web'] });
    await put(order);
    expect(started.delivered(QUEUE).map((body) => JSON.parse(body).time)).toEqual(['2026-11-22T08:00:00Z']);
  });

  it('refuses entries one by one, and takes the others', async () => {
    await listen({ source: [{ prefix: '' }] });
    const { FailedEntryCount, Entries } = await put(
      { ...order, Detail: 'no JSON' },
      { ...order, Detail: '[1]' },
      { ...order, Source: undefined },
      { ...order, Source: 'aws.ses' },
      { ...order, EventBusName: 'nowhere' },
      order,
    );
    expect(FailedEntryCount).toBe(5);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      'MalformedDetail',
      'MalformedDetail',
      'InvalidArgument',
      'NotAuthorizedForSourceException',
      'InvalidArgument',
      undefined,
    ]);
    expect(started.delivered(QUEUE)).toHaveLength(1);
  });

  it.each([
    ['more than ten entries', Array.from({ length: 11 }, () => order)],
    ['no entries', []],
    ['more than a megabyte', [{ ...order, Detail: JSON.stringify({ text: 'x'.repeat(1024 * 1024) }) }]],
    ['entries none of which has what is required', [{ Source: 'shop.web' }]],
  ])('refuses a request with %s as a whole', async (_, entries) => {
    await expect(put(...entries)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('refuses options that it would have to ignore', async () => {
    await expect(put({ ...order, TraceHeader: 'Root=1' })).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining('TraceHeader'),
    });
  });

  it('passes a disabled rule by', async () => {
    await listen({ source: ['shop.web'] });
    await client.send(new DisableRuleCommand({ Name: 'listen', EventBusName: 'shop' }));
    await put(order);
    await client.send(new EnableRuleCommand({ Name: 'listen', EventBusName: 'shop' }));
    await put({ ...order, Detail: '{"total":13}' });
    expect(started.delivered(QUEUE).map((body) => JSON.parse(body).detail.total)).toEqual([13]);
  });

  it('forwards to another bus, and from there to no third', async () => {
    await client.send(new CreateEventBusCommand({ Name: 'second' }));
    await client.send(new CreateEventBusCommand({ Name: 'third' }));
    await listen({ source: ['shop.web'] }, { Arn: arnOfBus('second') });
    await listen({ source: ['shop.web'] }, {}, 'second');
    await client.send(
      new PutTargetsCommand({
        Rule: 'listen',
        EventBusName: 'second',
        Targets: [{ Id: 'bus', Arn: arnOfBus('third') }],
      }),
    );
    await listen({ source: ['shop.web'] }, {}, 'third');
    await put(order);
    expect(started.delivered(QUEUE)).toHaveLength(1);
  });

  it.each([
    ['Input', { Input: '{"fixed":true}' }, '{"fixed":true}'],
    ['InputPath', { InputPath: '$.detail' }, '{"total":12}'],
    [
      'InputTransformer',
      {
        InputTransformer: {
          InputPathsMap: { total: '$.detail.total', from: '$.source' },
          InputTemplate:
            '{"sum": <total>, "from": <from>, "text": "<total> of \\"<from>\\"", "rule": <aws.events.rule-name>}',
        },
      },
      '{"sum": 12, "from": "shop.web", "text": "12 of \\"shop.web\\"", "rule": "listen"}',
    ],
  ])('hands over what %s makes of the event', async (_, input, expected) => {
    await listen({ source: ['shop.web'] }, input);
    await put(order);
    expect(started.delivered(QUEUE)).toEqual([expected]);
  });
});

describe('an event is acknowledged', () => {
  const entry = { bus: 'shop', source: 'shop.web', detailType: 'order', detail: {} };
  /** Whether it is, by the time that everything has happened that can. */
  const putAndWait = async (): Promise<{ readonly isAnswered: boolean; readonly answer: Promise<void> }> => {
    let isAnswered = false;
    const answer = started.buses.put(entry).then(() => void (isAnswered = true));
    await new Promise((resolve) => setImmediate(resolve));
    return { isAnswered, answer };
  };

  beforeEach(() => client.send(new CreateEventBusCommand({ Name: 'shop' })));

  it('when its targets have it, and not before', async () => {
    await listen({ source: ['shop.web'] });
    const open = started.shut();
    const { isAnswered, answer } = await putAndWait();
    expect(isAnswered).toBe(false);
    open();
    await answer;
    expect(started.delivered(QUEUE)).toHaveLength(1);
  });

  it('when its dead-letter queue has it, where it is given up at once', async () => {
    const none = { MaximumRetryAttempts: 0 };
    await listen({ source: ['shop.web'] }, { RetryPolicy: none, DeadLetterConfig: { Arn: `${QUEUE}-dead` } });
    started.refuse(QUEUE, 1);
    const open = started.shut();
    const { isAnswered, answer } = await putAndWait();
    expect(isAnswered).toBe(false);
    open();
    await answer;
    expect(started.letters).toHaveLength(1);
  });
});

describe('a target that refuses', () => {
  const deadLetters = `${QUEUE}-dead`;

  beforeEach(() => client.send(new CreateEventBusCommand({ Name: 'shop' })));

  it('is tried again in real time, until it takes the event', async () => {
    await listen({ source: ['shop.web'] });
    started.refuse(QUEUE, 2);
    await put(order);
    expect(started.delivered(QUEUE)).toHaveLength(0);
    await started.pass(3_000);
    expect(started.delivered(QUEUE)).toHaveLength(1);
    expect(started.lost).toEqual([]);
  });

  it('has the event in its dead-letter queue when its attempts are used up', async () => {
    await listen(
      { source: ['shop.web'] },
      { RetryPolicy: { MaximumRetryAttempts: 2 }, DeadLetterConfig: { Arn: deadLetters } },
    );
    started.refuse(QUEUE, 9);
    await put(order);
    await started.pass(10_000);
    expect(started.letters).toEqual([
      {
        queue: deadLetters,
        body: expect.stringContaining('"source":"shop.web"'),
        attributes: {
          RULE_ARN: 'arn:aws:events:eu-west-1:123456789012:rule/shop/listen',
          TARGET_ARN: QUEUE,
          ERROR_CODE: 'UNKNOWN',
          ERROR_MESSAGE: 'refused',
          RETRY_ATTEMPTS: '2',
          EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
        },
      },
    ]);
  });

  it('is not tried again once the event is too old', async () => {
    await listen(
      { source: ['shop.web'] },
      { RetryPolicy: { MaximumEventAgeInSeconds: 60 }, DeadLetterConfig: { Arn: deadLetters } },
    );
    started.refuse(QUEUE, 99);
    await put(order);
    await started.pass(120_000);
    expect(started.letters.map(({ attributes }) => attributes['EXHAUSTED_RETRY_CONDITION'])).toEqual([
      'MaximumEventAgeInSeconds',
    ]);
  });

  it('says that an event is lost where there is no dead-letter queue', async () => {
    await listen({ source: ['shop.web'] }, { RetryPolicy: { MaximumRetryAttempts: 0 } });
    started.refuse(QUEUE, 1);
    await put(order);
    expect(started.lost).toMatchObject([{ targetArn: QUEUE, reason: 'refused' }]);
  });

  it('is tried again after a restart', async () => {
    await listen({ source: ['shop.web'] });
    started.refuse(QUEUE, 1);
    await put(order);
    const again = await startBuses({ restore: started.records });
    await again.pass(1_000);
    expect(again.delivered(QUEUE)).toHaveLength(1);
    await again.close();
  });
});

describe('the operations on rules', () => {
  const named = { Rule: 'listen', EventBusName: 'shop' };

  beforeEach(async () => {
    await client.send(new CreateEventBusCommand({ Name: 'shop', Description: 'events' }));
    await listen({ source: ['shop.web'] });
  });

  it('tell what was put', async () => {
    const { Rules } = await client.send(new ListRulesCommand({ EventBusName: 'shop' }));
    expect(Rules).toMatchObject([
      { Name: 'listen', State: 'ENABLED', EventPattern: '{"source":["shop.web"]}' },
    ]);
    const { Targets } = await client.send(new ListTargetsByRuleCommand(named));
    expect(Targets).toEqual([{ Id: 'queue', Arn: QUEUE }]);
    const { RuleNames } = await client.send(
      new ListRuleNamesByTargetCommand({ TargetArn: QUEUE, EventBusName: 'shop' }),
    );
    expect(RuleNames).toEqual(['listen']);
    const { EventBuses } = await client.send(new ListEventBusesCommand({}));
    expect(EventBuses?.map(({ Name }) => Name)).toEqual(['default', 'shop']);
  });

  it('remove from the inside out', async () => {
    const rule = { Name: 'listen', EventBusName: 'shop' };
    await expect(client.send(new DeleteEventBusCommand({ Name: 'shop' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(client.send(new DeleteRuleCommand(rule))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await client.send(new RemoveTargetsCommand({ ...named, Ids: ['queue'] }));
    await client.send(new DeleteRuleCommand(rule));
    await expect(client.send(new DescribeRuleCommand(rule))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await client.send(new DeleteEventBusCommand({ Name: 'shop' }));
    await expect(client.send(new DeleteEventBusCommand({ Name: 'default' }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('refuse a pattern with what is wrong in it', async () => {
    await expect(listen({ detail: { state: [{ prefix: 5 }] } })).rejects.toMatchObject({
      name: 'InvalidEventPatternException',
      message: 'Event pattern is not valid. Reason: detail.state[0]: prefix match pattern must be a string',
    });
  });

  it('refuse a target that does not exist', async () => {
    const { FailedEntries } = await listen(
      { source: ['a'] },
      { Arn: 'arn:aws:sqs:eu-west-1:123456789012:none' },
    );
    expect(FailedEntries).toMatchObject([{ TargetId: 'queue', ErrorCode: 'ResourceNotFoundException' }]);
  });

  it('are remembered over a restart', async () => {
    const again = await startBuses({ restore: started.records });
    await again.buses.put({ bus: 'shop', source: 'shop.web', detailType: 'order', detail: {} });
    expect(again.delivered(QUEUE)).toHaveLength(1);
    await again.close();
  });
});

const testPattern = (pattern: object, given: object) =>
  client.send(
    new TestEventPatternCommand({ EventPattern: JSON.stringify(pattern), Event: JSON.stringify(given) }),
  );

describe('a rule with a schedule', () => {
  const rule = { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' };

  it("hands an event to its targets by the business's clock, as long as it is enabled", async () => {
    await client.send(new PutRuleCommand(rule));
    await client.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [{ Id: 'queue', Arn: QUEUE }] }));
    await started.clock.runUntil(started.clock.now() + 2.5 * 3_600_000);
    await client.send(new DisableRuleCommand({ Name: 'hourly' }));
    await started.clock.runUntil(started.clock.now() + 2 * 3_600_000);
    expect(started.delivered(QUEUE).map((body) => JSON.parse(body))).toMatchObject([
      { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-11-22T09:00:00Z', detail: {} },
      { time: '2026-11-22T10:00:00Z', resources: ['arn:aws:events:eu-west-1:123456789012:rule/hourly'] },
    ]);
  });

  it('goes on after a restart: what was due meanwhile happens once, and what has taken place does not happen again', async () => {
    await client.send(new PutRuleCommand(rule));
    await client.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [{ Id: 'queue', Arn: QUEUE }] }));
    await started.clock.runUntil(Date.parse('2026-11-22T09:30:00Z'));
    const again = await startBuses({ restore: started.records, at: '2026-11-22T09:45:00Z' });
    await again.clock.runUntil(Date.parse('2026-11-22T10:15:00Z'));
    const later = await startBuses({
      restore: [...started.records, ...again.records],
      at: '2026-11-22T12:30:00Z',
    });
    await later.clock.runUntil(Date.parse('2026-11-22T13:15:00Z'));
    const times = [again, later].map((one) =>
      one.delivered(QUEUE).map((body) => (JSON.parse(body) as { time: string }).time),
    );
    expect(times).toEqual([['2026-11-22T10:00:00Z'], ['2026-11-22T11:00:00Z', '2026-11-22T13:00:00Z']]);
    await again.close();
    await later.close();
  });

  it('counts anew when it is enabled again', async () => {
    await client.send(new PutRuleCommand(rule));
    await client.send(new PutTargetsCommand({ Rule: 'hourly', Targets: [{ Id: 'queue', Arn: QUEUE }] }));
    await client.send(new DisableRuleCommand({ Name: 'hourly' }));
    const again = await startBuses({ restore: started.records, at: '2026-11-22T11:30:00Z' });
    const other = new EventBridgeClient({
      endpoint: again.endpoint,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    });
    await other.send(new EnableRuleCommand({ Name: 'hourly' }));
    await again.clock.runUntil(Date.parse('2026-11-22T12:15:00Z'));
    expect(again.delivered(QUEUE)).toEqual([]);
    await again.clock.runUntil(Date.parse('2026-11-22T12:45:00Z'));
    expect(again.delivered(QUEUE)).toHaveLength(1);
    other.destroy();
    await again.close();
  });

  it.each([
    ['at(2026-12-01T00:00:00)', 'default'],
    ['rate(1 hours)', 'default'],
    ['rate(1 hour)', 'shop'],
  ])('is refused with %s on the bus %s', async (ScheduleExpression, EventBusName) => {
    await client.send(new CreateEventBusCommand({ Name: 'shop' }));
    await expect(
      client.send(new PutRuleCommand({ ...rule, ScheduleExpression, EventBusName })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('TestEventPattern', () => {
  const event = {
    id: '1',
    account: '1',
    source: 'shop.web',
    time: '2026-01-01T00:00:00Z',
    region: 'eu-west-1',
    'detail-type': 'order',
  };
  it('says whether an event passes', async () => {
    expect((await testPattern({ source: ['shop.web'] }, event)).Result).toBe(true);
    expect((await testPattern({ source: ['shop.app'] }, event)).Result).toBe(false);
  });

  it('refuses what is no event', async () => {
    await expect(testPattern({ source: ['shop.web'] }, { source: 'shop.web' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });
});
