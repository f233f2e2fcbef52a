// Writes what the records of all parts amount to, while the parts go on working: it lets them have their turn after each piece.
import { open } from 'node:fs/promises';
import { HEADER, OWN_FILE } from './journal-files.ts';
import type { JournalPart } from './journal.ts';
import { recordLine } from './record-line.ts';

/** Large enough for few writes, small enough that nobody waits for a piece: a few milliseconds of making text. */
const PIECE_BYTES = 256 * 1024;

/** @returns how many bytes the file has. It is on the disk, not only with the system, because what it replaces will be deleted. */
export async function writeSnapshot(file: string, parts: Iterable<JournalPart>): Promise<number> {
  const handle = await open(file, 'w', OWN_FILE);
  try {
    let total = 0;
    let piece: Buffer[] = [HEADER];
    let pieceBytes = HEADER.length;
    const flush = async (): Promise<void> => {
      await handle.writeFile(Buffer.concat(piece));
      total += pieceBytes;
      piece = [];
      pieceBytes = 0;
    };
    for (const part of parts) {
      for await (const record of part.snapshot()) {
        const line = recordLine(part.name, record);
        piece.push(line);
        pieceBytes += line.length;
        if (pieceBytes >= PIECE_BYTES) await flush();
      }
    }
    await flush();
    await handle.sync();
    return total;
  } finally {
    await handle.close();
  }
}
