/** `{ "segment": … }` in words: since when the customer is in it. */
import { formatDuration } from '#lib/contracts/duration.ts';
import type { Condition } from '#lib/journey/conditions/condition.ts';
import type { Description } from './describe-leaf.ts';
import type { Sight } from './sight.ts';

export function describeSegment(
  { segment, for: length }: Extract<Condition, { kind: 'segment' }>,
  { document }: Sight,
): Description {
  const asked = `in segment ${segment}${length === undefined ? '' : ` for ${formatDuration(length)}`}`;
  const since = document.segments[segment];
  return { asked, found: since === undefined ? 'it is not in it' : `since ${since}` };
}
