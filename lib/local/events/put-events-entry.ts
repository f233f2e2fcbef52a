// Entries of PutEvents: each is taken or refused by itself.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
import * as z from 'zod';
import type { Json, JsonObject } from '../asl/json.ts';
import { isJsonObject } from '../asl/json.ts';

export const putEventsEntrySchema = z.strictObject({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  /** Seconds since 1970, as the JSON protocol writes times. */
  Time: z.number().optional(),
  Resources: z.array(z.string()).optional(),
  EventBusName: z.string().optional(),
});

export type PutEventsEntry = z.infer<typeof putEventsEntrySchema>;

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
export interface RefusedEntry {
  readonly ErrorCode: 'InvalidArgument' | 'MalformedDetail' | 'NotAuthorizedForSourceException';
  readonly ErrorMessage: string;
}

export interface TakenEntry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html: JSON goes so deep. */
const MOST_LEVELS = 1000;

export function parseEntry({ Source, DetailType, Detail }: PutEventsEntry): TakenEntry | RefusedEntry {
  if (Source === undefined || Source === '') return required('Source');
  if (DetailType === undefined || DetailType === '') return required('DetailType');
  if (Detail === undefined || Detail === '') return required('Detail');
  if (/^aws\./i.test(Source))
    return {
      ErrorCode: 'NotAuthorizedForSourceException',
      ErrorMessage: 'Not authorized for the source.',
    };
  const detail = parseDetail(Detail);
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  return { source: Source, detailType: DetailType, detail };
}

function required(name: string): RefusedEntry {
  return {
    ErrorCode: 'InvalidArgument',
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
  };
}

function parseDetail(text: string): JsonObject | undefined {
  try {
    const detail = JSON.parse(text) as Json;
    return isJsonObject(detail) && !isDeeperThan(detail, MOST_LEVELS) ? detail : undefined;
  } catch {
    return undefined;
  }
}

function isDeeperThan(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one: Json) => isDeeperThan(one, levels - 1));
}

/** Bytes of an entry as AWS counts them: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
export function entryBytes({ Time, Source, DetailType, Detail, Resources = [] }: PutEventsEntry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ''), Time === undefined ? 0 : 14);
}
