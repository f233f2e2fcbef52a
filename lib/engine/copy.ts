/**
 * A private copy of a customer document. `decide` is pure: the rules change this copy and nothing else.
 *
 * Copied are the document and its sections; what lies deeper is shared with the original until a rule needs to change it and
 * makes it its own (`ownRecord`, `ownRun`). A deep copy would cost more than the decision itself.
 */
import type { CustomerDocument } from './document.ts';

export function copyDocument(document: CustomerDocument): CustomerDocument {
  return {
    ...document,
    traits: { ...document.traits },
    consent: { ...document.consent },
    suppressed: { ...document.suppressed },
    runs: { ...document.runs },
    watched: { ...document.watched },
    segments: { ...document.segments },
    aggregates: { ...document.aggregates },
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
