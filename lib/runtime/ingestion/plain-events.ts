/** Events in an application's own form, read as the settings say. */
import { idText, isAbsent, isRecord, isTooLong, type Refused } from '#lib/contracts/segment-call.ts';
import { earlier, parseInstant } from '#lib/contracts/time.ts';
import { takesPermissionAway } from '#lib/contracts/withdrawals.ts';
import { plainEventName, type PlainEvents } from '#lib/journey/plain-events.ts';
import type { BusEvent } from './bus-event.ts';
import type { SourceReader, Told } from './source-reader.ts';

/**
 * Reads what the settings declare. Reasons of refusal: `detail is no object`, `no customer`, `id too long`, `timestamp is no date`.
 * @param audiences events that may come without a customer
 */
export function plainEvents(declared: readonly PlainEvents[], audiences: ReadonlySet<string>): SourceReader {
  const bySource = Map.groupBy(declared, ({ source }) => source);
  return {
    takes: ({ source }) => bySource.has(source),
    read(event) {
      for (const one of bySource.get(event.source) ?? []) {
        const name = plainEventName(one, event.detailType);
        if (name !== undefined) return readPlainEvent(event, one, name, audiences.has(name));
      }
      return { passedOver: 'no event of the settings' };
    },
  };
}

function readPlainEvent(event: BusEvent, one: PlainEvents, name: string, isForAll: boolean): Told | Refused {
  const { detail, received } = event;
  if (!isRecord(detail)) return { refused: 'detail is no object' };
  const named = valueAt(detail, one.customer);
  const user = idText(named);
  // What stands there and is no id is a mistake: it must not mean everybody.
  if (user === undefined && !(isForAll && isAbsent(named))) return { refused: 'no customer' };
  if (isTooLong(user)) return { refused: 'id too long' };
  const said = one.at === undefined ? undefined : valueAt(detail, one.at);
  // What takes a permission away is not put aside for its date.
  const heard = isAbsent(said) || takesPermissionAway(name, detail) ? event.time : undefined;
  const at = parseInstant(said) ?? heard;
  if (at === undefined) return { refused: 'timestamp is no date' };
  const own = one.id === undefined ? undefined : idText(valueAt(detail, one.id));
  // An order is placed and shipped: events of several types may be known by one id.
  const id = own === undefined ? event.id : `${event.detailType}/${own}`;
  const input = {
    kind: 'event',
    id,
    at: earlier(at, received),
    received,
    event: name,
    properties: detail,
  } as const;
  return { call: { ...(user !== undefined && { user }), input } };
}

/** What stands at `detail.customer.id`; nothing is looked up that the event does not have itself. */
function valueAt(detail: Readonly<Record<string, unknown>>, path: string): unknown {
  let value: unknown = detail;
  for (const part of path.split('.').slice(1))
    value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  return value;
}
