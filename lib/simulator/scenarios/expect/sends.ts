// A message goes out.
import * as z from 'zod';
import { messageId } from '#lib/contracts/ids.ts';
import { textOf } from '../actual.ts';
import { differs, expectationKind } from './expectation-kind.ts';
import { channelField, messageField, phrase, reasonField, sendReferences, stepField } from './fields.ts';

const textField = z.string().min(1);

export const sendsKind = expectationKind(
  'sends',
  {
    sends: messageField.describe('The message that goes out, by its folder under messages/.'),
    channel: channelField,
    contains: z
      .union([textField, z.array(textField).min(1)])
      .optional()
      .describe('A text, or several, that must stand in the message as the customer reads it.'),
    reason: reasonField,
    step: stepField,
  },
  {
    references: ({ sends, step }) => sendReferences(sends, 'sends', step),
    words: ({ sends, channel, contains, reason, step }) =>
      phrase(
        `sends ${sends}`,
        channel && `by ${channel}`,
        step && `at ${step}`,
        reason && `(${reason})`,
        contains !== undefined && `with ${quoted(contains)}`,
      ),
    differences: ({ sends, channel, contains, reason, step }, actual) => {
      const text = actual.rendered === undefined ? '' : textOf(actual.rendered);
      return [
        differs('message', sends, messageId(actual.message)),
        differs('channel', channel, actual.channel),
        differs('step', step, actual.step),
        differs('reason', reason, actual.reason),
        ...[contains ?? []].flat().map((part) => !text.includes(part) && `the message lacks "${part}"`),
      ];
    },
  },
);

function quoted(contains: string | readonly string[]): string {
  return [contains]
    .flat()
    .map((text) => `"${text}"`)
    .join(', ');
}
