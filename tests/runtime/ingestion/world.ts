// Ingestion over ports in memory that can be made to fail, and the messages that a queue would hand it.
import { MemoryDocuments } from '#lib/adapters/memory/documents.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import type { CustomerEvent } from '#lib/contracts/customer-event.ts';
import { QUEUE_ATTEMPTS } from '#lib/contracts/event-sources.ts';
import { Fault } from '#lib/contracts/faults.ts';
import { customerId } from '#lib/contracts/ids.ts';
import { instantSchema, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import type { Manifest } from '#lib/journey/manifest.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { createReaders } from '#lib/runtime/ingestion/create-readers.ts';
import { ingestBatch, type IngestedBatch } from '#lib/runtime/ingestion/ingest-batch.ts';
import type { EventMessage } from '#lib/runtime/ingestion/read-messages.ts';
import type { Ingestion } from '#lib/runtime/ingestion/ingestion.ts';
import type { SourceReader } from '#lib/runtime/ingestion/source-reader.ts';

const SECRET = 'a secret of the tests';
export const idOf = (external: string): string => customerId(SECRET, external);

const manifest: Manifest = {
  format: 1,
  journey: 'welcome',
  version: 'v1',
  entry: { trigger: { kind: 'event', event: 'Signed Up' }, reentry: { mode: 'always' } },
  goal: { event: 'Order Completed', ends: true },
  priority: 0,
  exits: [{ event: 'Account Closed', reason: 'closed' }],
  flow: { start: 'rest', nodes: { rest: { kind: 'wait', for: '3 days', next: null } } },
};
const restock: Manifest = {
  ...manifest,
  journey: 'restock',
  entry: {
    trigger: {
      kind: 'audience',
      event: 'Product Restocked',
      audience: { 'profile.wishlist': { contains: { 'same as': 'event.product_id' } } },
    },
    reentry: { mode: 'always' },
  },
};

export const DEPLOYED = {
  manifests: [manifest, restock],
  newest: { welcome: 'v1', restock: 'v1' },
  segments: [{ id: 'buyers', when: { did: 'Order Completed', atLeast: 2 } }],
  settings: settingsSchema.parse({
    brand: { name: 'Shop' },
    timezone: 'UTC',
    locale: 'en',
    plainEvents: [
      {
        source: 'shop.orders',
        events: { 'order.completed': 'Order Completed', 'product.restocked': 'Product Restocked' },
        customer: 'detail.buyer.id',
        id: 'detail.order_id',
        at: 'detail.placed_at',
      },
    ],
  }),
};

/** What may be made to fail; it is asked before each call and throws where the call should. */
export type Failing = (
  port: 'load' | 'commit' | 'identity' | 'keep' | 'start' | 'letters' | 'hash',
  of: string,
) => void;

export class IngestionWorld {
  now: Instant = instantSchema.parse('2026-05-04T10:00:00.000Z');
  failing: Failing = () => {};
  readonly documents = new MemoryDocuments();
  readonly owners = new Map<string, string>();
  readonly kept = new Map<string, CustomerEvent>();
  readonly asked: string[] = [];
  readonly letters: { readonly body: string; readonly reason: string }[] = [];
  /** Calls that reached the store and the identities. */
  readonly calls: string[] = [];
  readonly ingestion: Ingestion;

  constructor(providers: readonly SourceReader[] = []) {
    const attempt = async (port: Parameters<Failing>[0], of: string): Promise<void> => {
      // Others get their turn in between, as they would while a table is asked.
      await Promise.resolve();
      this.failing(port, of);
      this.calls.push(port);
    };
    this.ingestion = {
      engine: {
        workspace: createWorkspace({
          ...DEPLOYED,
          settings: { timezone: 'UTC', locale: 'en', topics: { offers: {} } },
        }),
        ports: {
          store: {
            load: async (customer) => {
              await attempt('load', customer);
              return this.documents.load(customer);
            },
            commit: async (document) => {
              await attempt('commit', document.customer);
              return this.documents.commit(document);
            },
          },
          switches: new MemorySwitches(),
          clock: { now: () => this.now, monotonic: () => 0 },
        },
      },
      identities: {
        ownerOf: async (_kind, hash) => {
          await attempt('identity', hash);
          return this.owners.get(hash);
        },
        learn: async (_kind, hash, customer) => {
          await attempt('identity', hash);
          this.owners.set(hash, customer);
        },
      },
      businessEvents: {
        keep: async (id, event) => {
          await attempt('keep', id);
          if (!this.kept.has(id)) this.kept.set(id, event);
        },
        find: (id) => Promise.resolve(this.kept.get(id)),
      },
      audience: {
        start: async (input) => {
          await attempt('start', input.kind);
          if (input.kind === 'event') this.asked.push(input.id);
          return 'started';
        },
      },
      deadLetters: {
        put: async (body, reason) => {
          await attempt('letters', reason);
          this.letters.push({ body, reason });
        },
      },
      watch: () => Promise.resolve({ tripped: [], warned: [] }),
      hash: async (text) => {
        await attempt('hash', text);
        return idOf(text);
      },
      ...createReaders(DEPLOYED, providers),
    };
  }

  ingest(messages: readonly EventMessage[]): Promise<IngestedBatch> {
    return ingestBatch(this.ingestion, messages);
  }

  /** First attempts of these bodies, in one batch. */
  deliver(...bodies: readonly string[]): Promise<IngestedBatch> {
    return this.ingest(bodies.map((body, index) => ({ id: `m${index}`, body, attempt: 1 })));
  }

  /** A batch as it comes to its last attempt. */
  deliverLast(...bodies: readonly string[]): Promise<IngestedBatch> {
    return this.ingest(bodies.map((body, index) => ({ id: `m${index}`, body, attempt: QUEUE_ATTEMPTS })));
  }

  async documentOf(external: string): Promise<CustomerDocument | undefined> {
    return this.documents.load(idOf(external));
  }
}

/** An event of the bus as it lies in the queue. */
export function onBus(detail: unknown, envelope: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    version: '0',
    id: '0d079340-135a-c8c6-95c2-41fb8f496c53',
    'detail-type': 'call',
    source: 'shop',
    account: '123456789012',
    time: '2026-05-04T09:59:00Z',
    region: 'eu-central-1',
    resources: [],
    detail,
    ...envelope,
  });
}

export function track(event: string, call: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    type: 'track',
    userId: 'u1',
    messageId: 'm1',
    timestamp: '2026-05-04T09:58:00.500Z',
    event,
    ...call,
  };
}

export function identify(traits: unknown, call: Readonly<Record<string, unknown>> = {}): unknown {
  return {
    type: 'identify',
    userId: 'u1',
    messageId: 'i1',
    timestamp: '2026-05-04T09:58:00Z',
    traits,
    ...call,
  };
}

export const outOfReach = (): never => {
  throw new Fault('DocumentConflict', 'the table is out of reach');
};
