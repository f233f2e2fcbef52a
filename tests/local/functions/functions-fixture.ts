// Functions as the local cloud runs them, behind a real gateway, with code that a test has written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { NO_CHAOS, type Chaos } from '#lib/local/chaos.ts';
import { createFunctions, type Functions, type FunctionLine } from '#lib/local/functions/functions.ts';
import type { FunctionMetric } from '#lib/local/functions/function-metrics.ts';
import { parseFunction } from '#lib/local/functions/function-resource.ts';
import { lambdaService } from '#lib/local/functions/lambda-operations.ts';
import { openGateway, type Gateway } from '#lib/local/gateway/gateway.ts';
import { NO_JOURNAL, type Journal } from '#lib/local/journal/journal.ts';
import { VirtualClock } from '#lib/local/clock.ts';
import { SharedDate } from '#lib/local/time/shared-date.ts';
import { SYSTEM_TIMERS, type Timers } from '#lib/local/time/timers.ts';
import { turn } from '../time/fake-timers.ts';

/** One for all tests: their functions are in folders of their own. */
const CODE_CACHE = join(tmpdir(), 'wend-tests-compiled');

export const NOW = Date.UTC(2031, 4, 6, 7, 8, 9);

export interface RunningFunctions {
  readonly functions: Functions;
  readonly gateway: Gateway;
  readonly client: LambdaClient;
  readonly date: SharedDate;
  readonly lines: readonly FunctionLine[];
  readonly metrics: readonly FunctionMetric[];
  /** What destinations were given: ARN and payload. */
  readonly delivered: readonly (readonly [string, unknown])[];
  readonly givenUp: readonly string[];
  /** How much is in progress that time would wait for. */
  held(): number;
  /** Adds a function of the given code, an ES module; returns its ARN. */
  add(name: string, code: string, properties?: Readonly<Record<string, unknown>>): string;
  /** Adds a function whose code lies in this folder. */
  addFolder(name: string, folder: string, properties: Readonly<Record<string, unknown>>): string;
  /** Resolves when the condition holds: it is looked at whenever something was told, and after the work that goes with that. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function runningFunctions(
  options: { readonly timers?: Timers; readonly journal?: Journal; readonly chaos?: Chaos } = {},
): Promise<RunningFunctions> {
  const folder = mkdtempSync(join(tmpdir(), 'wend-functions-'));
  const gateway = await openGateway({
    port: 0,
    now: () => NOW,
    onFault: (error) => {
      throw error;
    },
  });
  const date = new SharedDate({ instant: NOW, pace: 0 });
  const lines: FunctionLine[] = [];
  const metrics: FunctionMetric[] = [];
  const delivered: [string, unknown][] = [];
  const givenUp: string[] = [];
  let held = 0;
  const waiting = new Set<() => void>();
  const told = (): void => {
    for (const look of waiting) look();
  };
  const functions = createFunctions({
    time: {
      business: new VirtualClock(NOW),
      infrastructure: options.timers ?? SYSTEM_TIMERS,
      hold: () => {
        held += 1;
        return () => {
          held -= 1;
        };
      },
    },
    businessDate: date,
    place: {
      partition: 'aws',
      region: 'eu-central-1',
      account: '111122223333',
      endpoint: gateway.endpoint,
    },
    journal: options.journal ?? NO_JOURNAL,
    codeCache: CODE_CACHE,
    chaos: options.chaos ?? NO_CHAOS,
    targets: {
      knows: () => true,
      deliver: async (arn, payload) => {
        delivered.push([arn, JSON.parse(payload) as unknown]);
        told();
      },
    },
    onLog: (line) => {
      lines.push(line);
      told();
    },
    onMetrics: (given) => {
      metrics.push(...given);
      told();
    },
    onGivenUp: (name, reason) => {
      givenUp.push(`${name}: ${reason}`);
      told();
    },
    onFault: (error) => {
      throw error;
    },
  });
  gateway.serve([lambdaService(functions, [])]);
  const client = new LambdaClient({
    region: 'eu-central-1',
    endpoint: gateway.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const addFolder: RunningFunctions['addFolder'] = (name, from, properties) =>
    functions.add(
      parseFunction(
        name,
        { FunctionName: name, Handler: 'index.handler', Runtime: 'nodejs24.x', Code: {}, ...properties },
        from,
      ),
    );
  return {
    functions,
    gateway,
    client,
    date,
    lines,
    metrics,
    delivered,
    givenUp,
    held: () => held,
    add(name, code, properties = {}) {
      const own = mkdtempSync(join(folder, `${name}-`));
      writeFileSync(join(own, 'index.mjs'), code);
      return addFolder(name, own, properties);
    },
    addFolder,
    async until(condition) {
      await new Promise<void>((resolve) => {
        const look = (): void => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
      await turn();
    },
    async close() {
      client.destroy();
      await functions.close();
      await gateway.close();
      rmSync(folder, { recursive: true });
    },
  };
}
