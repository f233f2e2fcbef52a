// A message is not sent, and the run goes on.
import { messageId } from '#lib/contracts/ids.ts';
import { differs, expectationKind } from './expectation-kind.ts';
import { channelField, messageField, phrase, reasonField, sendReferences, stepField } from './fields.ts';

export const skipsKind = expectationKind(
  'skips',
  {
    skips: messageField.describe('The message that is not sent, by its folder under messages/.'),
    reason: reasonField,
    channel: channelField,
    step: stepField,
  },
  {
    references: ({ skips, step }) => sendReferences(skips, 'skips', step),
    words: ({ skips, channel, reason, step }) =>
      phrase(`skips ${skips}`, channel && `by ${channel}`, step && `at ${step}`, reason && `(${reason})`),
    differences: ({ skips, reason, channel, step }, actual) => [
      differs('message', skips, messageId(actual.message)),
      differs('channel', channel, actual.channel),
      differs('step', step, actual.step),
      differs('reason', reason, actual.reason),
    ],
  },
);
