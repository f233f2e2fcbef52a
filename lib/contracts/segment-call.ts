/**
 * The edge for what applications send: an object becomes a call, or a refusal with its reason. The calls are those of the Segment
 * spec (https://segment.com/docs/connections/spec/), `track` and `identify`; nothing else is guessed. Lines of a file
 * (lib/simulator) and events of a bus (lib/runtime/ingestion) are read alike.
 */
import type { CustomerEvent, Identify } from './customer-event.ts';
import { earlier, fromMillis, parseInstant, toMillis, type Instant } from './time.ts';
import { takesPermissionAway } from './withdrawals.ts';

/** A call as read: at least one of `user` and `anonymous` is there, but for an event that belongs to no customer. */
export interface ReadCall {
  /** The source's `userId`. */
  readonly user?: string;
  /** The source's `anonymousId`: a device or browser that may be known as somebody's by now. */
  readonly anonymous?: string;
  readonly input: CustomerEvent | Identify;
}

/** What is no call, and why; the reason is a short text that can be counted, and never holds anything of the call. */
export interface Refused {
  readonly refused: string;
}

/** What is known of a call beside itself. */
export interface CallSurroundings {
  /** Events that may come without a customer, because a journey asks whom they concern. */
  readonly audiences: ReadonlySet<string>;
  /** The id of a call that has no `messageId`. */
  readonly ownId: () => string;
  /**
   * Of whoever has taken the call from its source: when it happened where the call does not say, and by when it was received at the
   * latest. Absent: only the call knows.
   */
  readonly taken?: { readonly at: Instant; readonly received: Instant };
}

/** Calls of the spec that say nothing about a customer's journey; anything else is not in the spec. */
const OTHER_TYPES = ['page', 'screen', 'group', 'alias'];

/** Characters of a user's or device's id: long enough for any id, and short enough to be stored with every customer. */
const LONGEST_ID = 512;

/**
 * Reads one call. Reasons: `not an object`, `no type`, `unknown type`, `unsupported type page` (screen, group, alias),
 * `no customer`, `id too long`, `no event name`, `no timestamp`, `timestamp is no date`, `properties are no object`,
 * `traits are no object`.
 */
export function readSegmentCall(call: unknown, surroundings: CallSurroundings): ReadCall | Refused {
  if (!isRecord(call)) return { refused: 'not an object' };
  const { type } = call;
  if (type !== 'track' && type !== 'identify') return { refused: refusalOfType(type) };
  const user = idText(call['userId']);
  const anonymous = idText(call['anonymousId']);
  if (user === undefined && anonymous === undefined && !isForAll(call, surroundings.audiences))
    return { refused: 'no customer' };
  if (isTooLong(user) || isTooLong(anonymous)) return { refused: 'id too long' };
  const told = readTimes(call, surroundings.taken);
  const times = 'refused' in told && isWithdrawal(call) ? (surroundings.taken ?? told) : told;
  if ('refused' in times) return times;
  const id = idText(call['messageId']) ?? surroundings.ownId();
  const input = type === 'track' ? readTrack(call, id, times) : readIdentify(call, id, times);
  if ('refused' in input) return input;
  if (isImported(call)) input.history = true;
  return { ...(user !== undefined && { user }), ...(anonymous !== undefined && { anonymous }), input };
}

/** Nobody is named, and somebody asks whom it concerns. An id that cannot be read is a mistake, and must not mean everybody. */
function isForAll(call: Record<string, unknown>, audiences: ReadonlySet<string>): boolean {
  const { type, event, userId, anonymousId } = call;
  const isAsked = type === 'track' && typeof event === 'string' && audiences.has(event);
  return isAsked && isAbsent(userId) && isAbsent(anonymousId);
}

/** It is not put aside for its date. */
function isWithdrawal({ type, event, properties }: Record<string, unknown>): boolean {
  return type === 'track' && takesPermissionAway(event, isRecord(properties) ? properties : {});
}

/** Whoever brings in the past says so: it sets off no journey. */
function isImported({ context }: Record<string, unknown>): boolean {
  return isRecord(context) && context['import'] === true;
}

interface CallTimes {
  readonly at: Instant;
  readonly received: Instant;
}

function readTrack(call: Record<string, unknown>, id: string, times: CallTimes): CustomerEvent | Refused {
  const { event, properties } = call;
  if (typeof event !== 'string' || event.trim() === '') return { refused: 'no event name' };
  if (!isAbsent(properties) && !isRecord(properties)) return { refused: 'properties are no object' };
  return { kind: 'event', id, ...times, event, properties: isRecord(properties) ? properties : {} };
}

/** Zone and locale are said in `context` by the client libraries; traits that say them themselves come first. */
function readIdentify(call: Record<string, unknown>, id: string, times: CallTimes): Identify | Refused {
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
 * `originalTimestamp` is already the result of that. Nothing happens after it was received, and whoever has received it
 * knows that better than the call does.
 */
function readTimes(call: Record<string, unknown>, taken: CallSurroundings['taken']): CallTimes | Refused {
  const read: Partial<Record<(typeof TIME_FIELDS)[number], Instant>> = {};
  for (const field of TIME_FIELDS) {
    if (isAbsent(call[field])) continue;
    const instant = parseInstant(call[field]);
    if (instant === undefined) return { refused: 'timestamp is no date' };
    read[field] = instant;
  }
  const { timestamp, originalTimestamp, sentAt, receivedAt } = read;
  const claimed = timestamp ?? originalTimestamp ?? taken?.at;
  if (claimed === undefined) return { refused: 'no timestamp' };
  const told = receivedAt ?? taken?.received ?? claimed;
  const received = taken === undefined ? told : earlier(told, taken.received);
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

/** Ids are texts; many sources write them as numbers. Undefined for anything else, and for the empty text. */
export function idText(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Longer than any id that a source would give: it is not stored. */
export function isTooLong(id: string | undefined): boolean {
  return id !== undefined && id.length > LONGEST_ID;
}

/** What is null is not there, as in JSON of many languages. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** An object of JSON; arrays are none. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
