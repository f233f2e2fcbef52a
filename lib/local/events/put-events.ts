// PutEvents and TestEventPattern.
// https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
import * as z from 'zod';
import type { Json } from '../asl/json.ts';
import { isJsonObject } from '../asl/json.ts';
import type { JsonOperation } from '../gateway/json-service.ts';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import {
  entryBytes,
  parseEntry,
  putEventsEntrySchema,
  type PutEventsEntry,
  type TakenEntry,
} from './put-events-entry.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { parsePatternOfRule } from './rule-operations.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const MOST_ENTRIES = 10;
const MOST_BYTES = 1024 * 1024;

/** Puts an entry on its bus: the event's id, or undefined where there is no such bus. Done when every target has it or has failed once. */
export type PutEntry = (entry: TakenEntry, input: PutEventsEntry) => Promise<string | undefined>;

export function putEvents(put: PutEntry): JsonOperation {
  const schema = z.strictObject({ Entries: z.array(putEventsEntrySchema).min(1).max(MOST_ENTRIES) });
  return async (input) => {
    refuseOptions(input, ['EndpointId']);
    const entries = z.looseObject({ Entries: z.array(z.unknown()) }).safeParse(input).data?.Entries ?? [];
    for (const entry of entries) refuseOptions(entry, ['TraceHeader']);
    const { Entries } = parseInput(schema, input);
    if (Entries.reduce((sum, entry) => sum + entryBytes(entry), 0) >= MOST_BYTES)
      throw new ServiceError(
        'ValidationException',
        'Total size of the entries in the request is over the limit.',
      );
    if (Entries.every(({ Source, DetailType, Detail }) => !Source || !DetailType || !Detail))
      throw new ServiceError(
        'ValidationException',
        'No entry of the request has Source, DetailType and Detail, which are required.',
      );
    // One after the other: a bus keeps no order, but somebody who tries things out expects one.
    const results = [];
    for (const entry of Entries) results.push(await result(entry, put));
    return {
      FailedEntryCount: results.filter((one) => 'ErrorCode' in one).length,
      Entries: results,
    };
  };
}

async function result(entry: PutEventsEntry, put: PutEntry) {
  const parsed = parseEntry(entry);
  if ('ErrorCode' in parsed) return parsed;
  const id = await put(parsed, entry);
  if (id !== undefined) return { EventId: id };
  return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${entry.EventBusName} does not exist.` };
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_TestEventPattern.html: what an event has to have. */
const REQUIRED_OF_EVENT = ['id', 'account', 'source', 'time', 'region', 'detail-type'];

export const testEventPattern: JsonOperation = (input) => {
  const schema = z.strictObject({ EventPattern: z.string().max(4096), Event: z.string() });
  const { EventPattern, Event } = parseInput(schema, input);
  const event = parseEvent(Event);
  return { Result: parsePatternOfRule(EventPattern).parsed.matches(event) };
};

function parseEvent(text: string): Json {
  let event: Json;
  try {
    event = JSON.parse(text) as Json;
  } catch {
    throw new ServiceError('ValidationException', 'Parameter Event is not valid. Reason: it is not JSON.');
  }
  const missing = REQUIRED_OF_EVENT.find((name) => !isJsonObject(event) || event[name] === undefined);
  if (missing !== undefined)
    throw new ServiceError(
      'ValidationException',
      `Parameter Event is not valid. Reason: it has no ${missing}.`,
    );
  return event;
}
