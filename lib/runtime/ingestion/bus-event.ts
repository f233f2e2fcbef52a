/** An event as EventBridge hands it to a queue: the envelope, parsed once. What it says is read by who knows its source. */
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
  const { id, source, detail, time: said } = parsed;
  const detailType = parsed['detail-type'];
  const time = parseInstant(said);
  if (typeof id !== 'string' || id === '' || typeof source !== 'string' || typeof detailType !== 'string')
    return { refused: 'not an event of a bus' };
  if (time === undefined || detail === undefined) return { refused: 'not an event of a bus' };
  const received = earlier(time.endsWith('.000Z') ? addMillis(time, REST_OF_SECOND) : time, now);
  return { id, source, detailType, time: earlier(time, now), received, detail };
}
