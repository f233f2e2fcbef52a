/** An event as EventBridge or SNS hands it to a queue: the envelope, parsed once. What it says is read by who knows its source. */
import { readNotification } from '#lib/contracts/notification.ts';
import { isRecord, type Refused } from '#lib/contracts/segment-call.ts';
import { addMillis, earlier, parseInstant, type Instant } from '#lib/contracts/time.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
export interface BusEvent {
  /** Given by the bus: what is put there twice has two. */
  readonly id: string;
  readonly source: string;
  readonly detailType: string;
  /** When whoever put it there says that it happened, or when the bus took it. Whole seconds. */
  readonly time: Instant;
  /** The latest that can be said to be received: nothing happens after that. */
  readonly received: Instant;
  readonly detail: unknown;
}

/**
 * Source of what comes over a topic instead of a bus; its `detailType` is the topic. Nobody but AWS may put events of such a source on a
 * bus (https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html), so that no application can make one up.
 */
export const NOTIFICATIONS_SOURCE = 'aws.sns';

/** The bus cuts off what is less than a second: within its second an event may have happened at any time. */
const REST_OF_SECOND = 999;

/**
 * Reads the body of a message. Reasons: `not JSON`, `not an event of a bus`.
 * @param now a bus believes whatever time it is told; what claims to come from the future is received now.
 */
export function readBusEvent(body: string, now: Instant): BusEvent | Refused {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return { refused: 'not JSON' };
  }
  if (!isRecord(parsed)) return { refused: 'not an event of a bus' };
  const notification = readNotification(parsed);
  if (notification !== undefined) {
    const { id, topic, time, message } = notification;
    const received = earlier(time, now);
    return {
      id,
      source: NOTIFICATIONS_SOURCE,
      detailType: topic,
      time: received,
      received,
      detail: message,
    };
  }
  const { id, source, detail, time: said } = parsed;
  const detailType = parsed['detail-type'];
  const time = parseInstant(said);
  if (typeof id !== 'string' || id === '' || typeof source !== 'string' || typeof detailType !== 'string')
    return { refused: 'not an event of a bus' };
  if (time === undefined || detail === undefined) return { refused: 'not an event of a bus' };
  const received = earlier(time.endsWith('.000Z') ? addMillis(time, REST_OF_SECOND) : time, now);
  return { id, source, detailType, time: earlier(time, now), received, detail };
}
