// ReceiveMessage, with long polling, and what becomes of a receipt.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
import * as z from 'zod';
import { parseInput } from '../gateway/parse-input.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import type { CloudTime } from '../time/cloud-time.ts';
import { runBatch, type BatchAnswer } from './batch.ts';
import type { LocalQueue } from './local-queue.ts';
import { chosenAttributes, md5OfAttributes } from './message-attributes.ts';
import { INPUT_REFUSALS, checkRange, missing } from './queue-errors.ts';
import type { ReceivedMessage } from './queue.ts';

const receiveSchema = z.strictObject({
  QueueUrl: z.string(),
  /** Older name of MessageSystemAttributeNames. */
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
  MaxNumberOfMessages: z.int().default(1),
  VisibilityTimeout: z.int().optional(),
  WaitTimeSeconds: z.int().optional(),
});

/** Answers at once where something waits; otherwise when something comes, or when its time (of the infrastructure) is up. */
export async function receiveMessage(
  queueOf: (url: string) => LocalQueue,
  time: CloudTime,
  input: unknown,
): Promise<object> {
  refuseOptions(input, ['ReceiveRequestAttemptId']);
  const asked = parseInput(receiveSchema, input, INPUT_REFUSALS);
  const { MaxNumberOfMessages: most, VisibilityTimeout: visibility, MessageAttributeNames: names } = asked;
  const queue = queueOf(asked.QueueUrl);
  checkRange('MaxNumberOfMessages', most, 1, 10);
  checkRange('VisibilityTimeout', visibility, 0, 43_200);
  checkRange('WaitTimeSeconds', asked.WaitTimeSeconds, 0, 20);
  const wait = asked.WaitTimeSeconds ?? queue.resource.ReceiveMessageWaitTimeSeconds;
  const options = { most, ...(visibility !== undefined && { visibilityMillis: visibility * 1000 }) };
  const received = await arrived(queue, options, wait * 1000, time);
  if (received.length === 0) return {};
  const systemNames = [...asked.AttributeNames, ...asked.MessageSystemAttributeNames];
  return {
    Messages: received.map(({ id, receipt, body, md5OfBody, attributes, messageAttributes }) => {
      const chosen = chosenAttributes(messageAttributes, names);
      const system = Object.entries(attributes).filter(
        ([name]) => systemNames.includes('All') || systemNames.includes(name),
      );
      return {
        MessageId: id,
        ReceiptHandle: receipt,
        MD5OfBody: md5OfBody,
        Body: body,
        ...(system.length > 0 && { Attributes: Object.fromEntries(system) }),
        ...(Object.keys(chosen).length > 0 && {
          MD5OfMessageAttributes: md5OfAttributes(chosen),
          MessageAttributes: chosen,
        }),
      };
    }),
  };
}

function arrived(
  queue: LocalQueue,
  options: Parameters<LocalQueue['receive']>[0],
  waitMillis: number,
  { infrastructure }: CloudTime,
): Promise<ReceivedMessage[]> {
  const received = queue.receive(options);
  if (received.length > 0 || waitMillis === 0) return Promise.resolve(received);
  return new Promise((resolve) => {
    const end = (messages: ReceivedMessage[]): void => {
      stopListening();
      stopWaiting();
      resolve(messages);
    };
    const stopWaiting = infrastructure.after(waitMillis, () => end([]));
    const stopListening = queue.onArrival(() => {
      const messages = queue.receive(options);
      if (messages.length > 0) end(messages);
    });
  });
}

const receipt = { ReceiptHandle: z.string().optional() };
const visibility = { VisibilityTimeout: z.int().optional() };
const url = { QueueUrl: z.string() };
const id = { Id: z.string() };
const deleteSchema = z.strictObject({ ...url, ...receipt });
const deleteBatchSchema = z.strictObject({
  ...url,
  Entries: z.array(z.strictObject({ ...id, ...receipt })).default([]),
});
const changeSchema = z.strictObject({ ...url, ...receipt, ...visibility });
const changeBatchSchema = z.strictObject({
  ...url,
  Entries: z.array(z.strictObject({ ...id, ...receipt, ...visibility })).default([]),
});

export function deleteMessage(queueOf: (url: string) => LocalQueue, input: unknown): void {
  const { QueueUrl, ReceiptHandle: handle } = parseInput(deleteSchema, input, INPUT_REFUSALS);
  remove(queueOf(QueueUrl), handle);
}

export function deleteMessageBatch(queueOf: (url: string) => LocalQueue, input: unknown): BatchAnswer {
  const { QueueUrl, Entries: entries } = parseInput(deleteBatchSchema, input, INPUT_REFUSALS);
  const queue = queueOf(QueueUrl);
  return runBatch(entries, ({ ReceiptHandle: handle }) => remove(queue, handle));
}

export function changeMessageVisibility(queueOf: (url: string) => LocalQueue, input: unknown): void {
  const asked = parseInput(changeSchema, input, INPUT_REFUSALS);
  release(queueOf(asked.QueueUrl), asked.ReceiptHandle, asked.VisibilityTimeout);
}

export function changeMessageVisibilityBatch(
  queueOf: (url: string) => LocalQueue,
  input: unknown,
): BatchAnswer {
  const { QueueUrl, Entries: entries } = parseInput(changeBatchSchema, input, INPUT_REFUSALS);
  const queue = queueOf(QueueUrl);
  return runBatch(entries, ({ ReceiptHandle: handle, VisibilityTimeout: seconds }) =>
    release(queue, handle, seconds),
  );
}

function remove(queue: LocalQueue, handle: string | undefined): void {
  if (handle === undefined || handle === '') throw missing('ReceiptHandle');
  queue.remove(handle);
}

function release(queue: LocalQueue, handle: string | undefined, seconds: number | undefined): void {
  if (handle === undefined || handle === '') throw missing('ReceiptHandle');
  if (seconds === undefined) throw missing('VisibilityTimeout');
  checkRange('VisibilityTimeout', seconds, 0, 43_200);
  queue.release(handle, seconds * 1000);
}
