// EventBridge Scheduler: what happens once, at a rate, or by a calendar, on the business's time.
import * as z from 'zod';
import { toJson } from '../asl/json.ts';
import type { Cancel } from '../clock.ts';
import { eventTime } from '../events/bus-event.ts';
import type { SendDeadLetter } from '../events/dead-letter.ts';
import { createDeliveries, type LostDelivery } from '../events/deliveries.ts';
import { restService } from '../gateway/rest-service.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Journal } from '../journal/journal.ts';
import type { Place } from '../place.ts';
import type { Targets } from '../targets.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { startFirings } from './firings.ts';
import {
  attemptPayload,
  parseSchedule,
  payloadOf,
  scheduleSchema,
  type Schedule,
  type ScheduleInput,
} from './schedule.ts';
import { scheduleRoutes } from './schedule-routes.ts';

export interface SchedulesOptions {
  readonly time: CloudTime;
  readonly place: Place;
  /**
   * A firing is over when its delivery is, and only then the next one of its schedule begins: a `deliver` that ends when a function has done
   * its work keeps its calls from overlapping, one that ends when the call is accepted does not.
   */
  readonly targets: Targets;
  readonly journal: Journal;
  readonly deadLetters: SendDeadLetter;
  readonly onLost: (lost: LostDelivery) => void;
  /** Whether a firing would find nothing to do and may be passed over. */
  readonly skip?: (scheduleName: string, instant: number) => boolean;
}

export interface Schedules {
  /** After its target. @returns its ARN. @throws ServiceError for an expression, a zone or a target that does not exist. */
  add(resource: ScheduleInput): string;
  readonly service: Service;
  /** After everything is deployed: goes on with the schedules that clients have made or changed before a restart. */
  begin(): void;
  /** Ends all waiting. */
  close(): void;
}

/** What clients have changed after the deployment, and what has happened for the last time. */
const recordSchema = z.union([
  z.object({ set: scheduleSchema, at: z.number(), clientToken: z.string().optional() }),
  z.object({ removed: z.string() }),
  /** It has fired, and whatever was due up to the instant is done with. */
  z.object({ fired: z.string(), at: z.number() }),
  z.object({ over: z.string() }),
]);
type ScheduleRecord = z.infer<typeof recordSchema>;

interface Running {
  readonly schedule: Schedule;
  readonly clientToken: string | undefined;
  readonly cancel: Cancel;
}

const JOURNAL_PART = 'schedules';

export function createSchedules(options: SchedulesOptions): Schedules {
  const { time, place, targets, journal, onLost, skip = () => false } = options;
  const clock = time.business;
  const running = new Map<string, Running>();
  /** Name → what is to be remembered of it. */
  const remembered = new Map<string, ScheduleRecord[]>();
  let isClosed = false;
  const deliveries = createDeliveries({
    ...options,
    journalPart: 'schedule-deliveries',
    atAttempt: attemptPayload,
  });

  /**
   * `at`: when it was asked for, and `firedAt` when it has fired last, which are before now after a restart; what came due since happens
   * once, now. Where it has not fired, it begins with its creation: a rate without a start fires at once.
   */
  function start(input: ScheduleInput, at: number, clientToken?: string, firedAt = at - 1): Schedule {
    const known = running.get(input.Name);
    const schedule = parsed(input, at, known?.schedule.createdAt ?? at);
    known?.cancel();
    const firings = {
      clock,
      recurrence: schedule.recurrence,
      after: firedAt,
      skip: (instant: number) => skip(input.Name, instant),
      fire: (instant: number) => fireAndRemember(schedule, instant),
      onEnd: () => end(schedule),
    };
    const cancel = input.State === 'DISABLED' ? () => undefined : startFirings(firings);
    running.set(input.Name, { schedule, clientToken, cancel });
    return schedule;
  }

  function parsed(input: ScheduleInput, at: number, createdAt: number): Schedule {
    if (!targets.knows(input.Target.Arn))
      throw new ServiceError(
        'ValidationException',
        `Schedule ${input.Name}: there is nothing of the ARN ${input.Target.Arn} that it could call.`,
      );
    try {
      return parseSchedule(input, place, at, createdAt);
    } catch (error) {
      throw new ServiceError('ValidationException', error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Written down when it is over: one that a kill interrupts happens again, as deliveries of AWS may. What is deployed begins anew with
   * each start, and is not remembered.
   */
  async function fireAndRemember(schedule: Schedule, instant: number): Promise<void> {
    const { Name } = schedule.input;
    // Where the clock has come late, this firing is all that lies between.
    const at = Math.max(instant, clock.now());
    await fire(schedule, instant);
    if (!isClosed && running.get(Name)?.schedule === schedule && isOfClient(Name))
      remember(Name, { fired: Name, at });
  }

  function fire(schedule: Schedule, instant: number): Promise<void> {
    const { Arn, RetryPolicy, DeadLetterConfig } = schedule.input.Target;
    const payload = payloadOf(schedule, instant, place);
    return deliveries.deliver({
      targetArn: Arn,
      payload,
      retryPolicy: RetryPolicy ?? {},
      deadLetterArn: DeadLetterConfig?.Arn,
      letter: payload,
      origin: { SCHEDULE_ARN: schedule.arn, SCHEDULED_TIME: eventTime(instant) },
    });
  }

  function end({ input }: Schedule): void {
    if (input.ActionAfterCompletion === 'DELETE') remove(input.Name);
    else remember(input.Name, { over: input.Name });
  }

  function remove(name: string): void {
    stop(name);
    remember(name, { removed: name });
  }

  function stop(name: string): void {
    running.get(name)?.cancel();
    running.delete(name);
  }

  function remember(name: string, record: ScheduleRecord): void {
    note(name, record);
    journal.append(JOURNAL_PART, toJson(record) ?? null);
  }

  function note(name: string, record: ScheduleRecord): void {
    const earlier = remembered.get(name) ?? [];
    if ('over' in record) remembered.set(name, [...earlier, record]);
    else if ('fired' in record) remembered.set(name, [...earlier.filter((one) => !('fired' in one)), record]);
    else remembered.set(name, [record]);
  }

  /** Made, changed or removed by a client: it is not as it is deployed. */
  function isOfClient(name: string): boolean {
    return remembered.get(name)?.some((record) => 'set' in record || 'removed' in record) === true;
  }

  /** Makes it again as it was before a restart. */
  function again(name: string, records: readonly ScheduleRecord[]): void {
    const set = records.find((record) => 'set' in record);
    const firedAt = records.find((record) => 'fired' in record)?.at;
    const isOver = records.some((record) => 'over' in record);
    if (records.some((record) => 'removed' in record)) stop(name);
    else if (set !== undefined) {
      try {
        const schedule = start(set.set, set.at, set.clientToken, firedAt);
        // A kill came between its last firing and its end.
        if (!isOver && firedAt !== undefined && schedule.recurrence.after(firedAt) === undefined)
          end(schedule);
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        onLost({ targetArn: set.set.Target.Arn, origin: { SCHEDULE: name }, reason: error.message });
      }
    }
    if (isOver) running.get(name)?.cancel();
  }

  journal.register({
    name: JOURNAL_PART,
    restore: (json) => {
      const record = recordSchema.parse(json);
      note(nameOf(record), record);
    },
    *snapshot() {
      for (const record of [...remembered.values()].flat()) yield toJson(record) ?? null;
    },
  });

  return {
    add: (input) => {
      const at = clock.now();
      // As a client has left it, from `begin` on.
      return isOfClient(input.Name) ? parsed(input, at, at).arn : start(input, at).arn;
    },
    begin: () => [...remembered].forEach(([name, records]) => again(name, records)),
    service: restService({
      signingName: 'scheduler',
      title: 'Amazon EventBridge Scheduler',
      routes: scheduleRoutes(
        {
          find: (name) => running.get(name)?.schedule,
          all: () => [...running.values()].map(({ schedule }) => schedule),
          set: (input, clientToken) => {
            const at = clock.now();
            const schedule = start(input, at, clientToken);
            remember(input.Name, { set: input, at, clientToken });
            return schedule;
          },
          remove,
          isRepeated: (name, clientToken) =>
            clientToken !== undefined && running.get(name)?.clientToken === clientToken,
        },
        place,
        clock.now(),
      ),
    }),
    close: () => {
      isClosed = true;
      for (const { cancel } of running.values()) cancel();
      deliveries.close();
    },
  };
}

function nameOf(record: ScheduleRecord): string {
  if ('set' in record) return record.set.Name;
  if ('fired' in record) return record.fired;
  return 'removed' in record ? record.removed : record.over;
}
