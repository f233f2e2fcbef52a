// Operations of EventBridge Scheduler. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_Operations.html
import * as z from 'zod';
import { page } from '../events/paging.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { parseInput } from '../gateway/parse-input.ts';
import type { RestCall, RestRoute } from '../gateway/rest-service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import { DEFAULT_GROUP, scheduleMembers, type Schedule, type ScheduleInput } from './schedule.ts';

/** What the operations do it with. */
export interface ScheduleStore {
  find(name: string): Schedule | undefined;
  all(): readonly Schedule[];
  /** Makes or replaces it. Throws ServiceError. */
  set(input: ScheduleInput, clientToken: string | undefined): Schedule;
  remove(name: string): void;
  /** Whether the schedule was made by a request with this token: a client asks again where it got no answer. */
  isRepeated(name: string, clientToken: string | undefined): boolean;
}

const OTHER_TARGETS = [
  'EcsParameters',
  'EventBridgeParameters',
  'EventBridgePutEventsV2Parameters',
  'EventBridgePutRawEventsParameters',
  'KinesisParameters',
  'SageMakerPipelineParameters',
  'SqsParameters',
];

/** Requests have seconds. */
const requestSchema = z.strictObject({
  ...scheduleMembers(z.number().transform((seconds) => Math.round(seconds * 1000))),
  ClientToken: z.string().optional(),
});

const listSchema = z.strictObject({
  ScheduleGroup: z.string().optional(),
  NamePrefix: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).optional(),
  NextToken: z.string().optional(),
  MaxResults: z.coerce.number().int().min(1).max(100).optional(),
});

const listGroupsSchema = listSchema.pick({ NamePrefix: true, NextToken: true, MaxResults: true });

export function scheduleRoutes(store: ScheduleStore, place: Place, startedAt: number): readonly RestRoute[] {
  const found = (name: string): Schedule => {
    const schedule = store.find(name);
    if (schedule === undefined)
      throw new ServiceError('ResourceNotFoundException', `Schedule ${name} does not exist.`, 404);
    return schedule;
  };
  const group = {
    Arn: `arn:${place.partition}:scheduler:${place.region}:${place.account}:schedule-group/${DEFAULT_GROUP}`,
    Name: DEFAULT_GROUP,
    State: 'ACTIVE',
    CreationDate: startedAt / 1000,
    LastModificationDate: startedAt / 1000,
  };
  return [
    {
      operation: 'CreateSchedule',
      method: 'POST',
      path: '/schedules/{Name}',
      run: (call) => {
        const { input, clientToken } = parseRequest(nameOf(call), call);
        const known = store.find(input.Name);
        if (known !== undefined && store.isRepeated(input.Name, clientToken))
          return { ScheduleArn: known.arn };
        if (known !== undefined)
          throw new ServiceError('ConflictException', `Schedule ${input.Name} already exists.`, 409);
        return { ScheduleArn: store.set(input, clientToken).arn };
      },
    },
    {
      operation: 'UpdateSchedule',
      method: 'PUT',
      path: '/schedules/{Name}',
      run: (call) => {
        const { input, clientToken } = parseRequest(nameOf(call), call);
        found(input.Name);
        return { ScheduleArn: store.set(input, clientToken).arn };
      },
    },
    {
      operation: 'GetSchedule',
      method: 'GET',
      path: '/schedules/{Name}',
      run: (call) => told(found(nameOf(call))),
    },
    {
      operation: 'DeleteSchedule',
      method: 'DELETE',
      path: '/schedules/{Name}',
      run: (call) => store.remove(found(nameOf(call)).input.Name),
    },
    {
      operation: 'ListSchedules',
      method: 'GET',
      path: '/schedules',
      run: ({ query }) => {
        const filter = parseInput(listSchema, Object.fromEntries(query));
        checkGroup(filter.ScheduleGroup ?? null);
        const schedules = store
          .all()
          .filter(({ input }) => input.Name.startsWith(filter.NamePrefix ?? ''))
          .filter(({ input }) => filter.State === undefined || (input.State ?? 'ENABLED') === filter.State);
        const { items, more } = page(schedules, { NextToken: filter.NextToken, Limit: filter.MaxResults });
        return { Schedules: items.map(summary), ...more };
      },
    },
    {
      operation: 'ListScheduleGroups',
      method: 'GET',
      path: '/schedule-groups',
      run: ({ query }) => {
        const { NamePrefix = '', ...paging } = parseInput(listGroupsSchema, Object.fromEntries(query));
        const groups = [group].filter(({ Name }) => Name.startsWith(NamePrefix));
        const { items, more } = page(groups, { NextToken: paging.NextToken, Limit: paging.MaxResults });
        return { ScheduleGroups: items, ...more };
      },
    },
  ];
}

function parseRequest(name: string, call: RestCall) {
  const json = call.json();
  refuseOptions(json, ['KmsKeyArn']);
  refuseOptions(z.looseObject({ Target: z.unknown() }).safeParse(json).data?.Target, OTHER_TARGETS);
  const { ClientToken, ...members } = parseInput(requestSchema, json);
  return { input: { Name: name, ...members }, clientToken: ClientToken };
}

function nameOf({ labels, query }: RestCall): string {
  checkGroup(query.get('groupName'));
  return labels['Name'] ?? '';
}

function checkGroup(name: string | null): void {
  if (name !== null && name !== DEFAULT_GROUP)
    throw new ServiceError('ResourceNotFoundException', `Schedule group ${name} does not exist.`, 404);
}

function told(schedule: Schedule) {
  const { input, arn, createdAt, changedAt } = schedule;
  return {
    ...input,
    Arn: arn,
    GroupName: DEFAULT_GROUP,
    State: input.State ?? 'ENABLED',
    ScheduleExpressionTimezone: input.ScheduleExpressionTimezone ?? 'UTC',
    ActionAfterCompletion: input.ActionAfterCompletion ?? 'NONE',
    StartDate: input.StartDate === undefined ? undefined : input.StartDate / 1000,
    EndDate: input.EndDate === undefined ? undefined : input.EndDate / 1000,
    CreationDate: createdAt / 1000,
    LastModificationDate: changedAt / 1000,
  };
}

function summary(schedule: Schedule) {
  const { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target } = told(schedule);
  return { Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target: { Arn: Target.Arn } };
}
