import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createBus } from '#lib/adapters/aws/bus.ts';
import { readSegmentCall } from '#lib/contracts/segment-call.ts';
import { fromMillis } from '#lib/contracts/time.ts';

const client = mockClient(EventBridgeClient);
// Test files share one process: a class that stays mocked would answer others too.
afterAll(() => client.restore());
beforeEach(() => client.reset());
const bus = createBus(new EventBridgeClient({}), 'wend-test');
const event = { id: 'r/s/1', at: fromMillis(1000), event: 'Tier Reached', properties: { tier: 'gold' } };

describe('an event that a journey emits', () => {
  it('is put as applications put theirs, so that ingestion reads it back as the same event', async () => {
    client.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [{ EventId: '1' }] });
    await bus.put('c', 'ada', event);
    const [entry] = client.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry).toMatchObject({
      EventBusName: 'wend-test',
      Source: 'wend.journeys',
      DetailType: 'Tier Reached',
    });
    const taken = { at: fromMillis(2000), received: fromMillis(2000) };
    const surroundings = { audiences: new Set<string>(), ownId: () => 'none', taken };
    expect(readSegmentCall(JSON.parse(entry?.Detail ?? ''), surroundings)).toEqual({
      user: 'ada',
      input: {
        kind: 'event',
        id: 'r/s/1',
        at: event.at,
        received: fromMillis(2000),
        event: 'Tier Reached',
        properties: { tier: 'gold' },
      },
    });
  });

  it('with a long name is put whole: only the label is cut', async () => {
    client.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    const long = 'Reached '.repeat(30).trim();
    await bus.put('c', 'ada', { ...event, event: long });
    const [entry] = client.commandCalls(PutEventsCommand)[0]?.args[0].input.Entries ?? [];
    expect(entry?.DetailType).toHaveLength(128);
    expect(JSON.parse(entry?.Detail ?? '').event).toBe(long);
  });

  it('that the bus refuses has not been put, though the call was answered', async () => {
    client.on(PutEventsCommand).resolves({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'ThrottlingException', ErrorMessage: 'ada' }],
    });
    await expect(bus.put('c', 'ada', event)).rejects.toMatchObject({
      name: 'BusUnavailable',
      message: 'the bus refused an event: ThrottlingException',
    });
  });

  it.each(['ThrottlingException', 'TimeoutError'])(
    'is a fault by name where the call fails: %s',
    async (name) => {
      client.on(PutEventsCommand).rejects(Object.assign(new Error('ada'), { name }));
      await expect(bus.put('c', 'ada', event)).rejects.toMatchObject({
        name: 'BusUnavailable',
        message: `the bus did not take an event: ${name}`,
      });
    },
  );
});
