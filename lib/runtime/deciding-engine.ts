/** What every function that decides is put together from: documents and switches of the table, the clock, the workspace beside the code. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import { systemClock } from './system-clock.ts';
import { engineWorkspace, loadWorkspaceFile } from './workspace-file.ts';

/** `folder`: where `workspace.json` lies. Throws where it is missing or does not fit this function. */
export function createDecidingEngine(table: ProfilesTable, folder: string): Engine<DecidingPorts> {
  return {
    workspace: engineWorkspace(loadWorkspaceFile(folder)),
    ports: {
      store: createDocumentStore(table, { uniqueText: randomUUID, random: Math.random, pause }),
      switches: createSwitches(table, systemClock.monotonic),
      clock: systemClock,
    },
  };
}
