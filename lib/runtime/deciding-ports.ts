/** The ports that every decision needs, over the table. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createDocumentStore } from '#lib/adapters/aws/dynamodb/documents.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import type { ProfilesTable } from '#lib/adapters/aws/dynamodb/table.ts';
import type { DecidingPorts, Engine } from '#lib/engine/use-cases/engine.ts';
import { systemClock } from './system-clock.ts';

/** One for each container: switches are remembered between its calls. */
export function createDecidingPorts(table: ProfilesTable): Engine<DecidingPorts>['ports'] {
  return {
    store: createDocumentStore(table, {
      uniqueText: randomUUID,
      random: Math.random,
      pause: (millis) => pause(millis),
    }),
    switches: createSwitches(table, () => systemClock.monotonic()),
    clock: systemClock,
  };
}
