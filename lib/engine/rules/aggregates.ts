/**
 * Aggregates: what a document keeps of events so that conditions can ask what the customer has done. The same events in any
 * order leave the same aggregates (promise P1): counts and sums are numbers, and of the instants the latest are kept.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { addMillis, later, type Instant } from '#lib/contracts/time.ts';
import { listenersTo, type Aggregate } from '../aggregates.ts';
import { MILLIONTHS } from '../conditions/did.ts';
import { isTrue } from '../conditions/evaluate.ts';
import { note, type Deciding } from '../deciding.ts';
import type { CustomerDocument } from '../document.ts';
import { addDuration } from '../time/add-duration.ts';

type Kept = CustomerDocument['aggregates'][string];

/** More than calendars and zones can make of the difference between two lengths of the same name. */
const MARGIN_MILLIS = 5 * 24 * 60 * 60 * 1000;

/** Counts an event wherever it is asked about; true where it counted. */
export function countEvent(deciding: Deciding, event: CustomerEvent): boolean {
  let counted = false;
  for (const aggregate of listenersTo(event.event, deciding.workspace.aggregatesByEvent)) {
    if (aggregate.where !== undefined && !isTrue(aggregate.where, deciding, { event })) continue;
    counted = count(deciding, aggregate, event) || counted;
  }
  return counted;
}

/**
 * The document meets aggregates that it has not kept: what happened before is not known, and from when on it is, is kept with
 * them. Those that nobody asks about any more go.
 */
export function catchUpAggregates(deciding: Deciding): void {
  const { document, workspace, now } = deciding;
  for (const key of Object.keys(document.aggregates))
    if (!workspace.aggregates.has(key)) delete document.aggregates[key];
  const seen = document.marks ?? '';
  for (const { key, mark, keeps } of workspace.aggregates.values()) {
    if (seen.includes(mark)) continue;
    const kept = document.aggregates[key];
    if (kept === undefined) document.aggregates[key] = { count: 0, known: now };
    else if (keeps > 0 && kept.latest === undefined)
      document.aggregates[key] = { ...kept, latest: [], from: now };
  }
}

/** Instants that no window reaches any more. */
export function forgetInstants({ document, workspace, now }: Deciding): void {
  for (const { key, windows } of workspace.aggregates.values()) {
    const kept = document.aggregates[key];
    const [oldest] = kept?.latest ?? [];
    if (kept?.latest === undefined || oldest === undefined || windows === undefined) continue;
    const isPast = (at: Instant): boolean =>
      windows.every((window) => addMillis(addDuration(at, window, 'UTC'), MARGIN_MILLIS) < now);
    if (isPast(oldest)) document.aggregates[key] = cut(kept, kept.latest.filter(isPast).length);
  }
}

function count(deciding: Deciding, aggregate: Aggregate, event: CustomerEvent): boolean {
  const { key, keeps, property } = aggregate;
  const value = property === undefined ? undefined : valueIn(event, property);
  if (property !== undefined && value === undefined) return false;
  const { aggregates } = deciding.document;
  const before: Kept = aggregates[key] ?? { count: 0 };
  const after: Kept = {
    ...before,
    count: before.count + 1,
    ...(value === undefined ? {} : { sum: (before.sum ?? 0) + value }),
  };
  aggregates[key] = keeps === 0 ? after : withInstant(deciding, aggregate, after, event.at, value);
  deciding.changed = true;
  return true;
}

/** In millionths; undefined for what is no number. */
function valueIn({ properties }: CustomerEvent, path: string): number | undefined {
  let value: unknown = properties;
  for (const part of path.split('.'))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, part)
        ? (value as Record<string, unknown>)[part]
        : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? Math.round(value * MILLIONTHS) : undefined;
}

function withInstant(
  deciding: Deciding,
  { keeps, event }: Aggregate,
  kept: Kept,
  at: Instant,
  value: number | undefined,
): Kept {
  // What is older than all that was dropped has been dropped as well.
  if (kept.from !== undefined && at < kept.from) return kept;
  const latest = (kept.latest ?? []).slice();
  const values = kept.values?.slice() ?? [];
  let place = latest.length;
  // Two events of one instant stand in the order of their values: the order of arrival must not decide which is dropped.
  while (place > 0 && isBefore(at, value, latest[place - 1], values[place - 1])) place -= 1;
  latest.splice(place, 0, at);
  if (value !== undefined) values.splice(place, 0, value);
  const longer: Kept = { ...kept, latest, ...(value === undefined ? {} : { values }) };
  const spare = latest.length - keeps;
  if (spare <= 0) return longer;
  if (value !== undefined)
    note(deciding, {
      kind: 'ignores',
      reason: `too many events for a sum of ${event}: the oldest no longer count`,
    });
  return cut(longer, spare);
}

function isBefore(
  at: Instant,
  value: number | undefined,
  other: Instant | undefined,
  otherValue: number | undefined,
): boolean {
  if (other === undefined || at !== other) return other !== undefined && at < other;
  return (value ?? 0) < (otherValue ?? 0);
}

/** Without the oldest; the list is complete from the latest of these on. */
function cut(kept: Kept, spare: number): Kept {
  const dropped = kept.latest?.[spare - 1];
  if (dropped === undefined) return kept;
  return {
    ...kept,
    from: kept.from === undefined ? dropped : later(kept.from, dropped),
    latest: kept.latest?.slice(spare) ?? [],
    ...(kept.values === undefined ? {} : { values: kept.values.slice(spare) }),
  };
}
