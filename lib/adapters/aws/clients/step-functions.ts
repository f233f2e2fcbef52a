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

/**
 * For commands, which ask about hundreds of machines one after the other: ListExecutions refills 5 a second in the large Regions and 2
 * elsewhere (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html), and whoever waits at a terminal has time.
 */
export function stepFunctionsCommandsClient(): SFNClient {
  return new SFNClient({ ...repeatedCalls(), maxAttempts: 12 });
}
