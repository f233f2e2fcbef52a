// A journey has to start before it ends.
import { parseMoment } from '#lib/contracts/date-time.ts';
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const startsAndEnds: Check = function* startsAndEnds({ journey }) {
  const { starts, ends, atEnd } = journey;
  if (atEnd !== undefined && ends === undefined)
    yield findingAtKey('without-effect', ['atEnd'], { field: 'atEnd', because: 'endless' });
  if (starts === undefined || ends === undefined) return;
  const [first, last] = [comparable(starts), comparable(ends)];
  // With an offset on one side alone, half a day more or less depends on the zone: nothing is said about that.
  if (first !== undefined && last !== undefined && first >= last)
    yield finding('ends-before-start', ['ends'], { starts, ends });
};

/** As text that compares; undefined where it cannot be read, which is told by itself. */
function comparable(written: string): string | undefined {
  const moment = parseMoment(written);
  if (moment === undefined) return undefined;
  return moment.instant ?? `${moment.date}T${moment.time ?? '00:00'}:00.000Z`;
}
