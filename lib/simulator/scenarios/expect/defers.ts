// A message has to wait: for the end of quiet hours, or for room under a cap.
import { messageId } from '#lib/contracts/ids.ts';
import { momentSchema } from '../moment.ts';
import { differs, expectationKind } from './expectation-kind.ts';
import { channelField, messageField, phrase, reasonField, sendReferences, stepField } from './fields.ts';

export const defersKind = expectationKind(
  'defers',
  {
    defers: messageField.describe('The message that has to wait, by its folder under messages/.'),
    until: momentSchema.optional().describe('Until when it waits; any time where it is not given.'),
    reason: reasonField,
    channel: channelField,
    step: stepField,
  },
  {
    references: ({ defers, step }) => sendReferences(defers, 'defers', step),
    words: ({ defers, channel, until, reason, step }) =>
      phrase(
        `defers ${defers}`,
        channel && `by ${channel}`,
        step && `at ${step}`,
        until && `until ${until}`,
        reason && `(${reason})`,
      ),
    differences: ({ defers, until, reason, channel, step }, actual, moment) => [
      differs('message', defers, messageId(actual.message)),
      differs('channel', channel, actual.channel),
      differs('step', step, actual.step),
      differs('reason', reason, actual.reason),
      differs('until', until === undefined ? undefined : moment(until), actual.until),
    ],
  },
);
