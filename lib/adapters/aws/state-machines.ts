/** Which state machines an environment has, and whether an execution of one is still on: for commands, not for functions. */
import { ListExecutionsCommand, ListStateMachinesCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { errorName } from './client-errors.ts';

/** ARNs by name, of all machines whose names begin with `prefix`. One call for a thousand machines of the account. */
export async function listStateMachines(
  client: SFNClient,
  prefix: string,
): Promise<ReadonlyMap<string, string>> {
  const arns = new Map<string, string>();
  let nextToken: string | undefined;
  do {
    const page = await client.send(
      new ListStateMachinesCommand({ maxResults: 1000, ...(nextToken === undefined ? {} : { nextToken }) }),
    );
    for (const { name = '', stateMachineArn } of page.stateMachines ?? [])
      if (name.startsWith(prefix) && stateMachineArn !== undefined) arns.set(name, stateMachineArn);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return arns;
}

/** Of a machine that is gone meanwhile there is none. */
export async function hasRunningExecution(client: SFNClient, stateMachineArn: string): Promise<boolean> {
  try {
    const { executions = [] } = await client.send(
      new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING', maxResults: 1 }),
    );
    return executions.length > 0;
  } catch (error) {
    if (errorName(error) === 'StateMachineDoesNotExist') return false;
    throw error;
  }
}
