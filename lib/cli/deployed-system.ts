// What commands ask of a deployed environment, and tell it. Commands know this and nothing of AWS; connect.ts makes it true.
import type { ExportedCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import type { TrackCall } from '#lib/adapters/aws/bus.ts';
import type { RunningLocalCloud } from '#lib/laptop/running-file.ts';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import type { Erasure } from '#lib/engine/use-cases/erase-customer.ts';
import type { JourneySwitch, ToldRevision } from '#lib/engine/ports.ts';

/** One environment, signed in to. Every call rejects with a CommandProblem where AWS does not answer. */
export interface DeployedSystem {
  /** Mark of the repository that is deployed, as its functions have told; undefined: none of them has run yet. */
  mark(): Promise<string | undefined>;
  /** Names of its state machines (deployment-names.ts). */
  readonly machines: ReadonlySet<string>;
  /** Whether an execution of the machine is on; false where there is no such machine. */
  isRunning(machine: string): Promise<boolean>;
  /** Customers by version key; reads every document. `onPart` is told how many of all parts are done. */
  customersByVersion(onPart: (done: number, all: number) => void): Promise<{
    readonly inside: ReadonlyMap<string, number>;
    readonly goals: ReadonlyMap<string, number>;
  }>;
  switches(): Promise<ReadonlyMap<string, JourneySwitch>>;
  /** Why the breaker has paused journeys, of those that it holds now. */
  breakerReasons(): Promise<ReadonlyMap<string, { readonly reason: string; readonly at: string }>>;
  /** `undefined`: the journey is what its file says. */
  setSwitch(journey: string, to: JourneySwitch | undefined): Promise<void>;
  /** The id under which the deployment keeps a customer, by that of the applications. */
  customerId(external: string): Promise<string>;
  /** The last `most` decisions that told something about the customer, newest first; none where nobody is kept under the id. */
  timeline(customer: string, most: number): Promise<readonly ToldRevision[]>;
  /** All that was ever said about the customer's consent, in the order in which it happened. */
  consent(customer: string): Promise<readonly LedgerEntry[]>;
  /** Everything that is kept of the customer; undefined where nobody is known by the id. */
  exportOf(customer: string): Promise<ExportedCustomer | undefined>;
  /** Undefined where nobody is known by the id. */
  erase(customer: string): Promise<Erasure | undefined>;
  /** Puts an event on the bus of applications. */
  put(call: TrackCall): Promise<void>;
  /** Ends its connections. */
  close(): void;
}

/** `local`: it is in the local cloud. Throws a CommandProblem where there is no such environment, or nobody is let in. */
export type Connect = (environment: string, local?: RunningLocalCloud) => Promise<DeployedSystem>;
