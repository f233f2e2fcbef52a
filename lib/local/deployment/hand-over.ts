// How one service of the local cloud hands something to another. What is not there is an error for whoever hands over, never silence.
import type { DeadLetter } from '../events/dead-letter.ts';
import type { Functions } from '../functions/functions.ts';
import type { Queue } from '../queues/queue.ts';
import type { Queues } from '../queues/queues.ts';
import type { Buckets } from '../storage/buckets.ts';
import type { Targets } from '../targets.ts';

type FoundQueues = Pick<Queues, 'find'>;

export function queueTargets(queues: FoundQueues): Targets {
  return {
    knows: (arn) => queues.find(arn) !== undefined,
    deliver: async (arn, payload) => void queueOf(queues, arn).send(payload),
  };
}

export function functionTargets(functions: Functions): Targets {
  return {
    knows: (arn) => functions.find(arn) !== undefined,
    deliver: async (arn, payload) => void (await functions.invoke(arn, payload, { isAsynchronous: true })),
  };
}

/** A schedule's call of a function is over when the function is: on a fast clock a minute is shorter than a call, and calls would pile up. */
export function waitingFor(functions: Functions, targets: Targets): Targets {
  return {
    knows: (arn) => targets.knows(arn),
    deliver: async (arn, payload) => {
      if (functions.find(arn) === undefined) await targets.deliver(arn, payload);
      else await functions.invoke(arn, payload);
    },
  };
}

/** Rejects where there is no such queue. */
export async function sendDeadLetter(
  queues: FoundQueues,
  arn: string,
  { body, attributes }: DeadLetter,
): Promise<void> {
  queueOf(queues, arn).send(body, {
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
    ),
  });
}

/** Puts text into a bucket. Rejects where there is none of this ARN. */
export async function putObject(
  buckets: Pick<Buckets, 'find'>,
  arn: string,
  key: string,
  text: string,
): Promise<void> {
  const bucket = buckets.find(arn);
  if (bucket === undefined) throw new Error(`There is no bucket ${arn}.`);
  bucket.put(key, text);
}

function queueOf(queues: FoundQueues, arn: string): Queue {
  const queue = queues.find(arn);
  if (queue === undefined) throw new Error(`There is no queue ${arn}.`);
  return queue;
}
