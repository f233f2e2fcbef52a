// How often each thing happens that is paid for: counted in a play of a stream of events, in which customers behave as they do, with
// the documents and logs packed as they are in the table. Nothing is guessed from the longest path of a journey.
import { AsyncLocalStorage } from 'node:async_hooks';
import { documentItem } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { packed } from '#lib/adapters/aws/dynamodb/packing.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { hasWork } from '#lib/engine/next-look.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { Accounts, AccountedCall } from '#lib/simulator/accounts.ts';
import { play, type PlayOptions } from '#lib/simulator/play.ts';
import { indexWrites, itemBytes, writeUnits, type StoredItem } from './item-size.ts';

/** What was done in calls of one kind. Units are those of DynamoDB; those of indexes are in `indexUnits`. */
export interface Work {
  calls: number;
  reads: number;
  readUnits: number;
  writes: number;
  writeUnits: number;
  indexUnits: number;
  /** Entries of timelines, one for each decision that told something. */
  told: number;
  toldUnits: number;
}

/** What happened in all runs of one journey. */
export interface JourneyCounts {
  runs: number;
  transitions: number;
  /** By kind of call: `relay`, or the kind of Task. */
  readonly work: Map<string, Work>;
  readonly messages: Map<Channel, number>;
}

export interface PlayCounts {
  readonly events: number;
  readonly customers: number;
  readonly journeys: ReadonlyMap<string, JourneyCounts>;
  /** By kind of call, of all journeys and of none. */
  readonly work: ReadonlyMap<string, Work>;
  /** Executions that the relay has started, woken and stopped. */
  readonly effects: number;
  /** Bytes of the items of documents as they were written, in order of size. */
  readonly itemBytes: readonly number[];
}

interface Current {
  readonly work: readonly Work[];
}

/** Plays the stream and counts. The same stream and journeys give the same counts. */
export async function countPlay(options: Omit<PlayOptions, 'accounts' | 'onMessage'>): Promise<PlayCounts> {
  const journeys = new Map<string, JourneyCounts>(
    options.journeys.map(({ journey }) => [
      journey,
      { runs: 0, transitions: 0, work: new Map(), messages: new Map() },
    ]),
  );
  const work = new Map<string, Work>();
  const sizes: number[] = [];
  /** The item of each customer as it was written last. */
  const items = new Map<string, StoredItem>();
  const current = new AsyncLocalStorage<Current>();
  const each = (add: (one: Work) => void): void => {
    for (const one of current.getStore()?.work ?? []) add(one);
  };
  let effects = 0;
  const phases = new Map<string, CustomerDocument['runs']>();
  const accounts: Accounts = {
    call(call, does) {
      const kind = call.kind === 'step' ? call.step : call.kind;
      const journey = journeys.get(journeyOf(call) ?? '');
      const here = [workOf(work, kind), ...(journey === undefined ? [] : [workOf(journey.work, kind)])];
      for (const one of here) one.calls += 1;
      return current.run({ work: here }, does);
    },
    read(document) {
      const bytes = itemBytes(items.get(document?.customer ?? '') ?? {});
      each((one) => {
        one.reads += 1;
        one.readUnits += Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
      });
    },
    written(document) {
      effects += newEffects(document, phases.get(document.customer));
      phases.set(document.customer, document.runs);
      const item = documentItem(document, WRITER) ?? {};
      const moved = indexWrites(items.get(document.customer), item);
      items.set(document.customer, item);
      sizes.push(itemBytes(item));
      each((one) => {
        one.writes += 1;
        one.writeUnits += writeUnits(item);
        one.indexUnits += moved;
      });
    },
    told(log) {
      if (log.length === 0) return;
      each((one) => {
        one.told += 1;
        one.toldUnits += Math.ceil((packed(log).length + TIMELINE_KEY_BYTES) / 1024);
      });
    },
  };
  const result = await play({
    ...options,
    accounts,
    onMessage: ({ journey, channel }) => {
      const messages = journeys.get(journey)?.messages;
      messages?.set(channel, (messages.get(channel) ?? 0) + 1);
    },
  });
  for (const [id, { entered, transitions }] of Object.entries(result.report.journeys)) {
    const journey = journeys.get(id);
    if (journey === undefined) continue;
    journey.runs = entered;
    journey.transitions = transitions;
  }
  const { events, customers } = result.report;
  return { events, customers, journeys, work, effects, itemBytes: sizes.toSorted((a, b) => a - b) };
}

/** Runs whose execution is to be started, woken or stopped from now on. */
function newEffects({ runs }: CustomerDocument, before: CustomerDocument['runs'] = {}): number {
  return Object.entries(runs).filter(([id, run]) => hasWork(run) && before[id]?.phase !== run.phase).length;
}

/** A consistent read of up to 4 KB is one unit, of nothing too. */
const READ_UNIT_BYTES = 4096;
/** Keys, expiry and names of attributes of an entry of a timeline. */
const TIMELINE_KEY_BYTES = 120;

/** Which journey a call is for; that of an event or of the time is for nobody's in particular. */
function journeyOf(call: AccountedCall): string | undefined {
  if (call.kind === 'step') return (call.payload as { run: { journey: string } }).run.journey;
  if (call.kind !== 'relay') return undefined;
  const runs = Object.values(call.document.runs);
  return (runs.find(hasWork) ?? runs.at(-1))?.journey ?? call.document.log.at(0)?.journey;
}

/** As long as those of the functions. */
const WRITER = '00000000-0000-0000-0000-000000000000';

function workOf(of: Map<string, Work>, kind: string): Work {
  const known = of.get(kind);
  if (known !== undefined) return known;
  const none: Work = {
    calls: 0,
    reads: 0,
    readUnits: 0,
    writes: 0,
    writeUnits: 0,
    indexUnits: 0,
    told: 0,
    toldUnits: 0,
  };
  of.set(kind, none);
  return none;
}
