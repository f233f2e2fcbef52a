/** Clients of state machines. */
import { SFNClient } from '@aws-sdk/client-sfn';
import { ANSWER_MILLIS, repeatedCalls, singleCalls } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function stepFunctionsClient(): SFNClient {
  return new SFNClient(repeatedCalls());
}

/** Makes one attempt: a start that is throttled is put off and not waited for (use-cases/put-off-starts.ts). */
export function stepFunctionsStartsClient(): SFNClient {
  return new SFNClient(singleCalls(ANSWER_MILLIS));
}
