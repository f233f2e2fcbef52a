// What may be written and comes to nothing: values that never occur, messages that expire before anything opens, rules that hold nothing back.
import type { ReplyChannel } from '#lib/contracts/replies/reply.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { SendOutcome } from '#lib/journey/conditions/condition.ts';
import { error, warning } from './kind.ts';
import { hintFor, listed } from './suggestion.ts';

export const neverDiagnostics = {
  'value-never-occurs': error<{ name: string; value: string; known: readonly string[] }>(
    'A value that never occurs',
    ({ name, value, known }) => ({
      message: `"${name}" is never "${value}".`,
      hint: hintFor(value, known, 'There is nothing that it could be: the workspace has none.'),
    }),
  ),
  'value-misspelt': warning<{
    name: string;
    value: string;
    meant: { readonly value: string; readonly field?: string };
    from: string;
  }>('A value that is probably misspelt', ({ name, value, meant, from }) => ({
    message:
      from === 'providers'
        ? `Neither Wend nor a provider that it knows ever says "${value}" in "${name}".`
        : `No item of the catalogue's list "${from}" has "${value}" in "${name.slice(name.indexOf('.') + 1)}".`,
    hint:
      meant.field === undefined
        ? `Did you mean "${meant.value}"?`
        : `Did you mean "${meant.field}": "${meant.value}"?`,
  })),
  'replies-not-heard': warning<{ channels: readonly Channel[]; answerable: readonly ReplyChannel[] }>(
    'Replies that nobody hears',
    ({ channels, answerable }) => ({
      message:
        answerable.length === 0
          ? `Customers cannot answer what they get by ${listed(channels)}: this never happens.`
          : `Nobody tells here what customers write back${channels.length === 0 ? '' : ` by ${listed(channels)}`}: this never happens.`,
      hint:
        answerable.length === 0
          ? 'Send by a channel that can be answered, or remove this.'
          : `Add "replies": [${answerable.map((one) => `"${one}"`).join(', ')}] or some of them to settings.json, unless an application of yours tells "Message Replied".`,
    }),
  ),
  'never-reported': warning<{ outcome: SendOutcome; channels: readonly Channel[] }>(
    'Something that nobody reports',
    ({ outcome, channels }) => ({
      message: `Nobody reports "${outcome}" of messages by ${listed(channels)}: this never happens.`,
      hint:
        outcome === 'clicked'
          ? `Add ${listed(channels)} to "trackedLinks" in settings.json, or ask for something else, such as "delivered".`
          : 'Ask for something that is reported of this channel, such as "delivered" or "clicked".',
    }),
  ),
  'expires-while-closed': warning<{
    expires: string;
    isWritten: boolean;
    closedFor: string;
    from: string;
    to: string;
  }>('A message that expires before anything opens', ({ expires, isWritten, closedFor, from, to }) => ({
    message: `This message expires after ${expires}${isWritten ? '' : ', as nothing else is said'}, and from ${from} to ${to} nothing may go out, ${closedFor} long: who comes to it early in that time never gets it.`,
    hint: isWritten
      ? 'Let it expire later, widen the windows, or write "ifQuiet": "skip": then it goes out at once or not at all.'
      : 'Say how long it is worth waiting for, such as "expires": "3 days" here or in "delivery", or write "ifQuiet": "skip".',
  })),
  'exit-never-taken': warning<{ name: string; by: 'goal' | 'exit' }>(
    'An exit that nobody takes',
    ({ name, by }) => ({
      message:
        by === 'goal'
          ? `"${name}" reaches the goal, which ends the run before this exit is asked.`
          : `An exit before this one takes everybody whom "${name}" concerns.`,
      hint:
        by === 'goal'
          ? 'Remove the exit, narrow the goal by "where", or write "ends": false in the goal.'
          : 'Remove one of them, or write this one first and narrow it by "where".',
    }),
  ),
  'everybody-held-out': warning('A journey from which everybody is kept out', () => ({
    message: 'With a holdout of 100% nobody ever gets anything from this journey.',
    hint: 'Write a part, such as "5%". To stop the journey, write "status": "paused".',
  })),
  'cap-without-effect': warning<{ cap: string; other: string; inSettings: boolean }>(
    'A cap without effect',
    ({ cap, other, inSettings }) => ({
      message: `${other}${inSettings ? ' in settings.json' : ''} lets out no more than that anyway: ${cap} changes nothing.`,
      hint: 'Make it stricter, or remove it.',
    }),
  ),
  'rule-without-channel': warning<{ rule: string; channel: Channel; overruled: boolean }>(
    'A rule for a channel without marketing',
    ({ rule, channel, overruled }) => ({
      message: overruled
        ? `Every journey that sends marketing by ${channel} has ${rule} of its own: these hold nothing back.`
        : `No journey sends marketing by ${channel}: "${rule}" for it holds nothing back.`,
      hint: 'Remove it, or look whether another channel was meant.',
    }),
  ),
};
