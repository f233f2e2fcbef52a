// A cloud that keeps its state keeps how far time has come: whatever it has acknowledged has happened by then, and a process that was killed
// goes on from there, not from before.
import * as z from 'zod';
import type { Cancel } from '../clock.ts';
import type { Journal } from '../journal/journal.ts';
import type { LiveClock } from './live-clock.ts';

export interface KeptClock {
  /** For all other parts: from `begin` on, each of their records comes behind the instant at which it is written. */
  readonly journal: Journal;
  /** Nothing was kept: known once the journal is restored. */
  readonly isFresh: boolean;
  /**
   * The clock may go from now on; jumps, and time in which nothing happens, are written down as well. Whoever is killed while it is put
   * together for the first time has kept nothing. Returns what ends it.
   */
  begin(): Cancel;
}

const PART = 'clock';
const recordSchema = z.object({ now: z.number() });
/** An instant is written down when so many milliseconds of the business have passed since the last one. */
const NOTE_MILLIS = 1000;
/** Time that flows while nothing happens is written down so often, in real milliseconds: nobody but who looks at the clock could tell. */
const TICK_MILLIS = 1000;

/** Before the first part is registered. A kept instant makes the clock stand there. */
export function keepClock(journal: Journal, clock: LiveClock): KeptClock {
  let isFresh = true;
  let noted = Number.NEGATIVE_INFINITY;
  let hasBegun = false;
  const note = (): void => {
    const now = clock.now();
    if (!hasBegun || now - noted < NOTE_MILLIS) return;
    noted = now;
    journal.append(PART, { now });
  };
  const passBy = (): void => {
    try {
      note();
    } catch {
      // A disk that refuses is told by the next part that writes, to whoever it cannot acknowledge then.
    }
  };
  journal.register({
    name: PART,
    restore: (record) => {
      isFresh = false;
      noted = recordSchema.parse(record).now;
      clock.stand(noted);
    },
    snapshot: () => [{ now: clock.now() }],
  });
  return {
    journal: {
      register: (part) => journal.register(part),
      append: (part, record) => {
        note();
        journal.append(part, record);
      },
    },
    get isFresh() {
      return isFresh;
    },
    begin: () => {
      hasBegun = true;
      let endTick: Cancel | undefined;
      const tick = (): void => {
        passBy();
        endTick = clock.infrastructure.after(TICK_MILLIS, tick);
      };
      tick();
      const endChanges = clock.onChange(passBy);
      return () => {
        endChanges();
        endTick?.();
      };
    },
  };
}
