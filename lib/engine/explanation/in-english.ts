/** Explanations in English. No sentence says who somebody is: the customer reads them, and an operator does. */
import type { Language } from './language.ts';

export const ENGLISH: Language = {
  tag: 'en-GB',
  quoted: (text) => `“${text}”`,
  event: (quoted) => `${quoted} was recorded`,
  unknownEvent: 'something happened',
  ownReason: (quoted) => `of this: ${quoted}`,
  finding: (part) => part,
  channels: {
    email: 'by e-mail',
    sms: 'by text message',
    push: 'as a push message',
    whatsapp: 'by WhatsApp',
    inapp: 'in the app',
    webhook: 'by a connected system',
  },
  events: {
    'Schedule Reached': 'its time in the calendar had come',
    'Date Reached': 'a date of the profile had come',
    'Journey Requested': 'it was asked for',
    'Trait Changed': 'a detail of the profile had changed',
    'Customer Created': 'the first thing became known',
    'Segment Entered': 'a group of customers was joined',
    'Segment Left': 'a group of customers was left',
  },
  reasons: {
    'no consent': 'there was no consent to it',
    'unsubscribed from everything': 'all advertising had been unsubscribed from',
    'unsubscribed from the channel': 'advertising had been unsubscribed from there',
    'unsubscribed from the topic': 'messages about it had been unsubscribed from',
    'consent not confirmed': 'consent to it had been asked for, and was not confirmed yet',
    suppressed: 'nothing may be sent to the address any more',
    'no address': 'no address was known for it',
    'no channel': 'there was no way to send it',
    'no content for the channel': 'it has not been written for this way of sending',
    'refused by the provider': 'it could not be delivered',
    'not sent': 'a message of it could not be sent',
    expired: 'it would have come too late',
    'frequency cap': 'enough messages had been sent lately',
    'frequency chosen by the customer': 'fewer messages were wished for',
    fatigue: 'earlier messages were not reacted to',
    'paused by customer': 'a break from messages was wished for',
    'lower priority': 'another message was more important',
    'quiet hours': 'it was in the quiet hours',
    'outside the windows': 'messages of this kind go out at other hours',
    'open service case': 'something was being settled with the customer service',
    'closed day': 'messages of this kind do not go out on that day',
    'public holiday': 'messages of this kind do not go out on public holidays',
    'legal hours': 'the law wants messages of this kind to wait at that hour',
    'rate limit': 'many messages were waiting to go out',
    'provider is busy': 'the service that delivers was busy',
    'message could not be rendered': 'something that it says was not known',
    where: 'what it asks for was not so',
    'already inside': 'it was under way already',
    'too soon': 'the last time was not long enough ago',
    'entered before': 'it takes place only once',
    'entered often enough': 'it had taken place often enough',
    'no key': 'what it is about was not said',
    'too many keys': 'it had taken place for too many things',
    'too many runs': 'too much else was under way',
    holdout: 'it was withheld at random, to see what it changes',
    'held out': 'it was withheld at random, to see what it changes',
    paused: 'it was paused',
    retired: 'it is no longer in use',
    'not started': 'it had not begun yet for anybody',
    ended: 'it had ended for everybody',
    'not live': 'it was not in use',
    goal: 'its goal was reached',
    'too much set off by journeys within an hour': 'too much had been set off within an hour',
    'call failed': 'a connected system did not answer',
    erased: 'everything about the customer was erased',
  },
  sentences: {
    entered: ({ at, journey, event, because }, say) =>
      `On ${say.moment(at)} ${say.event(event)}${say.because(because)}: with that ${say.journey(journey)} began.`,
    'not let in': ({ at, journey, reason, because }, say) =>
      `On ${say.moment(at)} ${say.journey(journey)} did not begin, because ${say.reason(reason)}${say.because(because)}.`,
    took: ({ step, branch, because }, say) =>
      step === undefined
        ? 'Its goal was reached, and it went on with the steps for that.'
        : `At ${say.quoted(step)} the way ${say.quoted(branch)} was taken${say.because(because)}.`,
    happened: ({ at, step, event }, say) =>
      `At ${say.quoted(step)} ${say.event(event)} on ${say.moment(at)}, which was waited for.`,
    'time was up': ({ at, step }, say) =>
      `At ${say.quoted(step)} nothing that was waited for had happened by ${say.moment(at)}.`,
    'held back': ({ at, until, reason, channel, yieldsTo }, say) =>
      `On ${say.moment(at)} the message${say.by(channel)} was held back${until === undefined ? '' : ` until ${say.moment(until)}`}, because ${say.reason(reason)}${yieldsTo === undefined ? '' : ` (${say.journey(yieldsTo)})`}.`,
    paused: ({ at }, say) => `On ${say.moment(at)} it was paused for everybody.`,
    'chose channel': ({ channel, because, probability }, say) =>
      `It was sent${say.by(channel)}, ${CHOICES[because] ?? `because ${say.reason(because)}`}${probability === undefined ? '' : ` (with a probability of ${say.percent(probability)})`}.`,
    consent: ({ topic, channel, since, source }, say) =>
      `Consent to ${say.topic(topic)}${say.by(channel)} was given on ${say.moment(since)}${source === undefined ? '' : ` (here: ${say.quoted(source)})`}.`,
    'no objection': ({ topic }, say) =>
      `${say.topic(topic)} is sent until somebody objects, and no objection was on record.`,
    'consent changed': ({ topic, at }, say) =>
      `What was allowed for ${say.topic(topic)} has changed since, on ${say.moment(at)}; when the message was sent, it was allowed.`,
    'needs no consent': () =>
      'It is a message about a matter of the customer’s own, such as an order or an account, and no advertising: it needs no consent.',
    'nothing against it': () =>
      'Quiet hours and the number of messages sent lately were looked at, and nothing stood against it.',
    sent: ({ at, message, channel, isSure }, say) =>
      isSure
        ? `On ${say.moment(at)} ${say.message(message)} was sent${say.by(channel)}.`
        : `On ${say.moment(at)} ${say.message(message)} was handed over to be sent${say.by(channel)}; whether it was taken is not known.`,
    'not sent': ({ at, message, channel, reason, yieldsTo, because }, say) =>
      `On ${say.moment(at)} ${say.message(message)} was not sent${say.by(channel)}, because ${say.reason(reason)}${yieldsTo === undefined ? '' : ` (${say.journey(yieldsTo)})`}${say.because(because)}.`,
    ended: ({ at, journey, as, reason, because }, say) =>
      as === 'completes'
        ? `On ${say.moment(at)} ${say.journey(journey)} came to its end.`
        : as === 'fails'
          ? `On ${say.moment(at)} ${say.journey(journey)} broke off through a fault${reason === undefined ? '' : ` (${reason})`}.`
          : `On ${say.moment(at)} ${say.journey(journey)} ended, because ${say.reason(reason ?? 'goal')}${say.because(because)}.`,
  },
};

const CHOICES: Readonly<Record<string, string>> = {
  preferred: 'because the profile says so',
  learned: 'because earlier messages there were reacted to most',
  listed: 'because this is the first possible way',
  explored: 'to find out whether this way is liked better',
};
