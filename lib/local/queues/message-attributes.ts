// Attributes that travel beside a message's body, and the digest of them that clients check.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { ServiceError } from '../gateway/service-error.ts';

export const messageAttributeSchema = z.strictObject({
  /** `String`, `Number` or `Binary`, with a label of one's own behind a point: `String.reason`. */
  DataType: z.string(),
  StringValue: z.string().optional(),
  /** base64 */
  BinaryValue: z.base64().optional(),
});
export const messageAttributesSchema = z.record(z.string(), messageAttributeSchema);
export type MessageAttributes = z.infer<typeof messageAttributesSchema>;

/** @throws ServiceError InvalidParameterValue, which names the attribute. */
export function checkAttributes(attributes: MessageAttributes): void {
  // Ten is the limit of AWS.
  if (Object.keys(attributes).length > 10)
    throw invalid(
      `Number of message attributes [${Object.keys(attributes).length}] exceeds the allowed maximum [10].`,
    );
  for (const [name, { DataType: type, StringValue: text, BinaryValue: bytes }] of Object.entries(
    attributes,
  )) {
    if (!/^(?!aws\.|amazon\.)[\w-]+(?:\.[\w-]+)*$/i.test(name) || name.length > 256)
      throw invalid(`The message attribute name '${name}' is invalid.`);
    if (!/^(?:String|Number|Binary)(?:\..+)?$/.test(type))
      throw invalid(
        `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
      );
    const isBinary = type.startsWith('Binary');
    if (
      (isBinary ? bytes : text) === undefined ||
      (isBinary ? text : bytes) !== undefined ||
      (text ?? bytes) === ''
    )
      throw invalid(
        `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type.split('.')[0]}'.`,
      );
    if (type.startsWith('Number') && !/^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text ?? ''))
      throw invalid(`Can't cast the value of message attribute '${name}' to a number.`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValue', message);
}

/** Those that a receiver asks for: names, `All`, or beginnings (`shop.*`). */
export function chosenAttributes(attributes: MessageAttributes, asked: readonly string[]): MessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) =>
      asked.some(
        (one) => one === 'All' || one === name || (one.endsWith('.*') && name.startsWith(one.slice(0, -2))),
      ),
    ),
  );
}

/** Bytes of a message as AWS counts them: body, names, types and values. */
export function sizeOf(body: string, attributes: MessageAttributes): number {
  let bytes = Buffer.byteLength(body);
  for (const [name, { DataType: type, StringValue: text = '', BinaryValue: value = '' }] of Object.entries(
    attributes,
  ))
    bytes += Buffer.byteLength(name + type + text) + Buffer.from(value, 'base64').length;
  return bytes;
}

export function md5Of(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

/** The digest of attributes, as AWS describes it under the address above; undefined where there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).toSorted();
  if (names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: string | Buffer): void => {
    const bytes = Buffer.from(part as string);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType: type = '', StringValue: text, BinaryValue: value = '' } = attributes[name] ?? {};
    add(name);
    add(type);
    // What kind of value follows: 1 is text, 2 is binary.
    hash.update(Buffer.from([text === undefined ? 2 : 1]));
    add(text ?? Buffer.from(value, 'base64'));
  }
  return hash.digest('hex');
}
