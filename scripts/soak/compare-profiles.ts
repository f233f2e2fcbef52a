// Whether everything that was acknowledged is in the profiles, once: customers, their orders, and what their runs have come to.
import { readDocumentImage } from '#lib/adapters/aws/dynamodb/document-item.ts';
import { readEveryDocument } from '#lib/adapters/aws/dynamodb/every-document.ts';
import { createTimeline, lastOf } from '#lib/adapters/aws/dynamodb/timeline.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { TIMELINE_DAYS } from '#lib/contracts/profiles-table.ts';
import { toMillis } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import type { Clients } from './clients.ts';
import { COUNTED_EVENT, type Ledger } from './ledger.ts';

export interface Comparison {
  readonly customers: number;
  readonly orders: number;
  /** Sends whose class is marketing, by the key of the send. */
  readonly marketing: ReadonlySet<string>;
  /** Waits of runs that are over, and by how much each ended late, in milliseconds of the business. */
  readonly waits: readonly number[];
  /** What is not as it should be, in words. */
  readonly broken: readonly string[];
}

/** Timelines of a soak are shorter. */
const MOST_DECISIONS = 5000;
/** What is due within the last minute may be under way: the schedule of the sweep has no finer grain. */
const GRACE_MILLIS = 60_000;

/** @param now of the business, when its clock was stopped. */
export async function compareProfiles(
  clients: Pick<Clients, 'table'>,
  ledger: Ledger,
  now: number,
): Promise<Comparison> {
  const aggregate = aggregateOf(COUNTED_EVENT);
  const documents = new Map<string, CustomerDocument>();
  await readEveryDocument(
    clients.table,
    (item) => {
      const document = readDocumentImage(item);
      documents.set(document.external.user, document);
    },
    () => undefined,
  );
  const broken: string[] = [];
  const marketing = new Set<string>();
  const waits: number[] = [];
  const timeline = createTimeline(clients.table, TIMELINE_DAYS);
  let all = 0;
  for (const [customer, orders] of ledger.customers()) {
    all += orders;
    const document = documents.get(customer);
    if (document === undefined) {
      broken.push(`${customer} was told of, and nobody knows them`);
      continue;
    }
    const counted = document.aggregates[aggregate]?.count ?? 0;
    if (counted !== orders)
      broken.push(`${customer} has ordered ${orders} times, and the profile counts ${counted}`);
    for (const send of document.sends) if (send.class === 'marketing') marketing.add(send.key);
    const told = await lastOf(timeline, document.customer, MOST_DECISIONS);
    const log = told.toReversed().flatMap((revision) => revision.log);
    for (const wait of endedWaits(log, document, now))
      if (wait.lateMillis === undefined)
        broken.push(`${customer} waits in ${wait.place} since ${wait.until}, which is over`);
      else waits.push(wait.lateMillis);
  }
  return { customers: documents.size, orders: all, marketing, waits, broken };
}

interface EndedWait {
  readonly place: string;
  readonly until: string;
  /** undefined: nothing has come of it. */
  readonly lateMillis: number | undefined;
}

/** Waits that should have ended by now and that no event has ended before. */
function* endedWaits(
  log: readonly LogEntry[],
  { runs }: CustomerDocument,
  now: number,
): Generator<EndedWait> {
  for (const [index, { kind, run, until, journey, step }] of log.entries()) {
    if (kind !== 'waits' || run === undefined || until === undefined) continue;
    const due = toMillis(until);
    const next = log.slice(index + 1).find((entry) => entry.run === run);
    const place = `${journey}/${step}`;
    if (next !== undefined) {
      const late = toMillis(next.at) - due;
      if (late >= 0) yield { place, until, lateMillis: late };
    } else if (due + GRACE_MILLIS < now && runs[run] !== undefined && runs[run].over === undefined)
      yield { place, until, lateMillis: undefined };
  }
}

/** Under which documents count the event. */
function aggregateOf(event: string): string {
  const parsed = parseCondition({ did: event });
  if ('condition' in parsed && parsed.condition.kind === 'did') return parsed.condition.aggregate;
  throw new Error(`"${event}" cannot be asked for.`);
}
