// Decisions over the table where answers are lost and many decide at once: what comes again changes nothing twice, and nothing is lost.
import { PutItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import { MemorySwitches } from '#lib/adapters/memory/switches.ts';
import { compileManifest } from '#lib/compiler/compile.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { Input } from '#lib/engine/input.ts';
import { decideAndCommit, type DecidingPorts, type Engine } from '#lib/engine/use-cases/engine.ts';
import { loadDocument } from '#lib/engine/use-cases/load-document.ts';
import { createWorkspace } from '#lib/engine/workspace.ts';
import { localTable, type LocalTable } from '../../../dynamodb-fixture.ts';
import { manifest, pause, SETTINGS } from '../../../laws/world/journeys.ts';
import { idOf } from '../../../laws/world/world.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;
const journey = compileManifest(
  manifest('journey', { event: 'Signed Up', reentry: { mode: 'always' } }, { wait: pause('3 days', null) }),
);

let local: LocalTable;
beforeAll(async () => {
  local = await localTable();
});
afterAll(() => local.close());

function engineOn(table: ProfilesTable): Engine<DecidingPorts> {
  let texts = 0;
  const container = Math.random();
  return {
    workspace: createWorkspace({
      manifests: [journey.manifest],
      newest: { journey: journey.version },
      settings: SETTINGS,
    }),
    ports: {
      store: createDocumentStore(table, {
        uniqueText: () => `${container} ${(texts += 1)}`,
        random: Math.random,
        pause: (millis) => new Promise((resolve) => setTimeout(resolve, millis / 10)),
      }),
      switches: new MemorySwitches(),
      clock: { now: () => NOW, monotonic: () => 0 },
    },
  };
}

function signedUp(id: string): Input {
  return { kind: 'event', id, event: 'Signed Up', properties: {}, at: NOW, received: NOW };
}

/** A table that takes the first write and never answers again; then the network is gone for good. */
function goneAfterWrite(): ProfilesTable {
  let isGone = false;
  const send = async (command: PutItemCommand) => {
    const gone = Object.assign(new Error('no answer'), { name: 'TimeoutError', $metadata: { attempts: 3 } });
    if (isGone) throw gone;
    const answer = await local.client.send(command);
    isGone = command instanceof PutItemCommand;
    if (isGone) throw gone;
    return answer;
  };
  return { name: local.name, client: { send } as Pick<DynamoDBClient, 'send'> };
}

describe('a decision whose answer is lost', () => {
  it('comes again, and lets in once', async () => {
    const customer = idOf('ada');
    const lost = decideAndCommit(engineOn(goneAfterWrite()), customer, [signedUp('one')], 'ada');
    await expect(lost).rejects.toMatchObject({ name: 'TableUnavailable' });
    await decideAndCommit(engineOn(local), customer, [signedUp('one')], 'ada');
    const document = await loadDocument(engineOn(local).ports.store, customer);
    expect(document).toMatchObject({ revision: 1, recent: ['one'], tallies: { journey: { entered: 1 } } });
    expect(Object.keys(document?.runs ?? {})).toHaveLength(1);
  });
});

describe('many containers deciding about one customer', () => {
  it('all get through, each event counts once, and there is a revision for each', async () => {
    const customer = idOf('bob');
    const events = Array.from({ length: 12 }, (_, index) => signedUp(`event ${index}`));
    await Promise.all(events.map((event) => decideAndCommit(engineOn(local), customer, [event], 'bob')));
    const document = await loadDocument(engineOn(local).ports.store, customer);
    expect(document).toMatchObject({ revision: 12, tallies: { journey: { entered: 12 } } });
    expect(new Set(document?.recent).size).toBe(12);
  });
});
