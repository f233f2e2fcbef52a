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
  preferences: {
    title: 'Choose what you get',
    link: 'Choose what you get',
    at: (addresses: string) => `For ${addresses}`,
    saved: 'Saved. It holds at once.',
    unchanged: 'Nothing has changed.',
    changedMeanwhile:
      'Your choices have changed since this page was opened. What you have taken away is saved; please look at the rest again.',
    stopped: 'You will get no more advertising messages from us. This holds at once.',
    topics: 'What we may send you',
    byChannel: (topic: string, channel: string) => `${topic}: ${channel}`,
    noTopics: 'There is nothing to choose from.',
    often: 'How often at most',
    frequencies: {
      all: 'As it comes',
      daily: 'One message a day',
      weekly: 'One message a week',
      monthly: 'One message a month',
    },
    pause: 'Take a break',
    pausedUntil: (day: string) => `You get no advertising messages until ${day}.`,
    pauses: {
      keep: 'Leave it as it is',
      none: 'No break',
      week: 'For a week',
      month: 'For 30 days',
      quarter: 'For 90 days',
    },
    place: 'Language and time zone',
    language: 'Language of messages',
    zone: 'Time zone, so that nothing comes at night',
    unknown: 'Not chosen',
    save: 'Save',
    everything: 'Or nothing at all',
    privacy: 'Your data',
    privacyWhy:
      'We send you a message to your own address. The link in it gives you a copy of everything that is stored about you, or erases it.',
    exportButton: 'Ask for a copy of my data',
    erasureButton: 'Ask for my data to be erased',
    asked: 'We have taken down your request. Please look for our message: the link in it works for one day.',
    why: 'Why did I get this message?',
  },
  why: {
    title: 'Why did I get this message?',
    link: 'Why did I get this message?',
    intro: 'This is what led to it, step by step:',
    unknown: 'What led to this message is not stored any more. It is kept for 90 days.',
  },
  confirm: {
    title: 'Please confirm',
    why: 'You, or somebody who typed your address, asked for messages from us. Do you want them?',
    about: (topic: string, channel: string) => `${topic} (${channel})`,
    button: 'Yes, I want these messages',
    otherwise: 'If it was not you, do nothing: then you will get none.',
    done: 'Thank you',
    doneWhy: 'You have confirmed. You can stop these messages at any time.',
    nothing: 'There is nothing to confirm',
    nothingWhy: 'You have confirmed already, or nobody has asked for messages lately.',
  },
  privacy: {
    title: 'Your data',
    copy: 'A copy of everything',
    copyWhy: 'A file with all that is stored about you, for you or for a program that can read it.',
    copyButton: 'Download my data',
    file: 'my-data.json',
    erase: 'Erase everything',
    eraseWhy:
      'All that is stored about you is erased, and no more messages come. You will be asked once more.',
    eraseButton: 'Erase my data …',
    elsewhere:
      'This is about the data with which we send you messages. Your orders, and an account with us if you have one, are kept elsewhere: please ask us about them.',
    question: 'Erase everything about you?',
    consequences: [
      'All that is stored about you here is erased. It cannot be undone.',
      'You get no more messages from here: none about orders and deliveries either.',
      'Links in messages that you have got already no longer show anything.',
    ],
    eraseForGood: 'Yes, erase everything for good',
    back: 'No, go back',
    erased: 'Everything is erased',
    erasedWhy:
      'We have nothing stored about you any more, and no more messages are sent. One that is on its way may still come.',
  },
};
export type PageTexts = typeof ENGLISH;
