// What a misspelt duration or percentage was meant to be: "1 hours" for "1 hous", "5%" for "5 percent".
import { distance } from 'fastest-levenshtein';
import { parseDuration } from '#lib/contracts/duration.ts';

const UNITS = ['seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years'] as const;

/** Units that are cut short. A bare "m" is none of them: it may be minutes or months. */
const SHORT_UNITS: Readonly<Record<string, string>> = {
  s: 'seconds',
  sec: 'seconds',
  secs: 'seconds',
  min: 'minutes',
  mins: 'minutes',
  h: 'hours',
  hr: 'hours',
  hrs: 'hours',
  d: 'days',
  w: 'weeks',
  wk: 'weeks',
  wks: 'weeks',
  mo: 'months',
  y: 'years',
  yr: 'years',
  yrs: 'years',
};

const EVERY: Readonly<Record<string, string>> = {
  hour: '1 hour',
  day: '1 day',
  week: '1 week',
  month: '1 month',
  year: '1 year',
  hourly: '1 hour',
  daily: '1 day',
  weekly: '1 week',
  monthly: '1 month',
  yearly: '1 year',
};

/** More letters than this are another word. */
const MOST_SLIPS = 2;

/** The duration that was meant; undefined where the text is one already or resembles none. */
export function durationMeant(text: string): string | undefined {
  const plain = text.trim().toLowerCase();
  if (Object.hasOwn(EVERY, plain)) return EVERY[plain];
  const [, amount, word] = /^(\d{1,9})\s*([a-z]{1,20})\.?$/.exec(plain) ?? [];
  const unit = word === undefined ? undefined : unitMeant(word);
  if (amount === undefined || unit === undefined) return undefined;
  const meant = `${Number(amount)} ${Number(amount) === 1 ? unit.slice(0, -1) : unit}`;
  return meant === text || 'problem' in parseDuration(meant) ? undefined : meant;
}

/** The percentage that was meant: "5%" for "5", "5 %" and "5 percent". */
export function percentageMeant(text: string): string | undefined {
  const [, amount] = /^\s*(\d{1,2}(?:\.\d{1,2})?|100)\s*(?:%|percent|per cent)?\s*$/i.exec(text) ?? [];
  return amount === undefined || text === `${amount}%` ? undefined : `${amount}%`;
}

function unitMeant(word: string): string | undefined {
  if (Object.hasOwn(SHORT_UNITS, word)) return SHORT_UNITS[word];
  const slips = (unit: string): number => Math.min(distance(word, unit), distance(word, unit.slice(0, -1)));
  const [best] = UNITS.toSorted((a, b) => slips(a) - slips(b));
  return best !== undefined && word.length > MOST_SLIPS && slips(best) <= MOST_SLIPS ? best : undefined;
}
