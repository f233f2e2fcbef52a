// The newest protocol of some services, of CloudWatch for one: CBOR in place of JSON. No client that the local cloud is made for chooses it where
// a service has JSON as well; one that is told to gets an answer that it can read, with the name of what is missing.
// https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
import type { Answer, ServiceRequest } from './service.ts';

export function isCbor({ headers }: Pick<ServiceRequest, 'headers'>): boolean {
  return headers['smithy-protocol'] === 'rpc-v2-cbor';
}

/** @param title of the service that is asked. */
export function cborNotSpoken(title: string, { path }: Pick<ServiceRequest, 'path'>): Answer {
  // Longer than any name of an operation, and short enough for a length of two bytes.
  const operation = (path.split('/').at(-1) ?? '').slice(0, 200);
  const message = `The local cloud does not have ${operation} of ${title} in CBOR, only in JSON.`;
  return {
    status: 501,
    headers: { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' },
    body: Buffer.concat([
      // A map of two members: https://www.rfc-editor.org/rfc/rfc8949#section-3.1
      Buffer.of(0xa2),
      ...['__type', 'NotImplemented', 'message', message].map(textOf),
    ]),
  };
}

/** A text with its length in bytes before it: in the first byte, in one of its own, or in two. */
function textOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const { length } = bytes;
  const head =
    length < 24
      ? [0x60 + length]
      : length < 256
        ? [0x78, length]
        : [0x79, Math.floor(length / 256), length % 256];
  return Buffer.concat([Buffer.from(head), bytes]);
}
