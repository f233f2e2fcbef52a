/** Explanations in German. */
import { findingInGerman } from './findings-in-german.ts';
import type { Language } from './language.ts';

export const GERMAN: Language = {
  tag: 'de-DE',
  quoted: (text) => `„${text}“`,
  event: (quoted) => `wurde ${quoted} verzeichnet`,
  unknownEvent: 'geschah etwas',
  ownReason: (quoted) => `dies eintrat: ${quoted}`,
  finding: findingInGerman,
  channels: {
    email: 'per E-Mail',
    sms: 'per SMS',
    push: 'als Push-Nachricht',
    whatsapp: 'per WhatsApp',
    inapp: 'in der App',
    webhook: 'über ein angebundenes System',
  },
  events: {
    'Schedule Reached': 'war der Zeitpunkt im Kalender erreicht',
    'Date Reached': 'war ein Datum aus dem Profil erreicht',
    'Journey Requested': 'wurde sie angefordert',
    'Trait Changed': 'hatte sich eine Angabe im Profil geändert',
    'Customer Created': 'wurde erstmals etwas bekannt',
    'Segment Entered': 'begann die Zugehörigkeit zu einer Kundengruppe',
    'Segment Left': 'endete die Zugehörigkeit zu einer Kundengruppe',
  },
  reasons: {
    'no consent': 'keine Einwilligung vorlag',
    'unsubscribed from everything': 'alle Werbung abbestellt war',
    'unsubscribed from the channel': 'Werbung auf diesem Weg abbestellt war',
    'unsubscribed from the topic': 'Nachrichten dazu abbestellt waren',
    'consent not confirmed': 'um die Einwilligung gebeten, sie aber noch nicht bestätigt war',
    suppressed: 'an die Adresse nichts mehr gesendet werden darf',
    'no address': 'keine Adresse dafür bekannt war',
    'no channel': 'es keinen Weg dafür gab',
    'no content for the channel': 'sie für diesen Weg nicht verfasst ist',
    'refused by the provider': 'sie nicht zugestellt werden konnte',
    'not sent': 'eine ihrer Nachrichten nicht gesendet werden konnte',
    expired: 'sie zu spät gekommen wäre',
    'frequency cap': 'zuletzt genügend Nachrichten gesendet worden waren',
    'frequency chosen by the customer': 'weniger Nachrichten gewünscht waren',
    fatigue: 'auf frühere Nachrichten nicht reagiert worden war',
    'paused by customer': 'eine Pause von Nachrichten gewünscht war',
    'lower priority': 'eine andere Nachricht wichtiger war',
    'quiet hours': 'Ruhezeit war',
    'outside the windows': 'solche Nachrichten zu anderen Zeiten gesendet werden',
    'open service case': 'ein Anliegen beim Kundendienst offen war',
    'closed day': 'solche Nachrichten an diesem Tag nicht gesendet werden',
    'public holiday': 'solche Nachrichten an Feiertagen nicht gesendet werden',
    'legal hours': 'solche Nachrichten zu dieser Zeit von Rechts wegen warten müssen',
    'rate limit': 'viele Nachrichten auf den Versand warteten',
    'provider is busy': 'der Zustelldienst ausgelastet war',
    'message could not be rendered': 'eine Angabe, die sie enthält, nicht bekannt war',
    where: 'ihre Bedingung nicht erfüllt war',
    'already inside': 'sie bereits lief',
    'too soon': 'das letzte Mal nicht lange genug her war',
    'entered before': 'sie nur einmal stattfindet',
    'entered often enough': 'sie oft genug stattgefunden hatte',
    'no key': 'nicht gesagt war, worum es geht',
    'too many keys': 'sie schon für zu vieles stattgefunden hatte',
    'too many runs': 'zu viel anderes lief',
    holdout: 'sie nach dem Zufall unterblieb, um zu sehen, was sie bewirkt',
    'held out': 'sie nach dem Zufall unterblieb, um zu sehen, was sie bewirkt',
    paused: 'sie angehalten war',
    retired: 'sie nicht mehr in Gebrauch ist',
    'not started': 'sie noch für niemanden begonnen hatte',
    ended: 'sie für alle geendet hatte',
    'not live': 'sie nicht in Gebrauch war',
    goal: 'ihr Ziel erreicht war',
    'too much set off by journeys within an hour': 'innerhalb einer Stunde zu vieles ausgelöst worden war',
    'call failed': 'ein angebundenes System nicht antwortete',
    erased: 'alles über die Kundin oder den Kunden gelöscht wurde',
  },
  sentences: {
    entered: ({ at, journey, event, because }, say) =>
      `Am ${say.moment(at)} ${say.event(event)}${say.because(because)}: Damit begann die Strecke ${say.journey(journey)}.`,
    'not let in': ({ at, journey, reason, because }, say) =>
      `Am ${say.moment(at)} begann die Strecke ${say.journey(journey)} nicht, weil ${say.reason(reason)}${say.because(because)}.`,
    took: ({ step, branch, because }, say) =>
      step === undefined
        ? 'Ihr Ziel war erreicht, und es ging mit den Schritten dafür weiter.'
        : `Bei ${say.quoted(step)} wurde der Weg ${say.quoted(branch)} genommen${say.because(because)}.`,
    happened: ({ at, step, event }, say) =>
      `Bei ${say.quoted(step)} ${say.event(event)}, am ${say.moment(at)}; darauf wurde gewartet.`,
    'time was up': ({ at, step }, say) =>
      `Bei ${say.quoted(step)} war bis ${say.moment(at)} nichts eingetreten, worauf gewartet wurde.`,
    'held back': ({ at, until, reason, channel, yieldsTo }, say) =>
      `Am ${say.moment(at)} wurde die Nachricht${say.by(channel)}${until === undefined ? '' : ` bis ${say.moment(until)}`} zurückgehalten, weil ${say.reason(reason)}${yieldsTo === undefined ? '' : ` (${say.journey(yieldsTo)})`}.`,
    paused: ({ at }, say) => `Am ${say.moment(at)} war die Strecke für alle angehalten.`,
    'chose channel': ({ channel, because, probability }, say) =>
      `Gesendet wurde${say.by(channel)}, ${CHOICES[because] ?? `weil ${say.reason(because)}`}${probability === undefined ? '' : ` (mit einer Wahrscheinlichkeit von ${say.percent(probability)})`}.`,
    consent: ({ topic, channel, since, source }, say) =>
      `Die Einwilligung in ${say.topic(topic)}${say.by(channel)} wurde am ${say.moment(since)} erteilt${source === undefined ? '' : ` (hier: ${say.quoted(source)})`}.`,
    'no objection': ({ topic }, say) =>
      `${say.topic(topic)} wird gesendet, bis jemand widerspricht, und kein Widerspruch war verzeichnet.`,
    'consent changed': ({ topic, at }, say) =>
      `Was für ${say.topic(topic)} erlaubt ist, hat sich seither geändert, am ${say.moment(at)}; als die Nachricht gesendet wurde, war sie erlaubt.`,
    'needs no consent': () =>
      'Es ist eine Nachricht in eigener Sache, etwa zu einer Bestellung oder einem Konto, und keine Werbung: Sie braucht keine Einwilligung.',
    'nothing against it': () =>
      'Ruhezeiten und die Zahl der zuletzt gesendeten Nachrichten wurden geprüft, und nichts sprach dagegen.',
    sent: ({ at, message, channel, isSure }, say) =>
      isSure
        ? `Am ${say.moment(at)} wurde ${say.message(message)}${say.by(channel)} gesendet.`
        : `Am ${say.moment(at)} wurde ${say.message(message)} zum Versand${say.by(channel)} übergeben; ob sie angenommen wurde, ist nicht bekannt.`,
    'not sent': ({ at, message, channel, reason, yieldsTo, because }, say) =>
      `Am ${say.moment(at)} wurde ${say.message(message)}${say.by(channel)} nicht gesendet, weil ${say.reason(reason)}${yieldsTo === undefined ? '' : ` (${say.journey(yieldsTo)})`}${say.because(because)}.`,
    ended: ({ at, journey, as, reason, because }, say) =>
      as === 'completes'
        ? `Am ${say.moment(at)} kam die Strecke ${say.journey(journey)} zu ihrem Ende.`
        : as === 'fails'
          ? `Am ${say.moment(at)} brach die Strecke ${say.journey(journey)} durch einen Fehler ab${reason === undefined ? '' : ` (${reason})`}.`
          : `Am ${say.moment(at)} endete die Strecke ${say.journey(journey)}, weil ${say.reason(reason ?? 'goal')}${say.because(because)}.`,
  },
};

const CHOICES: Readonly<Record<string, string>> = {
  preferred: 'weil das Profil es so sagt',
  learned: 'weil dort auf frühere Nachrichten am meisten reagiert wurde',
  listed: 'weil es der erste mögliche Weg ist',
  explored: 'um herauszufinden, ob dieser Weg lieber ist',
};
