// What makes a table: what CreateTable was asked for, or the template declares.
import * as z from 'zod';
import type { JsonObject } from '../asl/json.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import type { Place } from '../place.ts';
import type { StreamViewType } from './change-stream.ts';

/** As it is written in the journal. */
export const tableDefinition = z.strictObject({
  name: z.string(),
  keyNames: z.array(z.string()),
  /** Input of CreateTable for the database behind the front, which checks it. */
  input: z.custom<JsonObject>(),
  /** Milliseconds since 1970, of the business. */
  createdAt: z.number(),
  streamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']).optional(),
  /** When the stream was begun: a new one has another ARN. */
  streamSince: z.number().optional(),
  expiryAttribute: z.string().optional(),
  isProtected: z.boolean(),
  tags: z.record(z.string(), z.string()),
});

export type TableDefinition = z.output<typeof tableDefinition>;

/** Options of CreateTable and UpdateTable that the front answers for; the rest goes to the database behind it. */
const frontOptions = z.object({
  TableName: z.string(),
  StreamSpecification: z
    .strictObject({
      StreamEnabled: z.boolean(),
      StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']).optional(),
    })
    .optional(),
  DeletionProtectionEnabled: z.boolean().optional(),
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
  KeySchema: z.array(z.looseObject({ AttributeName: z.string() })).optional(),
});

/** @throws ServiceError ValidationException. */
export function definitionOf(input: JsonObject, now: number): TableDefinition {
  const options = parseInput(frontOptions, input);
  const { StreamSpecification: _, DeletionProtectionEnabled: __, Tags: ___, ...rest } = input;
  return {
    name: options.TableName,
    keyNames: (options.KeySchema ?? []).map(({ AttributeName: attribute }) => attribute),
    input: rest,
    createdAt: now,
    isProtected: options.DeletionProtectionEnabled ?? false,
    tags: Object.fromEntries((options.Tags ?? []).map(({ Key: key, Value: value }) => [key, value])),
    ...streamOf(options, now),
  };
}

/** What UpdateTable says of the stream and of the protection against deletion. @throws ServiceError ValidationException. */
export function updated(table: TableDefinition, input: JsonObject, now: number): TableDefinition {
  const options = parseInput(frontOptions, input);
  const { DeletionProtectionEnabled: isProtected = table.isProtected } = options;
  const asked = options.StreamSpecification;
  if (asked === undefined) return { ...table, isProtected };
  if (asked.StreamEnabled && table.streamViewType !== undefined)
    throw new ServiceError(
      'ResourceInUseException',
      `Table already has an enabled stream: TableName: ${table.name}`,
    );
  if (!asked.StreamEnabled && table.streamViewType === undefined)
    throw new ServiceError('ValidationException', `Table has no stream to disable: TableName: ${table.name}`);
  const { streamViewType: _, streamSince: __, ...rest } = table;
  return { ...rest, isProtected, ...streamOf(options, now) };
}

function streamOf(
  { StreamSpecification: asked }: Pick<z.output<typeof frontOptions>, 'StreamSpecification'>,
  now: number,
): { streamViewType?: StreamViewType; streamSince?: number } {
  if (asked?.StreamEnabled !== true) return {};
  if (asked.StreamViewType === undefined)
    throw new ServiceError(
      'ValidationException',
      'One or more parameter values were invalid: StreamViewType must be specified when StreamEnabled is true',
    );
  return { streamViewType: asked.StreamViewType, streamSince: now };
}

/** Which table a request names; none: an empty text, which no table has. */
export function tableNameOf({ TableName: name }: JsonObject): string {
  return typeof name === 'string' ? name : '';
}

export const tableArn = ({ partition, region, account }: Place, name: string): string =>
  `arn:${partition}:dynamodb:${region}:${account}:table/${name}`;

/** `2026-05-01T08:00:00.000`; undefined: the table has no stream. */
export const streamLabel = ({ streamSince }: TableDefinition): string | undefined =>
  streamSince === undefined ? undefined : new Date(streamSince).toISOString().slice(0, -1);
