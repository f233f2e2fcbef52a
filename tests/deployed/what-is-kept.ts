// Everything that a running local cloud holds, as somebody finds it who may read it all: what services answer to the clients of AWS, and
// what was ever written into its journal. Each piece says what it is of.
import { CloudWatchClient, paginateListMetrics } from '@aws-sdk/client-cloudwatch';
import { paginateListObjectsV2, GetObjectCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { paginateListSchedules, SchedulerClient } from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  paginateListStateMachines,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { unpacked } from '#lib/adapters/aws/dynamodb/packing.ts';
import type { RunningCloud } from '#lib/laptop/running-cloud.ts';
import type { Json, JsonObject } from '#lib/local/asl/json.ts';
import { journalFiles, readRecords, segmentFile, snapshotFile } from '#lib/local/journal/journal-files.ts';
import type { JournalRecord } from '#lib/local/journal/record-line.ts';

export interface Kept {
  /** `timeline`, `history of an execution`, … */
  readonly where: string;
  readonly says: string;
}

/** What services answer now. */
export async function answered({ endpoint, region }: RunningCloud): Promise<readonly Kept[]> {
  const credentials = { accessKeyId: 'auditor', secretAccessKey: 'auditor' };
  const settings = { endpoint, region, credentials };
  const machines = new SFNClient(settings);
  const metrics = new CloudWatchClient(settings);
  const schedules = new SchedulerClient(settings);
  const objects = new S3Client({ ...settings, forcePathStyle: true });
  const kept: Kept[] = [];
  const note = (where: string, value: unknown): void => void kept.push(piece(where, value));
  for await (const { stateMachines: some = [] } of paginateListStateMachines({ client: machines }, {}))
    for (const { stateMachineArn } of some)
      for await (const { executions = [] } of paginateListExecutions(
        { client: machines },
        { stateMachineArn },
      ))
        for (const { executionArn } of executions) {
          note('execution', await machines.send(new DescribeExecutionCommand({ executionArn })));
          for await (const { events } of paginateGetExecutionHistory({ client: machines }, { executionArn }))
            note('history of an execution', events);
        }
  for await (const { Metrics: some } of paginateListMetrics({ client: metrics }, {})) note('metric', some);
  for await (const { Schedules: some } of paginateListSchedules({ client: schedules }, {}))
    note('schedule', some);
  const { Buckets: buckets = [] } = await objects.send(new ListBucketsCommand());
  for (const { Name: bucket } of buckets)
    for await (const { Contents: some = [] } of paginateListObjectsV2(
      { client: objects },
      { Bucket: bucket },
    ))
      for (const { Key: key } of some) {
        const { Body: body } = await objects.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        const { payload, ...about } = JSON.parse((await body?.transformToString()) ?? '{}') as JsonObject;
        note('why a record of the stream is kept', { key, about });
        note('kept record of the stream', payload);
      }
  for (const client of [machines, metrics, schedules, objects]) client.destroy();
  return kept;
}

/** What was ever written down, whether it is still there or not. */
export async function writtenDown(folder: string): Promise<readonly Kept[]> {
  const records: JournalRecord[] = [];
  const { snapshot, segments } = journalFiles(folder);
  const files = segments.map((segment) => segmentFile(folder, segment));
  if (snapshot !== undefined) files.unshift(snapshotFile(folder, snapshot));
  for (const file of files) await readRecords(file, true, (record) => void records.push(record));
  return records.flatMap(({ part, record }) => (PIECES[part] ?? whole(part))(record as JsonObject));
}

/** Part of the journal → what one of its records is of. */
const PIECES: Readonly<Record<string, (record: JsonObject) => readonly Kept[]>> = {
  tables: (record) => {
    const items = (record['items'] ?? []) as unknown as { readonly keys: Key; readonly image?: Json }[];
    return items.flatMap(({ keys, image }) => [
      piece('key of an item', keys),
      piece(itemOf(keys), image ?? null),
    ]);
  },
  queues: ({ queue, key, kept, ...more }) => {
    const { body, attributes, ...about } = (kept ?? {}) as JsonObject;
    const name = queue as string;
    return [
      piece(`message of ${name}`, body ?? null),
      piece(`about a message of ${name}`, [key ?? null, attributes ?? null, about, more]),
    ];
  },
  // Records of the stream that were given up: read as the objects that they are.
  buckets: () => [],
  outbox: (record) => {
    const { about, envelope } = (record['message'] ?? record) as JsonObject;
    const { tags } = (envelope ?? {}) as JsonObject;
    return [piece('tags of a message', [about ?? null, tags ?? null]), piece('provider', record)];
  },
};

const whole =
  (part: string) =>
  (record: Json): readonly Kept[] => [piece(part, record)];

interface Key {
  readonly pk: { readonly S: string };
  readonly sk: { readonly S: string };
}

/** First letter of its sort key, or of its partition → what an item of the table is. */
const ITEMS: Readonly<Record<string, string>> = {
  'C#DOC': 'document',
  'C#T#': 'timeline',
  'C#L#': 'consent ledger',
  'C#A#': 'message in the app',
  'C#P#': 'pointer',
};

function itemOf({ pk, sk }: Key): string {
  const kind = /^[A-Z]#/.exec(pk.S)?.[0] ?? pk.S;
  return ITEMS[kind + (/^[A-Z]#/.exec(sk.S)?.[0] ?? sk.S)] ?? `item ${kind}`;
}

export function piece(where: string, value: unknown): Kept {
  return { where, says: JSON.stringify(legible(value)) ?? '' };
}

/** With everything in it that is packed, or JSON in a text, as what it is. */
function legible(value: unknown): unknown {
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? (parsed(value) ?? value) : value;
  if (Array.isArray(value)) return value.map(legible);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'B' && typeof one === 'string' ? unpacked(Buffer.from(one, 'base64')) : legible(one),
    ]),
  );
}

function parsed(text: string): unknown {
  try {
    return legible(JSON.parse(text));
  } catch {
    return undefined;
  }
}
