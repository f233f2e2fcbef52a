/** The port `Audience` over AWS Step Functions: one execution of the machine of audiences for each thing that everybody is asked. */
import { StartExecutionCommand, type SFNClient } from '@aws-sdk/client-sfn';
import { audienceExecutionName } from '#lib/contracts/audience.ts';
import type { Audience } from '#lib/engine/ports.ts';

/**
 * The client tries again by itself where it is throttled: there are few such starts, and they share the refill of StartExecution with
 * all others. What still fails is thrown, by the name that Step Functions gives it.
 */
export function createAudience(client: SFNClient, stateMachineArn: string): Audience {
  return {
    async start(input) {
      const name = audienceExecutionName(input);
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (error) {
        // One of this name has ended within the last ninety days. While it is still on, Step Functions answers as if it had just begun.
        if (error instanceof Error && error.name === 'ExecutionAlreadyExists') return 'already there';
        throw error;
      }
    },
  };
}
