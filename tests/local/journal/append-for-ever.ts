// A process of its own, to be killed: counts into the journal of the folder that it is given, and prints what it has been told is kept.
import { writeSync } from 'node:fs';
import { openJournal } from '../../../lib/local/journal/open-journal.ts';

const journal = openJournal(process.argv[2] ?? '', { onNotice: () => undefined });
journal.register({ name: 'values', restore: () => undefined, snapshot: () => [] });
await journal.restore();
for (let count = 0; ; count += 1) {
  journal.append('values', ['count', count]);
  writeSync(1, `${count}\n`);
}
