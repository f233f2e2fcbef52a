// Customers of whom everybody is asked something, and a clock that only waiting moves: what the tests of audiences have in common.
import { compileManifest } from '#lib/compiler/compile.ts';
import { addMillis, fromMillis, toMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { CustomerList, DocumentStore, Untold } from '#lib/engine/ports.ts';
import type { Question } from '#lib/engine/use-cases/ask-customer.ts';
import type { Asking } from '#lib/engine/use-cases/ask-shard.ts';
import { takeCalls } from '#lib/engine/use-cases/take-calls.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { SETTINGS, manifest, pause } from '../../laws/world/journeys.ts';
import { idOf } from '../../laws/world/world.ts';

const BEGIN = fromMillis(Date.parse('2026-03-27T10:00:00.000Z'));

/** Whoever has the size enters; re-entry is allowed, so that nothing but the id of the event keeps anybody from entering twice. */
const restock = compileManifest(
  manifest(
    'restock',
    {
      trigger: {
        kind: 'audience',
        event: 'Product Restocked',
        audience: { 'profile.size': { 'same as': 'event.size' } },
      },
      reentry: { mode: 'always' },
    },
    { rest: pause('1 hour', null) },
  ),
).manifest;

const SIZES = ['S', 'L'];

export interface Everybody {
  readonly asking: Asking;
  /** What is asked unless a test says otherwise: an event that concerns those of size L, every second of the customers. */
  readonly question: Question;
  readonly untold: { readonly customer: string; readonly reason: string }[];
  readonly waits: number[];
  /** Adds customers by name; every other one, beginning with the first, is of size L. Returns their ids. */
  add(names: readonly string[]): Promise<readonly string[]>;
  now(): number;
}

/** `paces`: in a second; without them neither is a limit. */
export function everybody(
  store: DocumentStore,
  customers: CustomerList,
  paces: { readonly starts?: number; readonly asks?: number } = {},
): Everybody {
  let now = toMillis(BEGIN);
  let added = 0;
  const untold: { customer: string; reason: string }[] = [];
  const waits: number[] = [];
  const kept: Untold = {
    keep: (customer, reason) => {
      untold.push({ customer, reason });
      return Promise.resolve();
    },
  };
  const engine = {
    workspace: createWorkspace({
      manifests: [restock],
      newest: { restock: restock.version },
      settings: SETTINGS,
    }),
    ports: {
      store,
      switches: new MemorySwitches(),
      clock: { now: (): Instant => fromMillis(now), monotonic: () => now },
    },
  };
  return {
    untold,
    waits,
    now: () => now,
    question: {
      kind: 'event',
      event: {
        kind: 'event',
        id: 'restocked-1',
        at: addMillis(BEGIN, 1),
        received: addMillis(BEGIN, 1),
        event: 'Product Restocked',
        properties: { size: 'L' },
      },
    },
    asking: {
      engine,
      customers,
      untold: kept,
      waiting: {
        monotonic: () => now,
        wait: (millis) => {
          waits.push(millis);
          now += millis;
          return Promise.resolve();
        },
      },
      startsPerSecond: paces.starts ?? 1e9,
      asksPerSecond: paces.asks ?? 1e9,
    },
    add: async (names) => {
      const ids: string[] = [];
      for (const name of names) {
        added += 1;
        const traits = { size: SIZES[added % 2] };
        await takeCalls(engine, idOf(name), [
          {
            external: name,
            input: {
              kind: 'identify',
              id: `who ${name}`,
              at: fromMillis(now),
              received: fromMillis(now),
              traits,
            },
          },
        ]);
        ids.push(idOf(name));
      }
      return ids;
    },
  };
}

/** Runs that a customer is or was in. */
export function entries(document: CustomerDocument | undefined): number {
  return document?.tallies['restock']?.entered ?? 0;
}
