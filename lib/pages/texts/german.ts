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
  preferences: {
    title: 'Wählen Sie, was Sie bekommen',
    link: 'Auswählen, was Sie bekommen',
    at: (addresses) => `Für ${addresses}`,
    saved: 'Gespeichert. Das gilt ab sofort.',
    unchanged: 'Es hat sich nichts geändert.',
    changedMeanwhile:
      'Ihre Auswahl hat sich geändert, seit diese Seite geöffnet wurde. Was Sie abgewählt haben, ist gespeichert; bitte sehen Sie sich den Rest noch einmal an.',
    stopped: 'Sie bekommen keine Werbung mehr von uns. Das gilt ab sofort.',
    topics: 'Was wir Ihnen senden dürfen',
    byChannel: (topic, channel) => `${topic}: ${channel}`,
    noTopics: 'Es gibt nichts auszuwählen.',
    often: 'Wie oft höchstens',
    frequencies: {
      all: 'Wie es kommt',
      daily: 'Eine Nachricht am Tag',
      weekly: 'Eine Nachricht in der Woche',
      monthly: 'Eine Nachricht im Monat',
    },
    pause: 'Eine Pause machen',
    pausedUntil: (day) => `Bis ${day} bekommen Sie keine Werbung.`,
    pauses: {
      keep: 'So lassen',
      none: 'Keine Pause',
      week: 'Eine Woche',
      month: '30 Tage',
      quarter: '90 Tage',
    },
    place: 'Sprache und Zeitzone',
    language: 'Sprache der Nachrichten',
    zone: 'Zeitzone, damit nachts nichts kommt',
    unknown: 'Nicht gewählt',
    save: 'Speichern',
    everything: 'Oder gar nichts',
    privacy: 'Ihre Daten',
    privacyWhy:
      'Wir senden Ihnen eine Nachricht an Ihre eigene Adresse. Über den Link darin bekommen Sie eine Kopie von allem, was über Sie gespeichert ist, oder löschen es.',
    exportButton: 'Kopie meiner Daten anfordern',
    erasureButton: 'Löschung meiner Daten anfordern',
    asked:
      'Wir haben Ihre Bitte aufgenommen. Bitte achten Sie auf unsere Nachricht: Der Link darin gilt einen Tag.',
    why: 'Warum habe ich diese Nachricht bekommen?',
  },
  why: {
    title: 'Warum habe ich diese Nachricht bekommen?',
    link: 'Warum habe ich diese Nachricht bekommen?',
    intro: 'Das hat Schritt für Schritt zu ihr geführt:',
    unknown: 'Was zu dieser Nachricht geführt hat, ist nicht mehr gespeichert. Es wird 90 Tage aufbewahrt.',
  },
  confirm: {
    title: 'Bitte bestätigen Sie',
    why: 'Sie, oder jemand, der Ihre Adresse eingegeben hat, möchten Nachrichten von uns bekommen. Wollen Sie das?',
    about: (topic, channel) => `${topic} (${channel})`,
    button: 'Ja, ich möchte diese Nachrichten',
    otherwise: 'Wenn Sie das nicht waren, tun Sie nichts: Dann bekommen Sie keine.',
    done: 'Danke',
    doneWhy: 'Sie haben bestätigt. Sie können diese Nachrichten jederzeit abbestellen.',
    nothing: 'Es gibt nichts zu bestätigen',
    nothingWhy: 'Sie haben schon bestätigt, oder es hat in letzter Zeit niemand Nachrichten angefordert.',
  },
  privacy: {
    title: 'Ihre Daten',
    copy: 'Eine Kopie von allem',
    copyWhy:
      'Eine Datei mit allem, was über Sie gespeichert ist, für Sie oder für ein Programm, das sie lesen kann.',
    copyButton: 'Meine Daten herunterladen',
    file: 'meine-daten.json',
    erase: 'Alles löschen',
    eraseWhy:
      'Alles, was über Sie gespeichert ist, wird gelöscht, und es kommen keine Nachrichten mehr. Sie werden noch einmal gefragt.',
    eraseButton: 'Meine Daten löschen …',
    elsewhere:
      'Es geht hier um die Daten, mit denen wir Ihnen Nachrichten senden. Ihre Bestellungen und, falls Sie eines haben, Ihr Konto bei uns liegen anderswo: Bitte fragen Sie uns danach.',
    question: 'Alles über Sie löschen?',
    consequences: [
      'Alles, was hier über Sie gespeichert ist, wird gelöscht. Das lässt sich nicht rückgängig machen.',
      'Von hier bekommen Sie keine Nachrichten mehr: auch keine über Bestellungen und Lieferungen.',
      'Links in Nachrichten, die Sie schon haben, zeigen nichts mehr.',
    ],
    eraseForGood: 'Ja, alles endgültig löschen',
    back: 'Nein, zurück',
    erased: 'Alles ist gelöscht',
    erasedWhy:
      'Wir haben nichts mehr über Sie gespeichert, und es werden keine Nachrichten mehr versendet. Eine, die schon unterwegs ist, kann noch kommen.',
  },
};
