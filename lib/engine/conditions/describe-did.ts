/** `{ "did": … }` in words: how often it was done, or what it adds up to, and since when that is known. */
import { formatDuration } from '#lib/contracts/duration.ts';
import type { Instant } from '#lib/contracts/time.ts';
import type { DidCondition } from '#lib/journey/conditions/condition.ts';
import type { Description } from './describe-leaf.ts';
import { amountOf, did, knownSince } from './did.ts';
import type { Sight } from './sight.ts';

const IN_WORDS = {
  atLeast: 'at least',
  atMost: 'at most',
  exactly: 'exactly',
  gt: 'more than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
} as const;

export function describeDid(
  condition: DidCondition,
  sight: Sight,
  entered: Instant | undefined,
): Description {
  const { event, measure, within, sinceEntry, where } = condition;
  const times = measure.kind === 'count' ? `${IN_WORDS[measure.operator]} ${measure.value} times` : '';
  const bounds =
    measure.kind === 'sum'
      ? `${measure.property} adding up to ${measure.bounds
          .map(({ operator, value }) => `${IN_WORDS[operator]} ${value}`)
          .join(' and ')}`
      : '';
  const time =
    within !== undefined ? ` within ${formatDuration(within)}` : sinceEntry === true ? ' since entry' : '';
  const asked = `did ${event}${where === undefined ? '' : ' like that'} ${times}${bounds}${time}`;
  const known = knownSince(condition, sight);
  const amount = amountOf(condition, sight, entered);
  const answer = did(condition, sight, entered);
  return {
    asked,
    found: [
      measure.kind === 'sum' ? `they add up to ${amount}` : `it was ${amount} times`,
      ...(known === undefined ? [] : [`known since ${known}`]),
      ...(answer === undefined ? ['too short to say'] : []),
    ].join(', '),
  };
}
