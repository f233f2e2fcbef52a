// The shop's event stream, as text: the same for ever, whenever and wherever it is written.
import { gzipSync } from 'node:zlib';
import { chanceOf } from './chance.ts';
import { deliver } from './disorder.ts';
import { live } from './lives.ts';

const CUSTOMERS = 520;

/** JSON lines, in the order of their receipt. */
export function sampleStream(): string {
  const calls = Array.from({ length: CUSTOMERS }, (_, index) => live(index + 1)).flat();
  return `${deliver(calls, chanceOf(1)).join('\n')}\n`;
}

/** Without the time and the machine's kind, which gzip notes in its header (RFC 1952). */
export function packed(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}
