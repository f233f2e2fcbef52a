/**
 * What the ledger is to be told waits in the document until the relay has written it: it is committed with the decision, so that
 * neither a crash nor a table that does not answer can lose the proof of what a customer has said.
 */
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { hashHex } from '#lib/contracts/hash.ts';
import { MOST_UNWRITTEN, LEDGER_PROOF, LEDGER_TEXT } from '../budgets.ts';
import { note, type Deciding } from '../deciding.ts';

/** What an event has said, and what came of it. */
export type Said = Pick<LedgerEntry, 'what' | 'topic' | 'channel' | 'effect' | 'send' | 'reason' | 'said'>;

/** The decision has changed something. */
export const CHANGED = 'changed';

/** As the ledger tells what came of something that counts by its own instant. */
export function effectOf(changed: boolean): string {
  return changed ? CHANGED : 'older than what is on record';
}

/** Whoever tells of the past, or of another system's records. */
export function isImported({ history, properties }: CustomerEvent): boolean {
  return history === true || properties['import'] === true;
}

/** The event is to be in the ledger, once however often it is told. */
export function keepInLedger(deciding: Deciding, event: CustomerEvent, said: Said): void {
  const { document, now } = deciding;
  const { id, at, received, event: name, properties } = event;
  const entry: LedgerEntry = {
    // Of what is told is made a name of one length: the sort key of an item.
    id: hashHex(id, 20),
    at,
    received,
    decided: now,
    event: name,
    ...said,
    ...cut('source', properties['source'], LEDGER_TEXT),
    ...cut('text', properties['text'], LEDGER_TEXT),
    ...cut('proof', properties['proof'], LEDGER_PROOF),
    ...(isImported(event) ? { imported: true } : {}),
  };
  const unwritten = [...(document.ledger ?? []), entry];
  deciding.changed = true;
  document.ledger = unwritten;
  if (unwritten.length <= MOST_UNWRITTEN) return;
  // Nothing has been written for long, and somebody goes on telling: of what is worth the least the oldest goes.
  note(deciding, { kind: 'ignores', reason: 'too much for the ledger', event: id });
  const least = Math.min(...unwritten.map(worth));
  document.ledger = unwritten.toSpliced(
    unwritten.findIndex((one) => worth(one) === least),
    1,
  );
}

/** No refusal is dropped for a grant, and of either first what has changed nothing. */
function worth({ what, effect }: LedgerEntry): number {
  return (what === 'refused' || what === 'suppressed' ? 2 : 0) + (effect === CHANGED ? 1 : 0);
}

/** These are written. */
export function forgetWritten(deciding: Deciding, ids: readonly string[]): void {
  const { document } = deciding;
  const unwritten = document.ledger ?? [];
  const left = unwritten.filter(({ id }) => !ids.includes(id));
  if (left.length === unwritten.length) return;
  if (left.length === 0) delete document.ledger;
  else document.ledger = left;
  deciding.changed = true;
}

function cut<K extends string>(name: K, value: unknown, most: number): Partial<Record<K, string>> {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text === '') return {};
  return { [name]: text.slice(0, most) } as Partial<Record<K, string>>;
}
