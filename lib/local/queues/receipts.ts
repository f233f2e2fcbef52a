// What names one receipt of a message. Clients take it for an opaque text.
import { ServiceError } from '../gateway/service-error.ts';

export interface Receipt {
  /** Name of the queue. */
  readonly queue: string;
  readonly key: string;
  /** Which receipt of this message in this queue it is, from 1. */
  readonly count: number;
}

export function writeReceipt({ queue, key, count }: Receipt): string {
  return Buffer.from(`${queue}\n${key}\n${count}`).toString('base64');
}

/** @throws ServiceError ReceiptHandleIsInvalid where it is none of this queue. */
export function readReceipt(queue: string, text: string): Receipt {
  const match = /^(?<name>.+)\n(?<key>.+)\n(?<count>\d+)$/.exec(Buffer.from(text, 'base64').toString());
  const { name, key = '', count } = match?.groups ?? {};
  if (name !== queue)
    throw new ServiceError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${text}" is not a valid receipt handle.`,
    );
  return { queue, key, count: Number(count) };
}
