/**
 * Words by which customers withdraw from a channel and come back to it, by language. Only the word alone counts, perhaps with a courtesy or
 * above a signature: "stop" in a sentence is a sentence. AWS answers the English ones, STOP and HELP, by itself and puts the number on its opt-out list
 * (https://docs.aws.amazon.com/sms-voice/latest/userguide/keywords.html); whoever writes another of these has said the same to us.
 * The English ones to stop are those that the FCC calls reasonable means of revocation (47 CFR 64.1200(a)(10)) and those of AWS.
 */

const STOP_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'stop',
    'stopall',
    'stop all',
    'unsubscribe',
    'cancel',
    'end',
    'quit',
    'revoke',
    'remove',
    'opt out',
    'optout',
    'opt-out',
    // The button that Meta puts below marketing templates (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates).
    'stop promotions',
  ],
  de: ['stopp', 'abmelden', 'abbestellen', 'austragen'],
  fr: ['arret', 'arreter', 'desabonner', 'desinscrire', 'annuler', 'td'],
  es: ['baja', 'parar', 'alto', 'cancelar', 'no mas'],
  pt: ['sair', 'pare', 'remover', 'descadastrar'],
  it: ['ferma', 'basta', 'annulla', 'cancella', 'cancellami', 'disiscrivi'],
  nl: ['stoppen', 'afmelden', 'uitschrijven'],
  pl: ['wypisz', 'rezygnuje'],
  da: ['afmeld'],
  sv: ['stopp', 'avsluta', 'avregistrera'],
  nb: ['stopp', 'avslutt'],
  fi: ['lopeta'],
  tr: ['iptal', 'dur'],
  ru: ['стоп', 'отписаться', 'отмена'],
  uk: ['відписатися'],
  el: ['στοπ', 'διαγραφη'],
  ja: ['停止', '配信停止'],
  zh: ['退订', '退訂', '取消订阅'],
};

const START_WORDS: Readonly<Record<string, readonly string[]>> = {
  en: ['start', 'unstop', 'subscribe', 'resume'],
  de: ['anmelden', 'starten'],
  fr: ['reprendre', 'demarrer'],
  es: ['alta', 'iniciar'],
  pt: ['iniciar', 'voltar'],
  it: ['inizia', 'riprendi'],
  nl: ['starten', 'aanmelden'],
};

const WORDS: ReadonlyMap<string, 'stop' | 'start'> = new Map([
  ...Object.values(START_WORDS).flatMap((words) => words.map((word) => [normal(word), 'start'] as const)),
  // Later, and so stronger: on doubt nobody is written to.
  ...Object.values(STOP_WORDS).flatMap((words) => words.map((word) => [normal(word), 'stop'] as const)),
]);

/** What may stand beside the word. */
const COURTESY = /^(?:please|pls|bitte)\b[\s,]*|[\s,]*\b(?:please|pls|thanks|thank you|bitte|danke)$/g;

/**
 * Undefined for everything that is a reply like any other. A word to stop also counts as the first line of more, which is mostly the
 * signature that a mail program has put below it; on doubt nobody is written to.
 */
export function keywordIn(text: string): 'stop' | 'start' | undefined {
  const whole = wordIn(text);
  if (whole !== undefined) return whole;
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  return wordIn(first) === 'stop' ? 'stop' : undefined;
}

function wordIn(text: string): 'stop' | 'start' | undefined {
  const said = normal(text);
  return WORDS.get(said) ?? WORDS.get(said.replaceAll(COURTESY, ''));
}

/** Without case, accents, punctuation around it and needless blanks: "Arrêt." is ARRET. */
function normal(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();
}

/**
 * Whether a text tells the customer a word to stop: in capitals, as such words are written ("Reply STOP"), or in quotation marks. "Non-stop"
 * and "until the end" tell nothing. Scripts without capitals are taken as they are.
 */
export function tellsWordToStop(text: string): boolean {
  const plain = text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '');
  return STOP_FORMS.some((form) => form.test(plain));
}

const STOP_FORMS: readonly RegExp[] = Object.values(STOP_WORDS)
  .flat()
  .map((word) => word.normalize('NFKD').replaceAll(/\p{Mn}/gu, ''))
  .flatMap((word) => {
    if (word.toUpperCase() === word) return [new RegExp(word, 'u')];
    const inCapitals = new RegExp(`(?<![\\p{L}-])${word.toUpperCase()}(?![\\p{L}-])`, 'u');
    return [inCapitals, new RegExp(`[\\p{Pi}\\p{Ps}"']${word}[\\p{Pf}\\p{Pi}\\p{Pe}"']`, 'iu')];
  });
