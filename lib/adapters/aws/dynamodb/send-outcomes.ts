/**
 * Outcomes of messages: one item for each journey, channel, class and day of sending, counted up by atomic writes; a day in which the breaker
 * trips has another item for what is sent after it. The switch of a journey that has tripped lies with the other switches.
 */
import { PutItemCommand, UpdateItemCommand, type AttributeValue } from '@aws-sdk/client-dynamodb';
import { ATTRIBUTES, KEYS } from '#lib/contracts/profiles-table.ts';
import { parseInstant, toMillis } from '#lib/contracts/time.ts';
import type { OutcomeCount, OutcomeGroup, SendOutcomes } from '#lib/engine/ports.ts';
import type { OutcomeCounts } from '#lib/journey/breaker.ts';
import { switchItem } from './switches.ts';
import { unlessRefuted, type ProfilesTable } from './table.ts';

/** Complaints come days late; after two weeks none does. */
const KEPT_DAYS = 14;
/** A journey that trips so often on one day is counted in the last of its items. */
const MOST_A_DAY = 20;
const CLOSED = 'closed';

/** Throws the faults `TableUnavailable` and `TableRefused`. */
export function createSendOutcomes({ client, name }: ProfilesTable): SendOutcomes {
  return {
    async add(group, counts) {
      for (let number = 1; ; number += 1) {
        const isLast = number === MOST_A_DAY;
        const added = await unlessRefuted(client.send(addition(name, group, number, counts, isLast)));
        if (added !== undefined) return countOf(added.Attributes ?? {});
      }
    },

    async close({ id }, at) {
      const closed = await unlessRefuted(
        client.send(
          new UpdateItemCommand({
            TableName: name,
            Key: keyOf(id),
            UpdateExpression: 'SET #closed = :at',
            ConditionExpression: 'attribute_not_exists(#closed)',
            ExpressionAttributeNames: { '#closed': CLOSED },
            ExpressionAttributeValues: { ':at': { S: at } },
          }),
        ),
      );
      return closed !== undefined;
    },

    async pause(journey, reason, at) {
      const Item = switchItem(journey, 'tripped', { reason, at });
      // What an operator has paused stays theirs: it is paused their way, and goes on when they say so.
      await unlessRefuted(
        client.send(
          new PutItemCommand({
            TableName: name,
            Item,
            ConditionExpression: 'attribute_not_exists(#position) OR #position <> :paused',
            ExpressionAttributeNames: { '#position': 'position' },
            ExpressionAttributeValues: { ':paused': { S: 'paused' } },
          }),
        ),
      );
    },
  };
}

/** Refuted where the item was closed before these messages were sent. */
function addition(
  table: string,
  { journey, channel, class: messageClass, day, sent }: OutcomeGroup,
  number: number,
  { delivered, bounced, complained }: OutcomeCounts,
  always: boolean,
): UpdateItemCommand {
  const sort = `OUTCOMES#${channel}#${messageClass}#${day}#${number}`;
  const midnight = parseInstant(`${day}T00:00:00.000Z`) ?? sent;
  const expires = Math.floor(toMillis(midnight) / 1000) + KEPT_DAYS * 24 * 3600;
  return new UpdateItemCommand({
    TableName: table,
    Key: { [ATTRIBUTES.partition]: { S: KEYS.outcomes(journey) }, [ATTRIBUTES.sort]: { S: sort } },
    UpdateExpression:
      'SET #expires = :expires ADD delivered :delivered, bounced :bounced, complained :complained',
    ...(always ? {} : { ConditionExpression: 'attribute_not_exists(#closed) OR #closed > :sent' }),
    ExpressionAttributeNames: {
      '#expires': ATTRIBUTES.expires,
      ...(always ? {} : { '#closed': CLOSED }),
    },
    ExpressionAttributeValues: {
      ':expires': { N: String(expires) },
      ':delivered': { N: String(delivered) },
      ':bounced': { N: String(bounced) },
      ':complained': { N: String(complained) },
      ...(always ? {} : { ':sent': { S: sent } }),
    },
    ReturnValues: 'ALL_NEW',
  });
}

function countOf(item: Readonly<Record<string, AttributeValue>>): OutcomeCount {
  const number = (attribute: string): number => Number(item[attribute]?.N ?? 0);
  return {
    id: `${item[ATTRIBUTES.partition]?.S ?? ''} ${item[ATTRIBUTES.sort]?.S ?? ''}`,
    closed: item[CLOSED] !== undefined,
    delivered: number('delivered'),
    bounced: number('bounced'),
    complained: number('complained'),
  };
}

/** Ids of journeys and names of channels hold no space. */
function keyOf(id: string): Record<string, AttributeValue> {
  const [partition = '', sort = ''] = id.split(' ');
  return { [ATTRIBUTES.partition]: { S: partition }, [ATTRIBUTES.sort]: { S: sort } };
}
