// Every message that a provider has taken, from the journal of a local cloud that has ended: the outbox of the page forgets the oldest.
import { journalFiles, readRecords, segmentFile, snapshotFile } from '#lib/local/journal/journal-files.ts';
import { aboutSchema } from '#lib/local/delivery/outbox/outbox-message.ts';
import { sendKey } from '#lib/contracts/ids.ts';
import * as z from 'zod';

const takenSchema = z.object({
  kind: z.literal('taken'),
  message: z.object({ id: z.string(), about: aboutSchema }),
});

/** Key of the send → ids of its messages, as far as the journal goes back. */
export async function takenMessages(folder: string): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { snapshot, segments } = journalFiles(folder);
  const files = [
    ...(snapshot === undefined ? [] : [snapshotFile(folder, snapshot)]),
    ...segments.map((number) => segmentFile(folder, number)),
  ];
  const taken = new Map<string, Set<string>>();
  for (const file of files)
    await readRecords(file, true, ({ part, record }) => {
      const { data } = part === 'outbox' ? takenSchema.safeParse(record) : {};
      if (data === undefined) return;
      const { id, about } = data.message;
      const { run, step, visit } = about;
      if (run === undefined || step === undefined || visit === undefined) return;
      const key = sendKey(run, step, visit);
      taken.set(key, (taken.get(key) ?? new Set()).add(id));
    });
  return taken;
}
