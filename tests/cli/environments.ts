// Environments to sign in to without AWS: what is deployed in them is said by the test.
import type { ExportedCustomer } from '#lib/adapters/aws/dynamodb/customer-export.ts';
import { CommandProblem } from '#lib/cli/command-problem.ts';
import type { Connect, DeployedSystem } from '#lib/cli/deployed-system.ts';
import { audienceMachineName } from '#lib/contracts/deployment-names.ts';
import type { LedgerEntry } from '#lib/contracts/consent-ledger.ts';
import { customerId } from '#lib/contracts/ids.ts';
import type { JourneySwitch, ToldRevision } from '#lib/engine/ports.ts';

export interface TestEnvironment {
  mark?: string;
  machines?: readonly string[];
  running?: readonly string[];
  inside?: Readonly<Record<string, number>>;
  goals?: Readonly<Record<string, number>>;
  /** By the id that the environment keeps a customer under. */
  timelines?: Readonly<Record<string, readonly ToldRevision[]>>;
  ledgers?: Readonly<Record<string, readonly LedgerEntry[]>>;
  /** By the same. */
  exports?: Readonly<Record<string, ExportedCustomer>>;
}

export interface TestEnvironments {
  readonly connect: Connect;
  readonly switches: Map<string, JourneySwitch>;
  readonly breakerReasons: Map<string, { readonly reason: string; readonly at: string }>;
  readonly events: Parameters<DeployedSystem['put']>[0][];
  /** Environments that were asked for every document. */
  readonly asked: string[];
  /** Customers by the id that they are kept under. */
  readonly erased: string[];
  open: number;
}

/** Environments by name. */
export function environments(all: Readonly<Record<string, TestEnvironment>>): TestEnvironments {
  const known: TestEnvironments = {
    switches: new Map(),
    breakerReasons: new Map(),
    events: [],
    asked: [],
    erased: [],
    open: 0,
    connect: (name) => {
      const environment = all[name];
      if (environment === undefined)
        return Promise.reject(new CommandProblem(`${name} cannot be asked: there are no AWS credentials`));
      known.open += 1;
      const { mark, machines = [], running = [], inside = {}, goals = {} } = environment;
      const { timelines = {}, ledgers = {}, exports = {} } = environment;
      return Promise.resolve({
        machines: new Set([...machines, audienceMachineName(`wend-${name}`)]),
        mark: () => Promise.resolve(mark),
        isRunning: (machine) => Promise.resolve(running.includes(machine)),
        customersByVersion: (onPart) => {
          known.asked.push(name);
          onPart(256, 256);
          return Promise.resolve({
            inside: new Map(Object.entries(inside)),
            goals: new Map(Object.entries(goals)),
          });
        },
        switches: () => Promise.resolve(new Map(known.switches)),
        breakerReasons: () => Promise.resolve(new Map(known.breakerReasons)),
        setSwitch: (journey, to) => {
          if (to === undefined) known.switches.delete(journey);
          else known.switches.set(journey, to);
          return Promise.resolve();
        },
        customerId: (external) => Promise.resolve(customerId('secret', external)),
        timeline: (customer, most) => Promise.resolve((timelines[customer] ?? []).slice(0, most)),
        consent: (customer) => Promise.resolve(ledgers[customer] ?? []),
        exportOf: (customer) => Promise.resolve(exports[customer]),
        erase: (customer) => {
          const kept = exports[customer];
          if (kept !== undefined) known.erased.push(customer);
          return Promise.resolve(
            kept && {
              at: kept.exported,
              by: 'operator',
              removal: 'wanted',
              ...kept.document.erased,
              stopping: 1,
            },
          );
        },
        put: (call) => {
          known.events.push(call);
          return Promise.resolve();
        },
        close: () => {
          known.open -= 1;
        },
      });
    },
  };
  return known;
}
