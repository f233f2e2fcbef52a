/** What the pages say in German. */
import type { PageTexts } from './english.ts';

export const GERMAN: PageTexts = {
  language: 'de',
  channels: {
    email: 'E-Mail',
    sms: 'SMS',
    push: 'Mitteilung auf Ihrem Gerät',
    whatsapp: 'WhatsApp',
    inapp: 'Nachricht in der App',
    webhook: 'Andere Nachrichten',
  },
  unknownLink: {
    title: 'Dieser Link funktioniert nicht',
    why: 'Er ist unvollständig, oder er ist nicht von uns. Manche Programme schneiden lange Links ab: Bitte öffnen Sie ihn noch einmal aus der Nachricht.',
    next: 'Abmelden können Sie sich mit dem Link in jeder Nachricht von uns, auch in einer älteren.',
  },
  expiredLink: {
    title: 'Dieser Link ist zu alt',
    why: 'Zu Ihrer Sicherheit funktionieren solche Links nur eine begrenzte Zeit.',
    next: 'Einen neueren finden Sie in unserer letzten Nachricht an Sie.',
    stop: 'Unsere Nachrichten abbestellen können Sie auch von hier aus.',
  },
  unavailable: {
    title: 'Bitte versuchen Sie es gleich noch einmal',
    why: 'Bei uns antwortet gerade etwas nicht. Ihr Wunsch ist noch nicht gespeichert.',
    again: 'Noch einmal versuchen',
  },
  wrongMethod: {
    title: 'Das geht hier nicht',
    why: 'Von der Seite wurde etwas verlangt, das sie nicht tut.',
  },
  nothingStored: {
    title: 'Wir haben nichts über Sie gespeichert',
    why: 'Alles ist gelöscht, und Sie bekommen keine Nachrichten mehr.',
  },
  unsubscribe: {
    title: 'Abmelden',
    fromTopic: (topic, channel) => `Sie bekommen „${topic}“ (${channel}).`,
    fromAll: (channel) => `Sie bekommen Nachrichten von uns (${channel}).`,
    at: (address) => `Adresse: ${address}`,
    button: 'Abmelden',
    everything: 'Alle Werbung abbestellen',
    everythingWhy:
      'Bestellungen, Lieferungen und was Sie uns fragen, sind keine Werbung: Davon hören Sie weiterhin.',
    instead: 'Oder wählen Sie, was Sie stattdessen bekommen',
    done: 'Sie sind abgemeldet',
    doneTopic: (topic, channel) => `Sie bekommen „${topic}“ (${channel}) nicht mehr. Das gilt ab sofort.`,
    doneAll: (channel) => `Sie bekommen keine Werbung mehr von uns (${channel}). Das gilt ab sofort.`,
    doneEverything: 'Sie bekommen keine Werbung mehr von uns. Das gilt ab sofort.',
    mistake: 'War das ein Versehen? Sie können neu wählen, was Sie bekommen.',
    mistakeOld:
      'War das ein Versehen? Mit dem Link in einer neueren Nachricht von uns können Sie neu wählen.',
  },
  preferences: { link: 'Auswählen, was Sie bekommen' },
};
