/** What the pages say in English. The other languages say the same (page-texts.ts). */
import type { Channel } from '#lib/contracts/step-calls.ts';

const channels: Readonly<Record<Channel, string>> = {
  email: 'E-mail',
  sms: 'Text message (SMS)',
  push: 'Notification on your device',
  whatsapp: 'WhatsApp',
  inapp: 'Message in the app',
  webhook: 'Other messages',
};

export const ENGLISH = {
  language: 'en',
  channels,
  unknownLink: {
    title: 'This link does not work',
    why: 'It is not complete, or it is none of ours. In some programs a long link is cut off: please open it from the message again.',
    next: 'You can unsubscribe with the link in any message from us, also an older one.',
  },
  expiredLink: {
    title: 'This link is too old',
    why: 'For your safety, links like this one work for a limited time only.',
    next: 'You find a newer one in our latest message to you.',
    stop: 'You can still stop our messages from here.',
  },
  unavailable: {
    title: 'Please try again in a moment',
    why: 'Something on our side does not answer right now. What you wanted has not been saved yet.',
    again: 'Try again',
  },
  wrongMethod: { title: 'This does not work', why: 'The page was asked for something that it does not do.' },
  nothingStored: {
    title: 'We have nothing stored about you',
    why: 'Everything has been erased, and you will get no more messages.',
  },
  unsubscribe: {
    title: 'Unsubscribe',
    fromTopic: (topic: string, channel: string) => `You get “${topic}” (${channel}).`,
    fromAll: (channel: string) => `You get messages from us (${channel}).`,
    at: (address: string) => `Address: ${address}`,
    button: 'Unsubscribe',
    everything: 'Stop all advertising messages',
    everythingWhy:
      'Orders, deliveries and what you ask us about are not advertising: you still hear about those.',
    instead: 'Or choose what you get instead',
    done: 'You are unsubscribed',
    doneTopic: (topic: string, channel: string) =>
      `You will get no more “${topic}” (${channel}). This holds at once.`,
    doneAll: (channel: string) =>
      `You will get no more advertising messages from us (${channel}). This holds at once.`,
    doneEverything: 'You will get no more advertising messages from us. This holds at once.',
    mistake: 'Was this a mistake? You can choose again what you get.',
    mistakeOld: 'Was this a mistake? You can choose again with the link in a newer message from us.',
  },
  preferences: { link: 'Choose what you get' },
};
export type PageTexts = typeof ENGLISH;
