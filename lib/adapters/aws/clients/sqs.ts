/** The client of queues. */
import { SQSClient } from '@aws-sdk/client-sqs';
import { repeatedCalls } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function sqsClient(): SQSClient {
  return new SQSClient(repeatedCalls());
}
