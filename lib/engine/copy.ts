/**
 * A private copy of a customer document. `decide` is pure: the rules change this copy and nothing else.
 *
 * Copied are the document and its sections, and each run; what lies deeper is shared with the original and replaced, never
 * changed, by the rules that need to (`ownRecord` and its like). A deep copy would cost more than the decision itself.
 */
import type { CustomerDocument, Run } from './document.ts';

export function copyDocument(document: CustomerDocument): CustomerDocument {
  return {
    ...document,
    traits: { ...document.traits },
    consent: { ...document.consent },
    suppressed: { ...document.suppressed },
    runs: copyRuns(document.runs),
    watched: { ...document.watched },
    entries: { ...document.entries },
    heldOut: { ...document.heldOut },
    splits: { ...document.splits },
    sends: document.sends.slice(),
    sentForLife: { ...document.sentForLife },
    tallies: { ...document.tallies },
    recent: document.recent.slice(),
  };
}

/** A record inside a section, made this decision's own before it is changed. */
export function ownRecord<T extends object>(section: Record<string, T>, key: string, empty: T): T {
  const own = { ...(Object.hasOwn(section, key) ? section[key] : empty) } as T;
  section[key] = own;
  return own;
}

function copyRuns(runs: Record<string, Run>): Record<string, Run> {
  const copy = { ...runs };
  for (const id of Object.keys(copy)) copy[id] = { ...copy[id] } as Run;
  return copy;
}
