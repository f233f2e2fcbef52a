/**
 * Marketing by text message has to say how to stop it, in a way that works with whom it comes from: nobody can answer a sender id, and
 * carriers of North America want the word in the text.
 */
import { channelsOf } from '#lib/journey/channels.ts';
import type { SmsSender } from '#lib/journey/senders.ts';
import { canBeAnswered, isNorthAmerican } from '#lib/journey/sms-identity.ts';
import { finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';

export const smsStop: Check = function* smsStop({ journey, steps, messages, settings }) {
  for (const { step, path } of steps) {
    if (step.type !== 'send' || !channelsOf(step.channel).includes('sms')) continue;
    if ((step.class ?? journey.delivery.class) === 'transactional') continue;
    const message = messages.get(step.message);
    // Without a sender or a text something else is wrong, and is told.
    const sender = settings?.senders[message?.sender ?? 'default']?.sms;
    if (message?.smsStop === undefined || sender === undefined || !message.channels.includes('sms')) continue;
    const reason = whyNot(message.smsStop, identitiesOf(sender));
    if (reason !== undefined)
      yield finding('sms-cannot-be-stopped', [...path, 'message'], { message: message.id, ...reason });
  }
};

function whyNot(
  tells: readonly ('link' | 'word')[],
  identities: readonly string[],
): { readonly because: 'nothing' | 'no answer' | 'no word'; readonly sender?: string } | undefined {
  if (tells.length === 0) return { because: 'nothing' };
  const mute = identities.find((identity) => !canBeAnswered(identity));
  if (mute !== undefined && !tells.includes('link')) return { because: 'no answer', sender: mute };
  // CTIA, Messaging Principles and Best Practices, 5.1: messages state the words that opt out, "STOP" among them.
  const american = identities.find((identity) => isNorthAmerican(identity));
  if (american !== undefined && !tells.includes('word')) return { because: 'no word', sender: american };
  return undefined;
}

function identitiesOf({ sender, countries = {} }: SmsSender): readonly string[] {
  return [sender, ...Object.values(countries).flatMap((country) => country.sender ?? [])];
}
