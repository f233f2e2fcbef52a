/** The client of state machines. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { repeatedCalls } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function stepFunctionsClient(): SFNClient {
  return new SFNClient(repeatedCalls());
}
