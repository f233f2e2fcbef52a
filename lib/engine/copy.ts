/**
 * A private copy of a customer document. `decide` is pure: the rules change this copy and nothing else. Hand-written for the
 * known shape because a general deep clone costs more than the whole decision.
 */
import type { CustomerDocument, Run } from './document.ts';

export function copyDocument(document: CustomerDocument): CustomerDocument {
  return {
    ...document,
    traits: { ...document.traits },
    consent: eachValue(document.consent, shallow),
    suppressed: { ...document.suppressed },
    runs: eachValue(document.runs, copyRun),
    watched: { ...document.watched },
    entries: eachValue(document.entries, shallow),
    heldOut: { ...document.heldOut },
    splits: { ...document.splits },
    sends: document.sends.map((send) =>
      send.reports === undefined ? { ...send } : { ...send, reports: { ...send.reports } },
    ),
    sentForLife: { ...document.sentForLife },
    tallies: eachValue(document.tallies, (tally) => ({ ...tally, exited: { ...tally.exited } })),
    recent: document.recent.slice(),
  };
}

function copyRun(run: Run): Run {
  const copy: Run = { ...run };
  if (run.waiting !== undefined) copy.waiting = { ...run.waiting };
  if (run.memory !== undefined)
    copy.memory = eachValue(run.memory, (arms) => eachValue(arms, (matches) => matches.slice()));
  return copy;
}

function shallow<T extends object>(value: T): T {
  return { ...value };
}

function eachValue<T>(record: Record<string, T>, copy: (value: T) => T): Record<string, T> {
  const result: Record<string, T> = {};
  for (const key in record) if (Object.hasOwn(record, key)) result[key] = copy(record[key] as T);
  return result;
}
