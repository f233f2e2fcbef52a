/**
 * Who is in which version: asked of every customer document, because there is no other place that cannot be wrong. By the index of
 * customers and not by a scan, which would read (and pay for) timelines as well.
 */
import { versionKey } from '#lib/contracts/ids.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { readDocumentImage } from './document-item.ts';
import { readEveryDocument } from './every-document.ts';
import type { ProfilesTable } from './table.ts';

/** Customers by version key. */
export interface CustomersByVersion {
  /** With a run in it. */
  readonly inside: ReadonlyMap<string, number>;
  /** Whose goal can still be reached: after the run, or held out. */
  readonly goals: ReadonlyMap<string, number>;
}

/**
 * Reads every document. `onShard` is told how many of all parts are done. Eventually consistent reads: they cost half, and whoever
 * entered a moment ago entered the newest version.
 * Throws the faults `TableUnavailable`, `TableRefused` and `DocumentNotUnderstood`: of a document that cannot be read nobody knows where
 * its customer is.
 */
export async function customersByVersion(
  table: ProfilesTable,
  onShard: (done: number, all: number) => void,
): Promise<CustomersByVersion> {
  const counts = { inside: new Map<string, number>(), goals: new Map<string, number>() };
  await readEveryDocument(table, (item) => countIn(counts, readDocumentImage(item)), onShard);
  return counts;
}

function countIn(
  counts: { readonly inside: Map<string, number>; readonly goals: Map<string, number> },
  { runs, watched }: CustomerDocument,
): void {
  for (const key of new Set(Object.values(runs).map(keyOf))) add(counts.inside, key);
  for (const key of new Set(Object.values(watched).map(keyOf))) add(counts.goals, key);
}

function keyOf({ journey, version }: { readonly journey: string; readonly version: string }): string {
  return versionKey(journey, version);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
