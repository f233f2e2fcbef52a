/** In which language a page speaks: the customer's, else that of their browser, else the workspace's, else English. */
import { ENGLISH, type PageTexts } from './english.ts';
import { GERMAN } from './german.ts';

const ALL: readonly PageTexts[] = [ENGLISH, GERMAN];

/** @param wanted languages as BCP 47, the one most wanted first; what is no text counts for nothing. */
export function pageTexts(wanted: readonly unknown[]): PageTexts {
  for (const language of wanted) {
    if (typeof language !== 'string') continue;
    const primary = language.trim().toLowerCase().split(/[-_]/, 1)[0];
    const found = ALL.find((texts) => texts.language === primary);
    if (found !== undefined) return found;
  }
  return ENGLISH;
}

/** The languages of an `Accept-Language` header, the one most wanted first (RFC 9110, section 12.5.4). */
export function acceptedLanguages(header: string): readonly string[] {
  return header
    .split(',')
    .map((part) => {
      const [language = '', ...parameters] = part.split(';');
      const weight = /^\s*q=([\d.]+)/.exec(parameters.join(';'))?.[1];
      return { language: language.trim(), weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ language, weight }) => language !== '' && weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ language }) => language);
}
