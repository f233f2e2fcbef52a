/**
 * A document that has become too large for its store. The budgets bound every section, but not all of them at their limits together;
 * and an exit, a change of consent or an erasure must be written whatever else a customer has gathered. So what is told is shortened,
 * then the largest values go that no rule lives by, and last the oldest keys of journeys.
 */
import { ledgerEntrySchema } from '#lib/contracts/consent-ledger.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { LARGEST_DOCUMENT, TOLD_AT_LEAST } from './budgets.ts';
import type { CustomerDocument } from './document.ts';
import { OWN_TRAITS } from './rules/traits.ts';

/** Values of fewer bytes stay: to leave them out would not help. */
const WORTH_LEAVING_OUT = 64;
/** Of an entry of the ledger, all but source, text and proof. */
const LIVED_BY: ReadonlySet<string> = new Set(
  Object.keys(ledgerEntrySchema.shape).filter((field) => !['source', 'text', 'proof'].includes(field)),
);
/** Names of what was left out that the log repeats. */
const MOST_NAMED = 10;

/** The same document, or one of at most LARGEST_DOCUMENT bytes of JSON with a log that says what it has lost. */
export function fitted(document: CustomerDocument): CustomerDocument {
  if (bytesOf(document) <= LARGEST_DOCUMENT) return document;
  const fits = { ...structuredClone(document), log: shortened(document) };
  const missing: string[] = [];
  let over = bytesOf(fits) + TOLD_AT_LEAST - LARGEST_DOCUMENT;
  for (const { bytes, name, leaveOut } of largestFirst(fits)) {
    if (over <= 0) break;
    leaveOut();
    missing.push(name);
    over -= bytes;
  }
  const forgotten = over <= 0 ? 0 : forgetKeys(fits, over);
  return { ...fits, log: [...fits.log, ...told(fits, missing, forgotten)] };
}

function bytesOf(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value) ?? '').length;
}

/** The first entries, and how many more there were. */
function shortened({ log, decided }: CustomerDocument): readonly LogEntry[] {
  let bytes = 0;
  const kept = log.findIndex((entry) => {
    bytes += bytesOf(entry);
    return bytes > TOLD_AT_LEAST;
  });
  if (kept < 0) return log;
  const reason = `too much to tell: ${log.length - kept} more decisions`;
  return [...log.slice(0, kept), { at: decided, kind: 'ignores', reason }];
}

interface Kept {
  readonly name: string;
  readonly bytes: number;
  readonly leaveOut: () => void;
}

/** Values that conditions or messages may read, and without which every rule still works. */
function largestFirst({
  runs,
  traits,
  watched,
  emitted = [],
  ledger = [],
}: CustomerDocument): readonly Kept[] {
  const all: Kept[] = [];
  const add = (name: string, values: Record<string, unknown>, but?: ReadonlySet<string>) => {
    for (const [key, value] of Object.entries(values)) {
      const bytes = bytesOf(value);
      if (bytes < WORTH_LEAVING_OUT || but?.has(key) === true) continue;
      all.push({ name: `${name}.${key}`, bytes, leaveOut: () => delete values[key] });
    }
  };
  add('profile', traits, OWN_TRAITS);
  for (const run of Object.values(runs)) {
    add('entry', run.event);
    for (const [name, saved] of Object.entries(run.saved ?? {})) add(`saved.${name}`, saved);
    for (const arms of Object.values(run.memory ?? {}))
      for (const match of Object.values(arms).flat()) if (match.kept !== undefined) add('event', match.kept);
  }
  for (const goal of Object.values(watched)) add('entry', goal.event);
  for (const { event, properties } of emitted) add(event, properties);
  // What was said stays on record; the application's own words about it go before any entry of a journey does.
  for (const entry of ledger) add('ledger', entry, LIVED_BY);
  return all.toSorted((a, b) => b.bytes - a.bytes);
}

/** Forgets the entries that lie furthest back until so many bytes are gone; returns how many. */
function forgetKeys({ entries }: CustomerDocument, over: number): number {
  const all = Object.values(entries).flatMap((keys) =>
    Object.entries(keys).map(([key, entry]) => ({
      keys,
      key,
      last: entry.last,
      bytes: bytesOf({ [key]: entry }),
    })),
  );
  let left = over;
  let forgotten = 0;
  for (const { keys, key, bytes } of all.toSorted((a, b) =>
    a.last < b.last ? -1 : Number(a.last > b.last),
  )) {
    if (left <= 0) break;
    delete keys[key];
    left -= bytes;
    forgotten += 1;
  }
  return forgotten;
}

function told(
  { decided }: CustomerDocument,
  missing: readonly string[],
  forgotten: number,
): readonly LogEntry[] {
  const log: LogEntry[] = [];
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : '';
  if (missing.length > 0)
    log.push({
      at: decided,
      kind: 'ignores',
      reason: `the customer is too large to keep: ${missing.slice(0, MOST_NAMED).join(', ')}${more}`,
    });
  if (forgotten > 0)
    log.push({
      at: decided,
      kind: 'ignores',
      reason: `the customer is too large: ${forgotten} entries forgotten`,
    });
  return log;
}
