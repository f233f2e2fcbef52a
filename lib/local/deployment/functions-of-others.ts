// Functions that journeys call and that are not deployed with Wend.
import { randomUUID } from 'node:crypto';
import type { Delivery } from '../delivery/create-delivery.ts';
import type { Functions } from '../functions/functions.ts';

/**
 * For whoever asks the service as our functions do: those that are not in the template are somebody else's, and are answered for as other
 * hosts are. A state machine, a rule or a schedule that names one has mistyped it.
 */
export function withOutside(functions: Functions, delivery: Delivery): Functions {
  return {
    ...functions,
    async invoke(nameOrArn, payload, given) {
      if (functions.find(nameOrArn) !== undefined || given?.isAsynchronous === true)
        return functions.invoke(nameOrArn, payload, given);
      const answer = await delivery.answerOutside(nameOrArn, payload);
      return { requestId: given?.requestId ?? randomUUID(), millis: 0, ...answer };
    },
  };
}
