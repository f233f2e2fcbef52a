/**
 * How often customers want to hear of us, in their own words: `Preferences Changed { frequency?, pausedUntil? }`. Of each of the two the
 * latest by its own timestamp counts, whatever order the events come in. Marketing alone obeys them; runs go on.
 */
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import type { Cap } from '#lib/contracts/step-calls.ts';
import { parseInstant, type Instant } from '#lib/contracts/time.ts';
import { note, type Deciding } from '../deciding.ts';
import { frequencySchema, type CustomerDocument, type Frequency } from '../document.ts';

/** Why a send is skipped while the customer has paused. */
export const PAUSED_BY_CUSTOMER = 'paused by customer';
/** What a cap is called that the customer has chosen. */
export const CHOSEN_BY_CUSTOMER = 'frequency chosen by the customer';

/** One message in any period of this length; `all`: no cap of their own. From the most to the fewest messages. */
const PERIODS: Readonly<Record<Frequency, string | undefined>> = {
  all: undefined,
  daily: '1 day',
  weekly: '1 week',
  monthly: '1 month',
};
const ORDER = Object.keys(PERIODS);

/** Deals with `Preferences Changed`; what is missing in it stays as it was. */
export function applyPreferences(deciding: Deciding, event: CustomerEvent): void {
  if (event.event !== 'Preferences Changed') return;
  const { frequency, pausedUntil } = event.properties;
  const chosen = frequencySchema.safeParse(frequency).data;
  const until = instantOrNull(pausedUntil);
  const isUnderstood =
    (frequency === undefined || chosen !== undefined) &&
    (pausedUntil === undefined || until !== undefined) &&
    (chosen !== undefined || until !== undefined);
  if (!isUnderstood) {
    note(deciding, { kind: 'ignores', reason: 'preferences not understood', event: event.id });
    return;
  }
  const { at } = event;
  const { preferences = {} } = deciding.document;
  const { frequency: before, pausedUntil: pause } = preferences;
  const after: NonNullable<CustomerDocument['preferences']> = { ...preferences };
  if (chosen !== undefined && isNewer({ value: chosen, at }, before, isRarer))
    after.frequency = { value: chosen, at };
  if (until !== undefined && isNewer({ value: until, at }, pause, isLonger))
    after.pausedUntil = { value: until, at };
  if (after.frequency === before && after.pausedUntil === pause) return;
  deciding.document.preferences = after;
  deciding.changed = true;
}

/** Whether the customer wants no marketing at this instant; the end of the pause is outside it. */
export function isPausedByCustomer(
  { preferences }: Pick<CustomerDocument, 'preferences'>,
  at: Instant,
): boolean {
  const until = preferences?.pausedUntil?.value;
  return until !== undefined && until !== null && at < until;
}

/** The cap that the customer has chosen, over all marketing; undefined where they want everything. */
export function chosenCap({ preferences }: Pick<CustomerDocument, 'preferences'>): Cap | undefined {
  const per = PERIODS[preferences?.frequency?.value ?? 'all'];
  return per === undefined ? undefined : { most: 1, per, of: 'all' };
}

function isRarer(a: Frequency, b: Frequency): boolean {
  return ORDER.indexOf(a) > ORDER.indexOf(b);
}

function isLonger(a: Instant | null, b: Instant | null): boolean {
  return (a ?? '') > (b ?? '');
}

/** `null`: the pause is over. Undefined: neither that nor an instant. */
function instantOrNull(value: unknown): Instant | null | undefined {
  if (value === null) return null;
  return typeof value === 'string' ? parseInstant(value) : undefined;
}

interface Dated<T> {
  readonly value: T;
  readonly at: Instant;
}

/** Of one instant the fewer messages win, so that the order of arrival does not decide. */
function isNewer<T>(
  one: Dated<T>,
  before: Dated<T> | undefined,
  isStricter: (a: T, b: T) => boolean,
): boolean {
  if (before === undefined || before.at !== one.at) return before === undefined || before.at < one.at;
  return isStricter(one.value, before.value);
}
