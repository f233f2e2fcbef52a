// What the table is asked for each decision: the counts that the page of costs is made of.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createSlots } from '#lib/adapters/aws/dynamodb/slots.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { createTimeline } from '#lib/adapters/aws/dynamodb/timeline.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import type { CustomerDocument } from '#lib/engine/document.ts';
import type { Input } from '#lib/engine/input.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from '#lib/engine/use-cases/engine.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { countOperations, type TableOperations } from '../../../../scripts/costs/count-operations.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { awaiting, manifest, SETTINGS } from '../../../laws/world/journeys.ts';
import { idOf } from '../../../laws/world/world.ts';

const ADA = idOf('ada');
const START = '2026-03-02T10:00:00.000Z' as Instant;
const journey = compileManifest(
  manifest('journey', 'Signed Up', { wait: awaiting('3 days', [['Ordered', null]], null) }),
);

let local: LocalTable;
let counted: () => TableOperations;
let engine: Engine<DecidingPorts>;
let now = START;
let ids = 0;
beforeAll(async () => {
  local = await localTable();
  counted = countOperations(local.client);
  const store = createDocumentStore(local, {
    uniqueText: () => `writer ${(ids += 1)}`,
    random: () => 0,
    pause: () => Promise.resolve(),
  });
  engine = {
    workspace: createWorkspace({
      manifests: [journey.manifest],
      newest: { journey: journey.version },
      settings: SETTINGS,
    }),
    ports: {
      store,
      switches: createSwitches(local, () => 0),
      clock: { now: () => now, monotonic: () => 0 },
    },
  };
});
afterAll(() => local.close());

async function decide(...inputs: Input[]): Promise<CustomerDocument | undefined> {
  const { document } = await decideAndCommit(engine, ADA, inputs, 'ada');
  return document;
}

function event(name: string): Input {
  return { kind: 'event', id: `event ${(ids += 1)}`, event: name, properties: {}, at: now, received: now };
}

describe('what the table is asked', () => {
  it('a decision is one read and one write; the first of a container reads the switches, the first of a customer lists them', async () => {
    const entered = await decide(event('Signed Up'));
    expect(counted()).toEqual({
      calls: { 'GetItem DOC': 1, 'PutItem DOC': 1, 'Query SWITCH': 1 },
      refuted: 0,
      readUnits: expect.any(Number) as number,
      writeUnits: 1,
      // One entry in the list of customers, one by when to look.
      indexUnits: 2,
    });
    const [run = ''] = Object.keys(entered?.runs ?? {});
    await decide({ kind: 'confirm', run, leg: 1, answer: 'started' });
    // From ten minutes after the start to behind the end of the wait: an entry that moves is written twice.
    expect(counted()).toMatchObject({ calls: { 'GetItem DOC': 1, 'PutItem DOC': 1 }, indexUnits: 2 });
  });

  it('events that change nothing about when to look do not touch the index', async () => {
    now = addMillis(now, 1000);
    await decide(event('Signed Up'), event('Signed Up'));
    counted();
    for (let count = 0; count < 5; count += 1) {
      now = addMillis(now, 60_000);
      await decide({
        kind: 'identify',
        id: `i${count}`,
        traits: { name: `Ada ${count}` },
        at: now,
        received: now,
      });
    }
    expect(counted()).toEqual({
      calls: { 'GetItem DOC': 5, 'PutItem DOC': 5 },
      refuted: 0,
      readUnits: 5,
      writeUnits: 5,
      indexUnits: 0,
    });
  });

  it('a timeline entry is one write, and none where nothing is told', async () => {
    const timeline = createTimeline(local, 30);
    const told = { customer: ADA, revision: 1, decided: now };
    await timeline.append({ ...told, log: [] });
    await timeline.append({ ...told, log: [{ at: now, kind: 'joins', segment: 'golden' }] });
    expect(counted()).toMatchObject({ calls: { 'PutItem T': 1 }, writeUnits: 1, indexUnits: 0 });
  });

  it('a slot of a second with room is one write, and whoever fills the second tells the others', async () => {
    const slots = createSlots(local, () => 0);
    const counters = [{ counter: 'email', perSecond: 2 }];
    await slots.take(counters, now, now);
    expect(counted().calls).toEqual({ 'UpdateItem SLOT': 1 });
    await slots.take(counters, now, now);
    expect(counted().calls).toEqual({ 'UpdateItem SLOT': 2 });
    // Another container does not know how far the queue reaches: one attempt, one read, and it does.
    expect(await createSlots(local, () => 0).take(counters, now, now)).not.toMatchObject({ at: now });
    expect(counted()).toMatchObject({ calls: { 'UpdateItem SLOT': 2, 'GetItem SLOT': 1 }, refuted: 1 });
  });

  it('what was learned of rates is one read in ten seconds, and a throttle one read and one write in them', async () => {
    const slots = createSlots(local, () => 0);
    for (let second = 0; second < 10; second += 1) await slots.learned(addMillis(now, second * 1000));
    expect(counted().calls).toEqual({ 'GetItem RATES': 1 });
    for (let second = 10; second < 20; second += 1)
      await slots.slowDown('email', addMillis(now, second * 1000));
    for (let second = 10; second < 20; second += 1) await slots.learned(addMillis(now, second * 1000));
    expect(counted().calls).toEqual({ 'GetItem RATES': 1, 'UpdateItem RATES': 1 });
    expect(await slots.learned(addMillis(now, 19_000))).toEqual({
      email: { perSecond: 10, since: addMillis(now, 10_000), minutes: 1 },
    });
    // Another container that is throttled meanwhile: it reads, and has nothing to write.
    const other = createSlots(local, () => 0);
    await other.slowDown('email', addMillis(now, 15_000));
    expect(counted().calls).toEqual({ 'GetItem RATES': 1 });
    expect(await other.learned(addMillis(now, 19_000))).toEqual(await slots.learned(addMillis(now, 19_000)));
  });
});
