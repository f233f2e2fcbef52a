// What the local cloud has, told by one in which nothing is deployed: no list of it is kept by hand.
import { tmpdir } from 'node:os';
import * as z from 'zod';
import type { StackAssembly } from '#lib/local/deployment/assembly.ts';
import { INERT_RESOURCES } from '#lib/local/deployment/inert-resources.ts';
import { openCloud } from '#lib/local/deployment/open-cloud.ts';
import { resourceTypes } from '#lib/local/deployment/resource-types.ts';
import { parseTemplate } from '#lib/local/deployment/template.ts';
import { LiveClock } from '#lib/local/time/live-clock.ts';
import { SYSTEM_TIMERS } from '#lib/local/time/timers.ts';

export interface LocalCloudInventory {
  /** Operations by the title of their service. */
  readonly services: Readonly<Record<string, readonly string[]>>;
  /** Types of resources that are run. */
  readonly types: readonly string[];
  /** Types that have no effect, with the reason. */
  readonly inert: readonly (readonly [type: string, reason: string])[];
}

const NOTHING: StackAssembly = {
  name: 'nothing',
  region: undefined,
  account: undefined,
  template: parseTemplate({ Resources: {} }, 'nothing'),
  asset: (key) => key,
  nestedTemplate: () => NOTHING.template,
};

const ignore = (): void => undefined;
const fail = (error: unknown): never => {
  throw error;
};

/** Asks at the address of the services, as anybody can: `curl http://127.0.0.1:4401`. */
export async function localCloudInventory(): Promise<LocalCloudInventory> {
  const cloud = await openCloud({
    assembly: NOTHING,
    // One that is free.
    port: 0,
    clock: new LiveClock({ start: 0, timers: SYSTEM_TIMERS, onFault: fail }),
    data: undefined,
    // No function is called.
    codeCache: tmpdir(),
    chaos: undefined,
    identities: [],
    whoRuns: () => undefined,
    skip: () => false,
    tellAsApplication: () => Promise.resolve(),
    lifeLike: undefined,
    random: Math.random,
    onMetrics: ignore,
    onLog: ignore,
    onNotice: ignore,
    onFault: fail,
  });
  try {
    await cloud.goOn();
    const answer = await fetch(cloud.place.endpoint);
    return {
      services: z.record(z.string(), z.array(z.string())).parse(await answer.json()),
      types: [...resourceTypes(cloud, NOTHING).keys()].toSorted(),
      inert: Object.entries(INERT_RESOURCES).map(([type, { reason }]) => [type, reason] as const),
    };
  } finally {
    await cloud.close();
  }
}
