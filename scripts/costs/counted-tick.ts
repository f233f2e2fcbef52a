// What the sweep of one minute asks of the table where nothing is due: its own use case over its own adapters, with a client that
// counts and answers that there is nothing.
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createLookIndex } from '#lib/adapters/aws/dynamodb/customers.ts';
import { createDeploymentClocks } from '#lib/adapters/aws/dynamodb/deployment-clocks.ts';
import { createSwitches } from '#lib/adapters/aws/dynamodb/switches.ts';
import { everyMinute } from '#lib/engine/use-cases/every-minute.ts';
import type { Workspace } from '#lib/engine/workspace.ts';
import type { Instant } from '#lib/contracts/time.ts';

/** Calls of the table by the name of the command. */
export type TableCalls = ReadonlyMap<string, number>;

export async function countTick(workspace: Workspace, now: Instant): Promise<TableCalls> {
  const calls = new Map<string, number>();
  const send = (command: object): Promise<object> => {
    const { name } = command.constructor;
    calls.set(name, (calls.get(name) ?? 0) + 1);
    return Promise.resolve({});
  };
  const table = { client: { send } as unknown as Pick<DynamoDBClient, 'send'>, name: 'profiles' };
  const clock = { now: () => now, monotonic: () => 0 };
  await everyMinute(
    {
      clock,
      switches: createSwitches(table, clock.monotonic),
      clocks: createDeploymentClocks(table),
      index: createLookIndex(table),
      audience: { start: nothing },
      queue: { put: nothing },
    },
    { workspace, mark: 'counted' },
    Number.POSITIVE_INFINITY,
  );
  return calls;
}

function nothing(): Promise<never> {
  return Promise.reject(new Error('nothing is due'));
}
