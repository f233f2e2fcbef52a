/** The client that calls Lambda functions of others. */
import { LambdaClient } from '@aws-sdk/client-lambda';
import { FUNCTION_ANSWER_SECONDS } from '#lib/contracts/outside-limits.ts';
import { singleCalls } from './call-settings.ts';

/** Makes one attempt: what it calls may take long, and the step tries again under the same key. */
export function lambdaClient(): LambdaClient {
  return new LambdaClient(singleCalls(FUNCTION_ANSWER_SECONDS * 1000));
}
