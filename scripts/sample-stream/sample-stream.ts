// The shop's event stream, as text: the same for ever, whenever and wherever it is written.
import { gzipSync } from 'node:zlib';
import { chanceOf } from './chance.ts';
import { deliver } from './disorder.ts';
import { live } from './lives.ts';
import { restock, type Wisher } from './warehouse.ts';

const CUSTOMERS = 520;

/** JSON lines, in the order of their receipt. */
export function sampleStream(): string {
  const diaries = Array.from({ length: CUSTOMERS }, (_, index) => live(index + 1));
  const calls = diaries.flatMap((diary) => diary.calls);
  const wishers = diaries.flatMap(({ person, calls: told }): Wisher[] => {
    const since = Math.min(...told.map(({ happened }) => happened));
    const wishlist = person.traits['wishlist'];
    return Array.isArray(wishlist) ? [{ id: person.id, since, wishlist: wishlist.map(String) }] : [];
  });
  return `${deliver([...calls, ...restock(wishers, chanceOf(2))], chanceOf(1)).join('\n')}\n`;
}

/** Without the time and the machine's kind, which gzip notes in its header (RFC 1952). */
export function packed(text: string): Buffer {
  const bytes = gzipSync(text, { level: 9 });
  bytes.fill(0, 4, 8);
  bytes[9] = 255;
  return bytes;
}
