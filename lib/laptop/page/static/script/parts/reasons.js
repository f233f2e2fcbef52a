// The reasons of the timeline in a sentence, for those who have not read the reference.
import { journeyName } from '../journey-names.js';

const REFUSES = {
  'already inside': 'They are in this journey: one run at a time.',
  'too soon': 'They were in this journey not long ago, and its re-entry asks for more time between.',
  where: 'They do not fulfil the condition of the entry.',
  'not live': 'The journey is paused: nobody enters.',
  retired: 'The journey is retired: nobody enters any more.',
  ended: 'The journey is over: nobody enters any more.',
  holdout: 'They belong to the control group that gets nothing, so that the effect can be measured.',
  'held out': 'They belong to the control group that gets nothing.',
  'entered before': 'Each customer enters this journey once.',
  'entered often enough': 'They have entered as often as its re-entry allows.',
};

const MESSAGES = {
  'no consent': 'They have not agreed to messages of this topic on this channel.',
  suppressed: 'The address bounced or complained: nothing is sent to it any more.',
  'no address': 'The profile has no address or number for this channel.',
  'no channel': 'None of the channels can reach them.',
  'frequency cap': 'They have had as many messages as the caps allow.',
  'frequency chosen by the customer': 'They have asked for fewer messages.',
  'paused by customer': 'They have asked for a break from messages.',
  'lower priority': 'Caps leave one place, and a more important journey takes it.',
  'quiet hours': 'It is night where they live.',
  'outside the windows': 'This channel sends only at certain hours.',
  'open service case': 'They have an open case with the service: offers wait until it is closed.',
  'closed day': 'Nothing is sent on such a day.',
  expired: 'It would have come too late to be of use.',
  'rate limit': 'So many go out at once that this one has to wait.',
};

const OF_KIND = { refuses: REFUSES, skips: MESSAGES, defers: MESSAGES };

/** @returns {string | undefined} undefined: the reason speaks for itself */
export function reasonInWords(kind, reason, yieldsTo) {
  const words = OF_KIND[kind];
  if (words === undefined || reason === undefined) return undefined;
  if (reason.startsWith('fatigue: ')) return 'They do not react, so they get fewer until they do.';
  if (!Object.hasOwn(words, reason)) return undefined;
  return yieldsTo === undefined ? words[reason] : `${words[reason]} Here: ${journeyName(yieldsTo)}.`;
}
