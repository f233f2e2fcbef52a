// The edge of the simulator: one line of a stream becomes a call, or a refusal with its reason. The calls are those of
// the Segment spec (https://segment.com/docs/connections/spec/), `track` and `identify`; nothing else is guessed.
import type { CustomerEvent, Identify } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { earlier, fromMillis, parseInstant, toMillis, type Instant } from '#lib/contracts/time.ts';

/** A call as read: at least one of `user` and `anonymous` is there, but for an event that belongs to no customer. */
export interface StreamCall {
  /** The source's `userId`. */
  readonly user?: string;
  /** The source's `anonymousId`: a device or browser that may be known as somebody's by now. */
  readonly anonymous?: string;
  readonly input: CustomerEvent | Identify;
}

/** A line that is no call, and why; the reason is a short text that can be counted. */
export interface RefusedLine {
  readonly refused: string;
}

const NO_AUDIENCES: ReadonlySet<string> = new Set();

/** Calls of the spec that say nothing about a customer's journey; anything else is not in the spec. */
const OTHER_TYPES = ['page', 'screen', 'group', 'alias'];

/**
 * Reads one line. Reasons: `not JSON`, `not an object`, `no type`, `unknown type`, `unsupported type page` (screen,
 * group, alias), `no customer`, `no event name`, `no timestamp`, `timestamp is no date`, `properties are no object`,
 * `traits are no object`.
 * @param audiences events that may come without a customer, because a journey asks whom they concern
 */
export function readSegmentLine(
  line: string,
  audiences: ReadonlySet<string> = NO_AUDIENCES,
): StreamCall | RefusedLine {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return { refused: 'not JSON' };
  }
  if (!isRecord(parsed)) return { refused: 'not an object' };
  const { type } = parsed;
  if (type !== 'track' && type !== 'identify') return { refused: refusalOfType(type) };
  const user = idText(parsed['userId']);
  const anonymous = idText(parsed['anonymousId']);
  const isForAll = type === 'track' && audiences.has(String(parsed['event']));
  if (user === undefined && anonymous === undefined && !isForAll) return { refused: 'no customer' };
  const times = readTimes(parsed);
  if ('refused' in times) return times;
  const id = idText(parsed['messageId']) ?? hashHex(line, 32);
  const input = type === 'track' ? readTrack(parsed, id, times) : readIdentify(parsed, id, times);
  if ('refused' in input) return input;
  if (isImported(parsed)) input.history = true;
  return { ...(user !== undefined && { user }), ...(anonymous !== undefined && { anonymous }), input };
}

/** Whoever brings in the past says so: it sets off no journey. */
function isImported({ context }: Record<string, unknown>): boolean {
  return isRecord(context) && context['import'] === true;
}

interface CallTimes {
  readonly at: Instant;
  readonly received: Instant;
}

function readTrack(call: Record<string, unknown>, id: string, times: CallTimes): CustomerEvent | RefusedLine {
  const { event, properties } = call;
  if (typeof event !== 'string' || event.trim() === '') return { refused: 'no event name' };
  if (!isAbsent(properties) && !isRecord(properties)) return { refused: 'properties are no object' };
  return { kind: 'event', id, ...times, event, properties: isRecord(properties) ? properties : {} };
}

/** Zone and locale are said in `context` by the client libraries; traits that say them themselves come first. */
function readIdentify(call: Record<string, unknown>, id: string, times: CallTimes): Identify | RefusedLine {
  const { traits } = call;
  if (!isAbsent(traits) && !isRecord(traits)) return { refused: 'traits are no object' };
  const known = isRecord(traits) ? traits : {};
  const context = isRecord(call['context']) ? call['context'] : {};
  const fromContext: Record<string, unknown> = {};
  for (const name of ['timezone', 'locale']) {
    if (typeof context[name] === 'string' && isAbsent(known[name])) fromContext[name] = context[name];
  }
  return { kind: 'identify', id, ...times, traits: { ...known, ...fromContext } };
}

/**
 * When it happened and when it was received. A client's clock may be wrong, so Segment counts from its own: received
 * minus what passed on the client between the call and its sending (`sentAt`). A `timestamp` beside an
 * `originalTimestamp` is already the result of that. Nothing happens after it was received.
 */
function readTimes(call: Record<string, unknown>): CallTimes | RefusedLine {
  const read: Partial<Record<(typeof TIME_FIELDS)[number], Instant>> = {};
  for (const field of TIME_FIELDS) {
    if (isAbsent(call[field])) continue;
    const instant = parseInstant(call[field]);
    if (instant === undefined) return { refused: 'timestamp is no date' };
    read[field] = instant;
  }
  const { timestamp, originalTimestamp, sentAt, receivedAt } = read;
  const claimed = timestamp ?? originalTimestamp;
  if (claimed === undefined) return { refused: 'no timestamp' };
  const received = receivedAt ?? claimed;
  const corrected = timestamp !== undefined && originalTimestamp !== undefined;
  const skew =
    corrected || sentAt === undefined || receivedAt === undefined
      ? 0
      : toMillis(receivedAt) - toMillis(sentAt);
  const happened = skew === 0 ? claimed : fromMillis(toMillis(claimed) + skew);
  return { at: earlier(happened, received), received };
}

const TIME_FIELDS = ['timestamp', 'originalTimestamp', 'sentAt', 'receivedAt'] as const;

function refusalOfType(type: unknown): string {
  if (isAbsent(type)) return 'no type';
  return typeof type === 'string' && OTHER_TYPES.includes(type) ? `unsupported type ${type}` : 'unknown type';
}

/** Ids are texts; many sources write them as numbers. */
function idText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
