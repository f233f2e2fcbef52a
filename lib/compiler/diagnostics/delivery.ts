// Rules of delivery that send nothing, or that hold nothing back.
import type { DailyWindow } from '#lib/contracts/calendar.ts';
import type { ReplyChannel } from '#lib/contracts/replies/reply.ts';
import type { Channel } from '#lib/contracts/step-calls.ts';
import type { ValueType } from '#lib/journey/vocabulary.ts';
import { error, warning } from './kind.ts';

export const deliveryDiagnostics = {
  'windows-never-open': error<{ channel: Channel; quiet: DailyWindow | undefined }>(
    'Windows that never open',
    ({ channel, quiet }) => ({
      message:
        quiet === undefined
          ? `No day has hours here: nothing would ever go out by ${channel}.`
          : `All windows for ${channel} lie in the quiet hours from ${quiet.from} to ${quiet.to}: nothing would ever go out.`,
      hint:
        quiet === undefined
          ? 'Name days with hours, such as { "weekdays": "09:00-18:00" }, or remove the channel: then it is always open.'
          : 'Move the windows or the quiet hours, so that they leave some time.',
    }),
  ),
  'windows-not-legal': error<{ channel: Channel; country: string | undefined }>(
    'Windows outside the legal hours',
    ({ channel, country }) => ({
      message: `The law leaves no time open in which this journey may send by ${channel}${country === undefined ? '' : ` to numbers of ${country}`}: nothing would ever go out.`,
      hint: 'Move windows and quiet hours, so that they leave some of the hours of the presets; "legal" in the settings names them.',
    }),
  ),
  'closed-backwards': error<{ from: string; to: string }>(
    'Closed days that end before they begin',
    ({ from, to }) => ({
      message: `These closed days begin on ${from} and end on ${to}, which is before.`,
      hint: `Did you mean { "from": "${to}", "to": "${from}" }?`,
    }),
  ),
  'rate-of-zero': error<{ channel: Channel }>('A rate of zero', ({ channel }) => ({
    message: `With 0 messages per second nothing would ever go out by ${channel}.`,
    hint: 'Write how many may go out in one second, or remove the channel: then nothing holds it back.',
  })),
  'fatigue-without-effect': error<{ most: number; per: string | undefined; after: number | undefined }>(
    'A rule of fatigue without effect',
    ({ most, per, after }) => ({
      message:
        after === undefined
          ? `A cap of ${most}${per === undefined ? ' for life' : ` per ${per}`} holds for everybody: for those who do not react nothing changes.`
          : `The rule "after" ${after} with ${most} per ${per} holds by then and lets out no more: this one changes nothing.`,
      hint: 'Make the rule stricter, or remove it.',
    }),
  ),
  'fatigue-never-ends': warning('Fatigue that no reaction ends', () => ({
    message: 'Nobody tells of reactions to text messages here: this rule would hold everybody for good.',
    hint: 'Add "sms" to "replies" or to "trackedLinks", or remove the rule.',
  })),
  'law-of-another-country': error<{ preset: string; about: string; country: string | undefined }>(
    'A law of another country',
    ({ preset, about, country }) => ({
      message: `"${preset}" is about numbers of ${about} and would never hold for ${country === undefined ? 'the others' : `those of ${country}`}.`,
      hint: `Name it under "${about}"; "recipient-day" holds in every country.`,
    }),
  ),
  'unknown-country': error<{ country: string }>('A country that there is not', ({ country }) => ({
    message: `No telephone number belongs to a country "${country}".`,
    hint:
      country === 'UK'
        ? 'The United Kingdom is "GB".'
        : 'Countries are named by the two letters of ISO 3166, such as "US", "GB" or "IN".',
  })),
  'registry-not-asked-for': error<{ country: string }>(
    'Ids of a registry in a country that has none',
    ({ country }) => ({
      message: `"entityId" and "templates" are for India's registry of text messages; "${country}" asks for nothing of the kind.`,
      hint: 'Remove them here, or write them under "IN".',
    }),
  ),
  'registry-incomplete': error<{ missing: 'entityId' | 'templates' }>(
    "Ids of India's registry that are not complete",
    ({ missing }) => ({
      message: `Carriers in India ask for the id of the company and for that of each text; "${missing}" is missing.`,
      hint:
        missing === 'entityId'
          ? 'Add "entityId": the number of your company in the registry (DLT).'
          : 'Add "templates": the number of each text in the registry, by message: { "cart-text": "1107160000000000001" }.',
    }),
  ),
  'replies-reach-nobody': error<{ channel: ReplyChannel }>(
    'Replies on a channel that nobody can write to',
    ({ channel }) => ({
      message:
        channel === 'sms'
          ? 'No sender has a telephone number: customers cannot write back to a sender id.'
          : `No sender has anything for the channel "${channel}" that customers could answer.`,
      hint:
        channel === 'sms'
          ? 'Give a sender a number or pool that receives text messages, or one for single countries, or take "sms" out of "replies".'
          : `Add "${channel}" to a sender under "senders", or take it out of "replies".`,
    }),
  ),
  'case-not-told-apart': error<{ named: 'opened' | 'closed' }>(
    'A case that the other event does not name',
    ({ named }) => ({
      message: `"${named}" says which case it is, and this event does not: no case would ever be closed by it.`,
      hint: 'Name the property with "case" in both, or in neither: then a customer has one case at a time.',
    }),
  ),
  'case-never-open': error<{ event: string }>('A case that is never open', ({ event }) => ({
    message: `"${event}" opens the case and closes it at once: marketing would never wait.`,
    hint: 'Name the event by which the service says that it is over.',
  })),
  'best-of-one': warning<{ channel: Channel }>('The best of one channel', ({ channel }) => ({
    message: `"best" has nothing to choose from: "${channel}" is the only channel.`,
    hint: `Add channels, or write "channel": "${channel}".`,
  })),
  'preferred-not-text': error<{ name: string; type: ValueType }>(
    'A preferred channel that is no text',
    ({ name, type }) => ({
      message: `"${name}" is of type ${type}, which cannot name a channel.`,
      hint: 'Name a trait of type text that holds a channel, such as "email".',
    }),
  ),
  'messages-unbounded': warning<{ because: string }>('No limit to the messages of a day', ({ because }) => ({
    message: `One customer can get any number of marketing messages from this journey in a day: ${because}.`,
    hint: 'Add a cap, such as { "most": 2, "per": "1 day", "of": "all" } in settings.json, or let re-entry wait: { "after": "7 days" }.',
  })),
  'cap-used-up': warning<{ step: string; cap: string }>(
    'A message that a cap never lets out',
    ({ step, cap }) => ({
      message: `Whoever gets the messages before never gets "${step}": they use up ${cap}.`,
      hint: 'Raise the cap, put more time between the messages, or remove this one.',
    }),
  ),
};
