// What counted work costs: calls of functions with what they read and write, messages, transitions.
import { STEP_FUNCTION_NAMES, type FunctionName } from '#lib/contracts/deployment-names.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { JourneyCounts, Work } from './counted-play.ts';
import { ASSUMED_MILLIS, gigabyteSeconds } from './durations.ts';
import { dollarsFor, type PriceName } from './prices.ts';

/** The lines that Lambda and a function write for one call. Start, end and report of Lambda alone are some 400 bytes. */
export const LOG_BYTES_OF_A_CALL = 800;
/** A message is put into its queue, received and deleted: three requests where it travels alone. */
const QUEUE_REQUESTS_ALONE = 3;

/** US dollars by what they are for. */
export interface Cost {
  readonly functions: number;
  readonly table: number;
  readonly queuesAndBus: number;
  readonly logs: number;
}

/** The function that does each kind of call of a play. */
const FUNCTION_OF: Readonly<Record<string, FunctionName>> = {
  ...STEP_FUNCTION_NAMES,
  event: 'ingest-events',
  relay: 'relay-effects',
  look: 'pass-time',
  ask: 'tell-customers',
};

/** What a call waits for beside the table, in milliseconds. */
const WAITS_FOR: Readonly<Record<string, number>> = {
  send: ASSUMED_MILLIS.provider,
  invoke: ASSUMED_MILLIS.outside,
  webhook: ASSUMED_MILLIS.outside,
  relay: ASSUMED_MILLIS.execution,
};

/** All calls of one kind, each alone: batches make it cheaper. */
export function costOfWork(kind: string, work: Work): Cost {
  const name = FUNCTION_OF[kind];
  // Executions that end as they should tell nobody: only failures reach a function.
  if (name === undefined) return { functions: 0, table: 0, queuesAndBus: 0, logs: 0 };
  const seconds = work.calls * gigabyteSeconds(name, work, WAITS_FOR[kind] ?? 0);
  const queued = kind === 'event' || kind === 'look' ? work.calls * QUEUE_REQUESTS_ALONE : 0;
  return {
    functions: dollarsFor('lambdaRequest', work.calls) + dollarsFor('lambdaDuration', seconds),
    table:
      dollarsFor('readUnit', work.readUnits) +
      dollarsFor('writeUnit', work.writeUnits + work.indexUnits + work.toldUnits),
    queuesAndBus:
      dollarsFor('queueRequest', queued) + dollarsFor('busEvent', kind === 'event' ? work.calls : 0),
    logs: dollarsFor('logIngestion', (work.calls * LOG_BYTES_OF_A_CALL) / 1e9),
  };
}

/**
 * Writes of a send beside its claim and its record: the provider's id, where reports about the message carry nothing else, and the
 * message itself, where the customer fetches it (tests/adapters/aws/delivery/send-counts.test.ts).
 */
const THIRD_WRITE: ReadonlySet<Channel> = new Set<Channel>(['sms', 'whatsapp', 'inapp']);

/** What a million runs of a journey cost. */
export interface JourneyCost {
  readonly journey: string;
  readonly runsCounted: number;
  readonly transitionsOfOne: number;
  readonly orchestration: number;
  readonly everythingElse: number;
  readonly messages: number;
}

const PRICE_OF: Readonly<Partial<Record<Channel, PriceName>>> = {
  email: 'email',
  sms: 'sms',
  push: 'push',
  whatsapp: 'whatsapp',
};

export function costOfJourney(journey: string, counts: JourneyCounts): JourneyCost {
  const { runs, transitions, work, messages } = counts;
  const perMillion = runs === 0 ? 0 : 1_000_000 / runs;
  const costs = [...work].map(([kind, one]) => costOfWork(kind, one));
  const sent = [...messages].reduce((sum, [channel, count]) => {
    const price = PRICE_OF[channel];
    return price === undefined ? sum : sum + dollarsFor(price, count);
  }, 0);
  const thirdWrites = [...messages].reduce(
    (sum, [channel, count]) => (THIRD_WRITE.has(channel) ? sum + count : sum),
    0,
  );
  return {
    journey,
    runsCounted: runs,
    transitionsOfOne: runs === 0 ? 0 : transitions / runs,
    orchestration: dollarsFor('transition', transitions) * perMillion,
    everythingElse:
      (costs.reduce((sum, cost) => sum + total(cost), 0) + dollarsFor('writeUnit', thirdWrites)) * perMillion,
    messages: sent * perMillion,
  };
}

export function total({ functions, table, queuesAndBus, logs }: Cost): number {
  return functions + table + queuesAndBus + logs;
}
