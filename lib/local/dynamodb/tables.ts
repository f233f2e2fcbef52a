/**
 * DynamoDB of the local cloud: dynalite in this process, and in front of it what it lacks: transactions, expiry, a stream of changes, and
 * a journal.
 */
import type { Cancel } from '../clock.ts';
import type { Service } from '../gateway/service.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { batchWrite } from './batch-write.ts';
import type { TableStream } from './change-stream.ts';
import { Commits, PART, type TableChange } from './commits.ts';
import { openDynalite } from './embedded-dynalite.ts';
import { Locks } from './locks.ts';
import { RestoredTables } from './restored-tables.ts';
import { Sweep } from './sweep.ts';
import { TableOperations } from './table-operations.ts';
import { TableRegister } from './table-register.ts';
import { definitionOfResource, type TableResource } from './table-resource.ts';
import { tablesService } from './tables-service.ts';
import { tablesSnapshot } from './tables-snapshot.ts';
import { Transactions } from './transactions.ts';
import { Writes } from './writes.ts';

export interface TablesOptions {
  readonly time: CloudTime;
  readonly journal: Journal;
  readonly place: Place;
}

export interface Tables {
  readonly service: Service;
  /**
   * Makes a table of the template, or takes up what the journal has kept of it. Returns its ARN.
   * @throws Error for the reader where the database refuses it, or where the kept items do not fit.
   */
  add(resource: TableResource): Promise<string>;
  /** @param arn of the table or of its stream. @throws Error where there is no such table or it has no stream. */
  stream(arn: string): TableStream;
  /** Every change of an item, when it is written down. Returns what ends it. */
  onChange(listener: (change: TableChange) => void): Cancel;
  /** Ends the sweep. */
  close(): void;
}

export function createTables({ time, journal, place }: TablesOptions): Tables {
  const embedded = openDynalite();
  const locks = new Locks();
  const register = new TableRegister(embedded, journal, place, time.infrastructure);
  const commits = new Commits(journal, time.business, () => sweep.arm());
  const writes = new Writes(embedded, locks, commits);
  const transactions = new Transactions({
    embedded,
    locks,
    commits,
    writes,
    timers: time.infrastructure,
    table: (name) => register.get(name),
  });
  const restored = new RestoredTables(register, commits, transactions);
  const operations = new TableOperations(embedded, register, locks, place, time.business, () => sweep.arm());
  const sweep = new Sweep(time, () => register.all(), writes);
  journal.register({
    name: PART,
    restore: (record) => restored.take(record),
    snapshot: () => tablesSnapshot(register, commits, transactions, restored, locks),
  });
  let loading: Promise<void> | undefined;
  const ready = async (): Promise<void> => {
    if (!restored.isEmpty)
      loading ??= locks.alone(async () => {
        await restored.becomeAll();
        sweep.arm();
      });
    await loading;
  };
  return {
    service: tablesService({
      embedded,
      locks,
      register,
      writes,
      batchWrite: (input) =>
        batchWrite({ embedded, locks, commits, writes, find: (name) => register.find(name) }, input),
      transactions,
      operations,
      ready,
    }),
    add: (resource) =>
      locks.alone(async () => {
        const definition = definitionOfResource(resource, time.business.now());
        const kept = await restored.become(definition);
        if (kept === undefined) {
          const { status, body } = await register.create(definition);
          if (status !== 200) throw new Error(`The table ${definition.name} cannot be made: ${body}`);
        }
        sweep.arm();
        return register.get(definition.name).arn;
      }),
    stream: (arn) => {
      const stream = register.all().find((table) => arn === table.arn || arn === table.stream?.arn)?.stream;
      if (stream === undefined) throw new Error(`There is no stream of a table at ${arn}.`);
      return stream;
    },
    onChange: (listener) => commits.onChange(listener),
    close: () => sweep.close(),
  };
}
