// Who is where: the customers' documents as they are written into the table, and beside them the state that each run's execution is in.
import { readDocumentImage, type DocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { customerId, versionKey } from '#lib/contracts/ids.ts';
import { DOCUMENT_SORT_KEY } from '#lib/contracts/profiles-table.ts';
import type { CustomerDocument, Run } from '#lib/engine/document.ts';
import type { JourneySwitch, ToldRevision } from '#lib/engine/ports.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import type { ExecutionOfRun } from './executions-view.ts';
import type { Customers, KnownCustomer } from './running-cloud.ts';

export interface KnownCustomersOptions {
  /** Under which customer ids are hashed. */
  readonly secret: string;
  readonly manifests: readonly Manifest[];
  /** States that a run's execution is in; none where it is not running. */
  readonly statesOf: (run: string, of: ExecutionOfRun) => readonly string[];
  readonly timeline: (customer: string, most: number) => Promise<readonly ToldRevision[]>;
  readonly switches: () => Promise<ReadonlyMap<string, JourneySwitch>>;
  readonly breakerReasons: () => Promise<ReadonlyMap<string, { readonly reason: string }>>;
}

export interface KnownCustomers extends Customers {
  /** Whose run it is; undefined also for one that is over. */
  whoRuns(run: string): { readonly customer: string; readonly journey: string } | undefined;
  /** Something was written into the table; undefined: the item is gone. */
  note(partition: string, sort: string, item: DocumentImage | undefined): void;
}

/** What lists show of a document. */
type Shown = Pick<CustomerDocument, 'customer' | 'external' | 'runs' | 'decided'>;

/** What is kept of a document: itself as it is stored, which is a kilobyte, and what was read from it last. */
interface Kept {
  readonly image: DocumentImage;
  readonly document: Shown | undefined;
}

export function createKnownCustomers(options: KnownCustomersOptions): KnownCustomers {
  const { secret, manifests, statesOf, timeline, switches, breakerReasons } = options;
  const kept = new Map<string, Kept>();
  /** Written since they were read. To read one takes as long as to write it, and under load nobody looks at most of what is written. */
  const unread = new Set<string>();
  const runs = new Map<string, { readonly customer: string; readonly journey: string }>();
  const listeners = new Set<(id: string) => void>();
  const steps = new Map(
    manifests.map(({ journey, version, flow }) => [versionKey(journey, version), Object.keys(flow.nodes)]),
  );

  const stepOf = (id: string, run: Run): string | undefined => {
    const { rest, journey, version } = run;
    if (rest !== undefined) return rest.step;
    const nodes = steps.get(versionKey(journey, version)) ?? [];
    const [state] = statesOf(id, run);
    // A step's states are called as the step, with a remark behind it: `hello (deferred)`.
    const step =
      state === undefined ? undefined : nodes.find((node) => state === node || state.startsWith(`${node} `));
    return step ?? run.deferred?.step ?? run.waiting?.step;
  };
  const read = (id: string): Shown | undefined => {
    const found = kept.get(id);
    if (found === undefined || !unread.delete(id)) return found?.document;
    for (const run of Object.keys(found.document?.runs ?? {})) runs.delete(run);
    const { customer, external, runs: inside, decided } = readDocumentImage(found.image);
    const document = { customer, external, runs: inside, decided };
    kept.set(id, { image: found.image, document });
    for (const [run, { journey }] of Object.entries(inside)) runs.set(run, { customer, journey });
    return document;
  };
  const readAll = (): readonly Shown[] => [...kept.keys()].flatMap((id) => read(id) ?? []);
  const known = ({ customer, external, runs: inside, decided }: Shown): KnownCustomer => ({
    id: customer,
    external: external.user,
    runs: Object.entries(inside)
      .filter(([, { over }]) => over === undefined)
      .map(([run, one]) => {
        const step = stepOf(run, one);
        return { run, journey: one.journey, version: one.version, ...(step !== undefined && { step }) };
      }),
    changed: decided,
  });

  return {
    all: () => readAll().map(known),
    get: (id) => {
      const found = read(id);
      return found && known(found);
    },
    idOf: (external) => customerId(secret, external),
    document: (id) => {
      const found = kept.get(id);
      return Promise.resolve(found && readDocumentImage(found.image));
    },
    timeline,
    atSteps: () => {
      const counts = new Map<string, Map<string, number>>();
      for (const one of readAll())
        for (const { journey, step } of known(one).runs) {
          if (step === undefined) continue;
          const of = counts.get(journey) ?? new Map<string, number>();
          counts.set(journey, of.set(step, (of.get(step) ?? 0) + 1));
        }
      return counts;
    },
    switches,
    breakerReasons,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whoRuns: (run) => {
      if (!runs.has(run)) for (const id of unread) read(id);
      return runs.get(run);
    },
    note: (partition, sort, item) => {
      if (!partition.startsWith('C#')) return;
      const id = partition.slice(2);
      if (sort === DOCUMENT_SORT_KEY) {
        const document = kept.get(id)?.document;
        if (item === undefined) {
          for (const run of Object.keys(document?.runs ?? {})) runs.delete(run);
          kept.delete(id);
          unread.delete(id);
        } else {
          kept.set(id, { image: item, document });
          unread.add(id);
        }
      }
      for (const listener of listeners) listener(id);
    },
  };
}
