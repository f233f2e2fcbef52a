/**
 * In-app messages: kept beside the customer's document until the app asks for them or they expire. There is no provider: the write is
 * the delivery.
 */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import { toMillis } from '#lib/contracts/time.ts';
import type { Clock } from '#lib/engine/ports.ts';
import type { ProfilesTable } from '../dynamodb/table.ts';
import type { ChannelSender } from './channel-sender.ts';

/** An app that nobody opens for a month has nothing to show that is still worth showing. */
const KEPT_SECONDS = 30 * 24 * 60 * 60;

export function createInApp(options: {
  readonly table: ProfilesTable;
  readonly clock: Pick<Clock, 'now'>;
}): ChannelSender {
  const { table, clock } = options;
  return async ({ sent, rendered }) => {
    const now = clock.now();
    const key = sendKey(sent.run, sent.step, sent.visit);
    try {
      await table.client.send(
        new PutItemCommand({
          TableName: table.name,
          Item: {
            [ATTRIBUTES.partition]: { S: KEYS.customer(sent.customer) },
            // The same send again is the same item: it is shown once, however often it is tried.
            [ATTRIBUTES.sort]: { S: KEYS.inAppMessage(key) },
            [ATTRIBUTES.expires]: { N: String(Math.floor(toMillis(now) / 1000) + KEPT_SECONDS) },
            at: { S: now },
            journey: { S: sent.journey },
            message: { S: sent.message },
            locale: { S: rendered.locale },
            content: { S: JSON.stringify(rendered.content ?? null) },
          },
        }),
      );
      return { kind: 'accepted', id: key };
    } catch (error) {
      // Without doubt: written twice it is still one message.
      return {
        kind: 'try later',
        reason: `in-app: ${error instanceof Error ? error.name : 'unnamed error'}`,
      };
    }
  };
}
