// StartMessageMoveTask, CancelMessageMoveTask, ListMessageMoveTasks: how an operator redrives dead letters.
import * as z from 'zod';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { LocalQueue } from './local-queue.ts';
import type { MoveTasks } from './move-tasks.ts';
import { INPUT_REFUSALS, checkRange, invalidValue } from './queue-errors.ts';

const startSchema = z.strictObject({
  SourceArn: z.string(),
  DestinationArn: z.string().optional(),
  MaxNumberOfMessagesPerSecond: z.int().optional(),
});
const cancelSchema = z.strictObject({ TaskHandle: z.string() });
const listSchema = z.strictObject({ SourceArn: z.string(), MaxResults: z.int().default(1) });

export function moveTaskOperations(given: {
  readonly queues: ReadonlyMap<string, LocalQueue>;
  readonly byArn: ReadonlyMap<string, LocalQueue>;
  readonly moveTasks: MoveTasks;
}): Readonly<Record<string, JsonOperation>> {
  const { queues, byArn, moveTasks } = given;
  const find = (arn: string): LocalQueue | undefined => byArn.get(arn);
  const known = (arn: string): LocalQueue => {
    const queue = find(arn);
    if (queue === undefined)
      throw new ServiceError(
        'ResourceNotFoundException',
        "The resource that you specified for the SourceArn parameter doesn't exist.",
      );
    return queue;
  };
  return {
    StartMessageMoveTask(input) {
      const asked = parseInput(startSchema, input, INPUT_REFUSALS);
      checkRange('MaxNumberOfMessagesPerSecond', asked.MaxNumberOfMessagesPerSecond, 1, 500);
      const source = known(asked.SourceArn);
      if (![...queues.values()].some(({ deadLetters }) => deadLetters === source))
        throw invalidValue('Source queue must be configured as a Dead Letter Queue.');
      const destination = asked.DestinationArn === undefined ? undefined : known(asked.DestinationArn);
      if (destination === source) throw invalidValue('Source queue and destination queue must be different.');
      const perSecond = asked.MaxNumberOfMessagesPerSecond;
      return { TaskHandle: moveTasks.start({ source, destination, find, perSecond }).handle };
    },
    CancelMessageMoveTask(input) {
      const { TaskHandle: handle } = parseInput(cancelSchema, input, INPUT_REFUSALS);
      return { ApproximateNumberOfMessagesMoved: moveTasks.cancel(handle).moved };
    },
    ListMessageMoveTasks(input) {
      const { SourceArn: arn, MaxResults: most } = parseInput(listSchema, input, INPUT_REFUSALS);
      checkRange('MaxResults', most, 1, 10);
      return {
        Results: moveTasks
          .list(known(arn))
          .slice(0, most)
          .map((task) => ({
            ...(task.status === 'RUNNING' && { TaskHandle: task.handle }),
            Status: task.status,
            SourceArn: task.source.arn,
            DestinationArn: task.destination?.arn,
            MaxNumberOfMessagesPerSecond: task.perSecond,
            ApproximateNumberOfMessagesMoved: task.moved,
            ApproximateNumberOfMessagesToMove: task.toMove,
            FailureReason: task.failureReason,
            StartedTimestamp: task.startedAt,
          })),
      };
    },
  };
}
