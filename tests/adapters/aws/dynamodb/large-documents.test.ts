// Whatever a customer has gathered, an exit, a change of consent or a trait is written: the table takes what the engine makes fit.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { addMillis } from '#lib/contracts/time.ts';
import type { DocumentStore } from '#lib/engine/ports.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from '#lib/engine/use-cases/engine.ts';
import { fitted } from '#lib/engine/fit-document.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { largeCustomer } from '../../../engine/large-customer.ts';
import { manifest, pause, SETTINGS } from '../../../laws/world/journeys.ts';

const journey = compileManifest(
  manifest(
    'journey',
    'Signed Up',
    { wait: pause('3 days', null) },
    { exits: [{ event: 'Left', reason: 'left' }] },
  ),
);
const large = largeCustomer('ada', 'journey', journey.version);

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

function storeOn(): DocumentStore {
  let texts = 0;
  return createDocumentStore(local, {
    uniqueText: () => String((texts += 1)),
    random: () => 0,
    pause: () => Promise.resolve(),
  });
}

describe('a customer for whom every budget is used up', () => {
  it('is too large as they are, and the table is not asked', async () => {
    expect(await storeOn().commit({ ...large, revision: 1 })).toBe('too large');
  });

  it('leaves a journey all the same, and the timeline takes what is told', async () => {
    const store = storeOn();
    expect(
      await store.commit({ ...fitted({ ...large, log: [] }), revision: 1, log: large.log.slice(0, 9) }),
    ).toBe('committed');
    const now = addMillis(large.decided, 1000);
    const engine: Engine<DecidingPorts> = {
      workspace: createWorkspace({
        manifests: [journey.manifest],
        newest: { journey: journey.version },
        settings: SETTINGS,
      }),
      ports: { store, switches: new MemorySwitches(), clock: { now: () => now, monotonic: () => 0 } },
    };
    const big = Object.fromEntries(Object.entries(large.traits).map(([name, { value }]) => [name, value]));
    const common = { at: now, received: now };
    const { document } = await decideAndCommit(engine, large.customer, [
      { kind: 'identify', id: 'i', traits: big, ...common },
      { kind: 'event', id: 'e', event: 'Left', properties: {}, ...common },
    ]);
    const stored = await loadDocument(store, large.customer);
    expect(stored).toEqual(JSON.parse(JSON.stringify(document)));
    const { runs = {} } = stored ?? {};
    expect(Object.values(runs).every(({ over }) => over?.reason === 'left')).toBe(true);
    expect(stored?.log.some(({ reason }) => reason?.includes('too large to keep: profile.'))).toBe(true);
    const timeline = createTimeline(local, 30);
    if (stored !== undefined) await timeline.append(stored);
    expect((await timeline.page(large.customer, 10)).revisions[0]?.log).toEqual(stored?.log);
  });
});
