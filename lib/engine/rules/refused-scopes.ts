/**
 * What a refusal is about. It is never lost because a part of it cannot be read, such as a topic that was renamed since the message with
 * its link was sent: then it refuses the wider scope. A topic that is not known, or not named, is every topic there is and will be.
 */
import { ANY } from '#lib/contracts/consent-ledger.ts';
import { channelMeant, meant } from '#lib/contracts/consent-words.ts';
import { channelSchema } from '#lib/contracts/step-calls.ts';
import type { Scope } from './consent-precedence.ts';

/**
 * The scopes that are refused by `topic` and `channel` as an event names them. A topic on a channel; a topic on each of the channels, where
 * none is known by that name; a channel as a whole; everything.
 * @param known ids of the topics of the settings
 */
export function refusedScopes(
  known: readonly string[],
  { topic, channel }: { readonly topic?: unknown; readonly channel?: unknown },
): readonly Scope[] {
  const about = topic === ANY ? ANY : (meant(topic, known) ?? ANY);
  const on = channel === ANY ? ANY : channelMeant(channel);
  if (on !== undefined) return [{ topic: about, channel: on }];
  if (about === ANY) return [{ topic: ANY, channel: ANY }];
  return channelSchema.options.map((each) => ({ topic: about, channel: each }));
}
