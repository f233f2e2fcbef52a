// Redrives: messages of a queue of dead letters go back to where they came from, as fast as the operator allows.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html
import type { Cancel } from '../clock.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import type { LocalQueue } from './local-queue.ts';

interface MoveTaskRequest {
  readonly source: LocalQueue;
  /** undefined: each message goes back to the queue whose dead letter it is. */
  readonly destination: LocalQueue | undefined;
  /** Of the queue's ARN. */
  readonly find: (arn: string) => LocalQueue | undefined;
  readonly perSecond: number | undefined;
}

/** As ListMessageMoveTasks tells it. */
interface MoveTask {
  readonly handle: string;
  readonly source: LocalQueue;
  readonly destination: LocalQueue | undefined;
  readonly perSecond: number | undefined;
  readonly startedAt: number;
  readonly toMove: number;
  moved: number;
  status: 'RUNNING' | 'COMPLETED' | 'CANCELLED' | 'FAILED';
  failureReason?: string;
}

export interface MoveTasks {
  /** @throws ServiceError UnsupportedOperation where one of this queue runs already. */
  start(request: MoveTaskRequest): MoveTask;
  /** @throws ServiceError ResourceNotFoundException where none of this handle runs. */
  cancel(handle: string): MoveTask;
  /** Newest first. A restart of the process ends and forgets them; what was not moved yet stays where it was. */
  list(source: LocalQueue): readonly MoveTask[];
  close(): void;
}

/** AWS lists at most ten of a queue. */
const KEPT_OF_A_QUEUE = 10;
/** What AWS moves in a second at most; also where the operator says nothing. */
const MOST_PER_SECOND = 500;

export function createMoveTasks({
  time,
  uniqueId,
}: {
  readonly time: CloudTime;
  readonly uniqueId: () => string;
}): MoveTasks {
  const tasks: MoveTask[] = [];
  const next = new Map<MoveTask, Cancel>();

  const go = (task: MoveTask, find: MoveTaskRequest['find']): void => {
    next.delete(task);
    try {
      // It ends with those that were there when it began: what fails again comes back, and would go round for ever.
      const most = Math.min(task.perSecond ?? MOST_PER_SECOND, task.toMove - task.moved);
      const moved = task.source.moveTo((message) => destinationOf(task, message.deadLetterOf, find), most);
      task.moved += moved;
      if (moved < most || task.moved === task.toMove) task.status = 'COMPLETED';
      else
        next.set(
          task,
          time.infrastructure.after(1000, () => go(task, find)),
        );
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      task.status = 'FAILED';
      task.failureReason = error.name;
    }
  };

  return {
    start({ source, destination, find, perSecond }) {
      if (tasks.some((task) => task.source === source && task.status === 'RUNNING'))
        throw new ServiceError(
          'UnsupportedOperation',
          'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
        );
      const { waiting: toMove } = source.counts();
      const startedAt = time.business.now();
      const handle = uniqueId();
      const task: MoveTask = {
        handle,
        source,
        destination,
        perSecond,
        startedAt,
        toMove,
        moved: 0,
        status: 'RUNNING',
      };
      const older = tasks.filter((one) => one.source === source)[KEPT_OF_A_QUEUE - 1];
      if (older !== undefined) tasks.splice(tasks.indexOf(older), 1);
      tasks.unshift(task);
      go(task, find);
      return task;
    },
    cancel(handle) {
      const task = tasks.find((one) => one.handle === handle && one.status === 'RUNNING');
      if (task === undefined)
        throw new ServiceError(
          'ResourceNotFoundException',
          'No message move task of this handle is running.',
        );
      next.get(task)?.();
      next.delete(task);
      task.status = 'CANCELLED';
      return task;
    },
    list: (source) => tasks.filter((task) => task.source === source),
    close() {
      for (const cancel of next.values()) cancel();
      next.clear();
    },
  };
}

function destinationOf(
  { destination, source }: MoveTask,
  deadLetterOf: string | undefined,
  find: MoveTaskRequest['find'],
): LocalQueue {
  const found = destination ?? (deadLetterOf === undefined ? undefined : find(deadLetterOf));
  if (found === undefined)
    // Somebody has put it there himself, as Wend's functions do with a reason.
    throw new ServiceError(
      'CouldNotDetermineMessageSource',
      `A message of ${source.name} was put there by no queue: say where it is to go.`,
    );
  return found;
}
