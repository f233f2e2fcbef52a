/** The input of an execution, for status events that came without it. */
import { DescribeExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { errorName } from './client-errors.ts';

/** Undefined where the platform no longer knows the execution. Throws what the client throws: ask again later. */
export async function executionInput(
  client: Pick<SFNClient, 'send'>,
  executionArn: string,
): Promise<string | undefined> {
  try {
    const { input } = await client.send(new DescribeExecutionCommand({ executionArn }));
    return input;
  } catch (error) {
    if (errorName(error) === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}
