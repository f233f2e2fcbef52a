/**
 * JSON made small. DynamoDB bills a write by the KB, and a customer document is mostly names of fields, instants and ids: compressed
 * it is a quarter (ADR 28).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PACKING_DICTIONARY_1 } from './packing-dictionary.ts';

/** The first byte says how the rest is read; whoever changes the dictionary or the compression takes the next number. */
const FORMAT = 1;
const DICTIONARY = Buffer.from(PACKING_DICTIONARY_1, 'utf8');
/** No document is as large: what unpacks to more is damaged, or was made to fill the memory. */
const LARGEST_TEXT = 32 * 1024 * 1024;

/** The value as compressed JSON. */
export function packed(value: unknown): Uint8Array {
  const compressed = deflateRawSync(JSON.stringify(value), { dictionary: DICTIONARY });
  const bytes = new Uint8Array(compressed.length + 1);
  bytes[0] = FORMAT;
  bytes.set(compressed, 1);
  return bytes;
}

/** The value again. Throws whatever zlib and JSON throw for bytes that were not written by {@link packed}. */
export function unpacked(bytes: Uint8Array): unknown {
  if (bytes[0] !== FORMAT) throw new RangeError('packed in a format that is not known');
  const options = { dictionary: DICTIONARY, maxOutputLength: LARGEST_TEXT };
  return JSON.parse(inflateRawSync(bytes.subarray(1), options).toString('utf8'));
}
