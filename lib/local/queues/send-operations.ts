// SendMessage, alone and in batches.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
import * as z from 'zod';
import { parseInput } from '../gateway/parse-input.ts';
import { ServiceError } from '../gateway/service-error.ts';
import { refuseOptions } from '../gateway/refused-options.ts';
import { runBatch, type BatchAnswer } from './batch.ts';
import type { LocalQueue } from './local-queue.ts';
import {
  checkAttributes,
  md5Of,
  md5OfAttributes,
  messageAttributeSchema,
  messageAttributesSchema,
  sizeOf,
} from './message-attributes.ts';
import { INPUT_REFUSALS, checkRange, invalidValue, missing } from './queue-errors.ts';

const message = {
  MessageBody: z.string().optional(),
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributesSchema.optional(),
  MessageSystemAttributes: z.strictObject({ AWSTraceHeader: messageAttributeSchema.optional() }).optional(),
  MessageDeduplicationId: z.string().optional(),
  MessageGroupId: z.string().optional(),
};
const sendSchema = z.strictObject({ QueueUrl: z.string(), ...message });
const sendBatchSchema = z.strictObject({
  QueueUrl: z.string(),
  Entries: z.array(z.strictObject({ Id: z.string(), ...message })).default([]),
});
type Sent = Omit<z.infer<typeof sendSchema>, 'QueueUrl'>;

export function sendMessage(queueOf: (url: string) => LocalQueue, input: unknown): object {
  const { QueueUrl: url, ...sent } = parseInput(sendSchema, input, INPUT_REFUSALS);
  return send(queueOf(url), sent);
}

export function sendMessageBatch(queueOf: (url: string) => LocalQueue, input: unknown): BatchAnswer {
  const { QueueUrl: url, Entries: entries } = parseInput(sendBatchSchema, input, INPUT_REFUSALS);
  const queue = queueOf(url);
  const most = queue.resource.MaximumMessageSize;
  const bytes = entries.reduce(
    (sum, { MessageBody: body = '', MessageAttributes: attributes = {} }) => sum + sizeOf(body, attributes),
    0,
  );
  return runBatch(
    entries,
    (entry) => send(queue, entry),
    () => {
      if (bytes > most)
        throw new ServiceError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${most} bytes. You have sent ${bytes} bytes.`,
        );
    },
  );
}

function send(queue: LocalQueue, sent: Sent): object {
  const { MessageBody: body, DelaySeconds: delay, MessageAttributes: attributes = {} } = sent;
  if (body === undefined || body === '') throw missing('MessageBody');
  checkRange('DelaySeconds', delay, 0, 900);
  if (sent.MessageDeduplicationId !== undefined)
    throw invalidValue(
      `Value ${sent.MessageDeduplicationId} for parameter MessageDeduplicationId is invalid. Reason: The request includes a parameter that is not valid for this queue type.`,
    );
  refuseOptions(sent, ['MessageGroupId']);
  checkAttributes(attributes);
  checkCharacters('message body', body);
  for (const [name, { StringValue: text = '' }] of Object.entries(attributes))
    checkCharacters(`message attribute '${name}'`, text);
  if (sizeOf(body, attributes) > queue.resource.MaximumMessageSize)
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${queue.resource.MaximumMessageSize} bytes.`,
    );
  const system = sent.MessageSystemAttributes?.AWSTraceHeader;
  const id = queue.send(body, {
    attributes,
    ...(delay !== undefined && { delayMillis: delay * 1000 }),
    ...(system?.StringValue !== undefined && { traceHeader: system.StringValue }),
  });
  return {
    MessageId: id,
    MD5OfMessageBody: md5Of(body),
    MD5OfMessageAttributes: md5OfAttributes(attributes),
    MD5OfMessageSystemAttributes: system && md5OfAttributes({ AWSTraceHeader: system }),
  };
}

/** What XML may hold: https://www.w3.org/TR/REC-xml/#charsets */
function checkCharacters(where: string, text: string): void {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const match = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.exec(text);
  if (match === null) return;
  const code = match[0].codePointAt(0)?.toString(16).toUpperCase();
  throw new ServiceError(
    'InvalidMessageContents',
    `Invalid characters found. The character #x${code} in the ${where} is outside of the allowed set: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF`,
  );
}
