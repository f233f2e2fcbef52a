// Amazon CloudWatch Logs as clients see it: `aws logs tail`, and which groups and streams there are.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Operations.html
import * as z from 'zod';
import { jsonService } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import type { Service } from '../gateway/service.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import { parseFilterPattern } from './filter-pattern.ts';
import type { LogGroup, LogLine, LogStore } from './log-store.ts';

const INVALID = 'InvalidParameterException';

/** Of FilterLogEvents, on one page: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const MOST_EVENTS = 10_000;
/** Of DescribeLogGroups and DescribeLogStreams, on one page. */
const MOST_DESCRIBED = 50;

const nameSchema = z.string().regex(/^[\w\-/.#]{1,512}$/);
const tokenSchema = z.string().regex(/^\d+$/).transform(Number).optional();
const pageMembers = {
  nextToken: tokenSchema,
  limit: z.int().min(1).max(MOST_DESCRIBED).default(MOST_DESCRIBED),
};
/** A group is named by its name, or by its name or ARN. */
const groupMembers = { logGroupName: nameSchema.optional(), logGroupIdentifier: z.string().optional() };

const filterSchema = z.strictObject({
  ...groupMembers,
  logStreamNames: z.array(z.string()).min(1).max(100).optional(),
  logStreamNamePrefix: z.string().min(1).optional(),
  /** Milliseconds since 1970, both included. */
  startTime: z.number().min(0).default(0),
  endTime: z.number().min(0).default(Number.MAX_SAFE_INTEGER),
  filterPattern: z.string().max(1024).default(''),
  nextToken: tokenSchema,
  limit: z.int().min(1).max(MOST_EVENTS).default(MOST_EVENTS),
  /** AWS answers as if it were set, whatever it is. */
  interleaved: z.boolean().optional(),
});

const groupsSchema = z.strictObject({ logGroupNamePrefix: nameSchema.optional(), ...pageMembers });

const streamsSchema = z.strictObject({
  ...groupMembers,
  logStreamNamePrefix: z.string().min(1).optional(),
  orderBy: z.enum(['LogStreamName', 'LastEventTime']).default('LogStreamName'),
  descending: z.boolean().default(false),
  ...pageMembers,
});

export function logService(store: LogStore, place: Place): Service {
  const arnOf = (name: string) =>
    `arn:${place.partition}:logs:${place.region}:${place.account}:log-group:${name}`;
  return jsonService({
    signingName: 'logs',
    title: 'Amazon CloudWatch Logs',
    targetPrefix: 'Logs_20140328',
    version: '1.1',
    operations: {
      FilterLogEvents: (input) => filterEvents(store, input),
      DescribeLogGroups: (input) => {
        refuseOptions(input, [
          'accountIdentifiers',
          'includeLinkedAccounts',
          'logGroupClass',
          'logGroupIdentifiers',
          'logGroupNamePattern',
        ]);
        const asked = parseInput(groupsSchema, input, INVALID);
        const found = store.all().filter(({ name }) => name.startsWith(asked.logGroupNamePrefix ?? ''));
        const { items, more } = pageOf(found, asked);
        return {
          logGroups: items.map(({ name, createdAt, retentionDays, lines }) => ({
            logGroupName: name,
            arn: `${arnOf(name)}:*`,
            logGroupArn: arnOf(name),
            creationTime: createdAt,
            retentionInDays: retentionDays,
            storedBytes: lines.reduce((bytes, { message }) => bytes + Buffer.byteLength(message), 0),
          })),
          ...more,
        };
      },
      DescribeLogStreams: (input) => {
        const asked = parseInput(streamsSchema, input, INVALID);
        const group = groupOf(store, asked);
        const { items, more } = pageOf(streamsOf(group, asked), asked);
        return {
          logStreams: items.map(({ name, first, last }) => ({
            logStreamName: name,
            arn: `${arnOf(group.name)}:log-stream:${name}`,
            creationTime: first.at,
            firstEventTimestamp: first.at,
            lastEventTimestamp: last.at,
            lastIngestionTime: last.at,
          })),
          ...more,
        };
      },
    },
  });
}

/** Of the group, those that fit, from the line behind the token on, until a page is full. */
function filterEvents(store: LogStore, input: unknown): object {
  refuseOptions(input, ['unmask']);
  const asked = parseInput(filterSchema, input, INVALID);
  const group = groupOf(store, asked);
  const { logStreamNames: names, logStreamNamePrefix: prefix, nextToken: after = 0, limit } = asked;
  if (names !== undefined && prefix !== undefined)
    throw new ServiceError(INVALID, 'logStreamNames and logStreamNamePrefix cannot be given together.');
  const isWanted = parseFilterPattern(asked.filterPattern);
  const found = group.lines.filter(
    ({ sequence, at, stream, message }) =>
      sequence > after &&
      at >= asked.startTime &&
      at <= asked.endTime &&
      (names?.includes(stream) ?? true) &&
      stream.startsWith(prefix ?? '') &&
      isWanted(message),
  );
  const last = found.length > limit ? found[limit - 1] : undefined;
  return {
    events: found.slice(0, limit).map(({ sequence, at, stream, message }) => ({
      logStreamName: stream,
      timestamp: at,
      message,
      ingestionTime: at,
      // As long as those of AWS, and told apart as they are.
      eventId: String(sequence).padStart(56, '0'),
    })),
    // Since 2019 AWS answers none either.
    searchedLogStreams: [],
    ...(last !== undefined && { nextToken: String(last.sequence) }),
  };
}

function groupOf(
  store: LogStore,
  {
    logGroupName,
    logGroupIdentifier,
  }: { readonly logGroupName?: string | undefined; readonly logGroupIdentifier?: string | undefined },
): LogGroup {
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined))
    throw new ServiceError(INVALID, 'Either logGroupName or logGroupIdentifier has to be given.');
  const name = logGroupName ?? logGroupIdentifier?.replace(/^arn:.*:log-group:|:\*$/g, '') ?? '';
  const group = store.find(name);
  if (group === undefined)
    throw new ServiceError('ResourceNotFoundException', 'The specified log group does not exist.');
  return group;
}

interface LogStream {
  readonly name: string;
  readonly first: LogLine;
  readonly last: LogLine;
}

function streamsOf(
  { lines }: LogGroup,
  { logStreamNamePrefix: prefix = '', orderBy, descending }: z.output<typeof streamsSchema>,
): readonly LogStream[] {
  const streams = new Map<string, LogStream>();
  for (const line of lines)
    streams.set(line.stream, {
      name: line.stream,
      first: streams.get(line.stream)?.first ?? line,
      last: line,
    });
  const ordered = [...streams.values()]
    .filter(({ name }) => name.startsWith(prefix))
    .toSorted((one, other) =>
      orderBy === 'LastEventTime' ? one.last.sequence - other.last.sequence : one.name < other.name ? -1 : 1,
    );
  return descending ? ordered.toReversed() : ordered;
}

function pageOf<Item>(
  all: readonly Item[],
  { nextToken: from = 0, limit }: { readonly nextToken?: number | undefined; readonly limit: number },
): { readonly items: readonly Item[]; readonly more: { readonly nextToken?: string } } {
  const until = from + limit;
  return {
    items: all.slice(from, until),
    more: until < all.length ? { nextToken: String(until) } : {},
  };
}
