/** The client of the bus. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { repeatedCalls } from './call-settings.ts';

/** One for each container: connections and credentials are kept. */
export function eventBridgeClient(): EventBridgeClient {
  return new EventBridgeClient(repeatedCalls());
}
