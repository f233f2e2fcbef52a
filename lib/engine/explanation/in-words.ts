/**
 * An explanation in the words of a language, a sentence for each fact: for the customer's page, for `wend customer explain`. Sentences
 * name no person; of what conditions have found, addresses are left out, because a message and its links may have been passed on.
 */
import { toMillis, type Instant } from '#lib/contracts/time.ts';
import type { Explanation, Fact } from './fact.ts';
import { ENGLISH } from './in-english.ts';
import { GERMAN } from './in-german.ts';
import type { Language, Say } from './language.ts';

/** How things are called; what has no name is called by its id. */
export interface Names {
  readonly journeys?: ReadonlyMap<string, string>;
  readonly messages?: ReadonlyMap<string, string>;
  readonly topics?: ReadonlyMap<string, string>;
}

export interface Reader {
  /** BCP 47; German for `de` and its regions, else English. */
  readonly locale: string;
  /** IANA zone in which instants are told. */
  readonly zone: string;
  readonly names?: Names;
}

/** One sentence for each fact, in their order; plain text. */
export function explanationInWords({ facts }: Explanation, reader: Reader): readonly string[] {
  const language = languageOf(reader.locale);
  const say = sayIn(language, reader);
  return facts.map((fact) => sentenceOf(language, fact, say));
}

function languageOf(locale: string): Language {
  return /^de\b/i.test(locale) ? GERMAN : ENGLISH;
}

function sentenceOf<K extends Fact['kind']>(
  { sentences }: Language,
  fact: Extract<Fact, { kind: K }>,
  say: Say,
): string {
  // The sentence of a kind takes the facts of that kind, which the type of a union's member cannot say.
  const sentence = sentences[fact.kind] as (of: Fact, say: Say) => string;
  return sentence(fact, say);
}

function sayIn(language: Language, { zone, names = {} }: Reader): Say {
  const { tag, quoted } = language;
  const dates = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', timeZone: zone });
  const percents = new Intl.NumberFormat(tag, { style: 'percent' });
  const moment = (instant: Instant): string => dates.format(toMillis(instant));
  return {
    moment,
    quoted,
    journey: (id) => quoted(names.journeys?.get(id) ?? id),
    message: (id) => quoted(names.messages?.get(id) ?? id),
    topic: (id) => quoted(names.topics?.get(id) ?? id),
    by: (channel) => (channel === undefined ? '' : ` ${language.channels[channel]}`),
    event: (name) =>
      name === undefined
        ? language.unknownEvent
        : (own(language.events, name) ?? language.event(quoted(name))),
    // "fatigue: 10 e-mails without a reaction": the figures are for operators.
    reason: (reason) =>
      own(language.reasons, reason.startsWith('fatigue: ') ? 'fatigue' : reason) ??
      language.ownReason(quoted(reason)),
    because: (because) => {
      if (because === undefined || because === '') return '';
      return ` (${because
        .split('; ')
        .map((part) => plain(language.finding(part)))
        .join('; ')})`;
    },
    percent: (part) => percents.format(part),
  };
}

/** A journey's own reason may be called like something that every object has. */
function own(texts: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : undefined;
}

/** Where a value is kept says nothing to a reader; an address may not be the reader's own. */
function plain(finding: string): string {
  return finding
    .replaceAll(/\b(?:event|entry|profile)\.(?=\w)/g, '')
    .replaceAll(/[^\s@,;]+@[^\s@,;]+/g, '…@…')
    .replaceAll(/\+\d[\d ()/.-]{5,}\d/g, '+…');
}
