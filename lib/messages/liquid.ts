/**
 * The Liquid of messages: strict, so that a wrong variable or filter is found in the check and not in a customer's inbox,
 * and repeatable, so that the same customer, event and version always give the same text: nothing reads the clock, the
 * machine's zone, a file or a random number.
 */
import { closest, distance } from 'fastest-levenshtein';
import { Liquid, LiquidError } from 'liquidjs';
import type { Template } from 'liquidjs';
import { LINK_PART, LINK_PATH, LINK_START, linkPart, linkPath, linkStart } from './link-filters.ts';

/**
 * Tags that read other templates (shared parts come in with mj-include), and those that print without being an output: whatever a text
 * prints stands in braces, where it is seen what it is a part of (link-contexts.ts).
 */
const WITHOUT_TAGS = ['include', 'render', 'layout', 'block', 'echo', 'liquid', 'cycle'];
/** Filters whose answer is drawn by lot. */
const WITHOUT_FILTERS = ['sample'];

/**
 * What one text may take up while it is rendered, in characters and entries of ranges: a loop over (1..100000000) is a slip
 * and would otherwise run for ever. A message of a screenful takes up some thousands.
 */
const MOST_MEMORY = 1_000_000;

export type Escaping = 'html' | 'none';

/** Variables that every message has, whatever the journey. */
export const ROOTS: readonly string[] = [
  'profile',
  'entry',
  'saved',
  'journey',
  'brand',
  'catalog',
  'recommend',
  'unsubscribe_url',
  'preferences_url',
  'why_url',
  'confirm_url',
  'privacy_url',
];

const engines = new Map<string, Liquid>();

/**
 * An engine for one locale (dates and amounts are written its way). `html` escapes every output but those marked `| raw`.
 * In conditions and before `default` a missing variable is allowed: that is how a text provides for it.
 */
export function liquidFor(locale: string, escaping: Escaping): Liquid {
  const name = `${locale} ${escaping}`;
  const known = engines.get(name);
  if (known !== undefined) return known;
  const made = create(locale, escaping);
  engines.set(name, made);
  return made;
}

function create(locale: string, escaping: Escaping): Liquid {
  const engine = new Liquid({
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
    memoryLimit: MOST_MEMORY,
    locale,
    timezoneOffset: 'Etc/UTC',
    ...(escaping === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  for (const tag of WITHOUT_TAGS) delete engine.tags[tag];
  for (const filter of WITHOUT_FILTERS) delete engine.filters[filter];
  for (const [filter, apply] of Object.entries(engine.filters)) {
    if (filter.startsWith('date') && typeof apply === 'function')
      engine.registerFilter(filter, withoutClock(apply));
  }
  engine.registerFilter('money', money(locale));
  engine.registerFilter(LINK_START, linkStart);
  engine.registerFilter(LINK_PART, linkPart);
  engine.registerFilter(LINK_PATH, linkPath);
  return engine;
}

type FilterFunction = Extract<Liquid['filters'][string], (...values: never[]) => unknown>;

/** `date` reads "now" and "today" from the machine's clock: the same text on another day would be another message. */
function withoutClock(apply: FilterFunction): FilterFunction {
  return function dateOf(value: unknown, ...rest: unknown[]) {
    if (value === 'now' || value === 'today') throw new Error(`the date "${value}" differs from day to day`);
    return apply.call(this, value, ...rest);
  };
}

/** `{{ entry.total | money: "EUR" }}`: € 49.90 for English, 49,90 € for German. Throws for what is no number. */
function money(locale: string): (value: unknown, currency: unknown) => string {
  const formats = new Map<string, Intl.NumberFormat>();
  return (value, currency) => {
    const amount = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    if (typeof amount !== 'number' || !Number.isFinite(amount)) throw new Error('money needs a number');
    if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
      throw new Error('money needs a currency such as "EUR"');
    }
    const format =
      formats.get(currency) ??
      new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
    formats.set(currency, format);
    return format.format(amount);
  };
}

/** What went wrong in a Liquid text, without any value of the customer's. */
export interface LiquidFailure {
  readonly message: string;
  readonly variable?: string;
  /** Counted from 1, within the text. */
  readonly line?: number;
  readonly column?: number;
}

/** A parsed text, or why it is none. */
export function parseLiquid(
  engine: Liquid,
  text: string,
): { readonly templates: Template[] } | { readonly failure: LiquidFailure } {
  try {
    return { templates: engine.parse(text) };
  } catch (error) {
    return { failure: liquidFailure(error) };
  }
}

/** Reads a fault of the engine; one that is not Liquid's own speaks only of the kind of mistake. */
export function liquidFailure(error: unknown): LiquidFailure {
  if (!LiquidError.is(error)) return { message: 'the text cannot be rendered' };
  const [line, column]: readonly (number | undefined)[] = error.token.getPosition();
  const place = { ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) };
  const cause: unknown = error.originalError;
  if (error.name === 'UndefinedVariableError') {
    const variable = /undefined variable: ([^\s,]+)/.exec(error.message)?.[1] ?? 'a variable';
    return { message: `"${variable}" is missing`, variable, ...place };
  }
  const message = cause instanceof Error ? cause.message : error.message;
  const first = message.split('\n')[0]?.replace(/, line:\d+, col:\d+$/, '') ?? 'the text cannot be rendered';
  return { message: inPlainWords(first), ...place };
}

/** The engine's words for the mistakes that people make most, with the name that was meant. */
function inPlainWords(message: string): string {
  const [, filter] = /^undefined filter: (\S+)$/.exec(message) ?? [];
  if (filter !== undefined) return `there is no filter "${filter}"${perhaps(filter, 'filters')}`;
  const [, tag] = /^tag "([^"]*)" not found$/.exec(message) ?? [];
  if (tag !== undefined)
    return /^(?:end|else|elsif|when)/.test(tag)
      ? `{% ${tag} %} stands here alone: what it ends does not begin before it`
      : `there is no tag "${tag}"${perhaps(tag, 'tags')}`;
  if (message.startsWith('memory alloc limit')) return 'this takes up too much: does a loop run too often?';
  if (/^invalid value expression: "[#/{]/.test(message))
    return `${message}: conditions are written {% if profile.firstName %} … {% endif %}`;
  if (message.startsWith('expected "|" before filter'))
    return `${message}: sums are written {{ profile.age | plus: 1 }}`;
  return message;
}

/** Filters by their names in other languages. */
const OTHER_FILTERS: Readonly<Record<string, string>> = {
  upper: 'upcase',
  uppercase: 'upcase',
  lower: 'downcase',
  lowercase: 'downcase',
  title: 'capitalize',
  fallback: 'default',
  trim: 'strip',
  currency: 'money',
  urlencode: 'url_encode',
};

function perhaps(name: string, kind: 'filters' | 'tags'): string {
  const known = Object.keys(liquidFor('en', 'none')[kind]);
  const other = kind === 'filters' && Object.hasOwn(OTHER_FILTERS, name) ? OTHER_FILTERS[name] : undefined;
  const near = other ?? closest(name, known);
  const isNear = other !== undefined || distance(name, near) <= Math.max(2, name.length / 3);
  return isNear ? ` (did you mean "${near}"?)` : '';
}
