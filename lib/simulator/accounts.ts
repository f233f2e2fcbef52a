// What a simulation does for which money: every call of a function, and what is read and written in it. Deployed, each of these is
// paid for, so whoever reckons what journeys cost listens here instead of guessing.
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { DocumentStore, Timeline } from '#lib/engine/ports.ts';
import type { StepFunction } from '#lib/engine/use-cases/call-step.ts';

/** One call of a function: by an event, by the relay for a document that has something to do, by a Task, because of the time. */
export type AccountedCall =
  | { readonly kind: 'event' }
  | { readonly kind: 'relay'; readonly document: CustomerDocument }
  | { readonly kind: 'step'; readonly step: StepFunction; readonly payload: unknown }
  | { readonly kind: 'look' }
  | { readonly kind: 'ask' }
  | { readonly kind: 'ending' };

export interface Accounts {
  /** Does the work; what is read, written and told inside belongs to the call. Calls may overlap. */
  call<T>(call: AccountedCall, work: () => Promise<T>): Promise<T>;
  read(document: CustomerDocument | undefined): void;
  written(document: CustomerDocument): void;
  told(log: readonly LogEntry[]): void;
}

/** Nobody listens. */
export const NO_ACCOUNTS: Accounts = {
  call: (_, work) => work(),
  read: () => {},
  written: () => {},
  told: () => {},
};

/** The store, with what is read and written told. A write that came second is told as well: it is paid for. */
export function accountedStore(store: DocumentStore, accounts: Accounts): DocumentStore {
  if (accounts === NO_ACCOUNTS) return store;
  return {
    async load(customer) {
      const document = await store.load(customer);
      accounts.read(document as CustomerDocument | undefined);
      return document;
    },
    commit(document) {
      accounts.written(document);
      return store.commit(document);
    },
  };
}

/** The timeline, with what is appended told. */
export function accountedTimeline(timeline: Timeline, accounts: Accounts): Timeline {
  if (accounts === NO_ACCOUNTS) return timeline;
  return {
    append(told) {
      accounts.told(told.log);
      return timeline.append(told);
    },
  };
}
