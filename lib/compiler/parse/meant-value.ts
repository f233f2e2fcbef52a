/**
 * What a value of the wrong kind was probably meant to be: 60 where a duration stands, "30 days" where an object around it
 * does, a kind of step by the name that other products have for it. Only what the schema would accept is suggested.
 */
import * as z from 'zod';

/** Kinds of steps by the words of other products, in lower case without spaces, hyphens and underscores. */
const STEP_WORDS: ReadonlyMap<string, string> = new Map([
  ...['delay', 'pause', 'sleep', 'timer'].map((word) => [word, 'wait'] as const),
  ...['waituntil', 'listen', 'await'].map((word) => [word, 'waitFor'] as const),
  ...['email', 'mail', 'sms', 'push', 'message', 'action'].map((word) => [word, 'send'] as const),
  ...['if', 'condition', 'conditional', 'decision', 'switch'].map((word) => [word, 'branch'] as const),
  ...['abtest', 'ab', 'experiment', 'random', 'cohort'].map((word) => [word, 'split'] as const),
  ...['jump', 'loop', 'repeat'].map((word) => [word, 'goto'] as const),
  ...['end', 'stop', 'finish', 'leave'].map((word) => [word, 'exit'] as const),
]);

/** The kind of step that `word` means elsewhere; undefined where it is not among those that are `known`. */
export function otherWordFor(word: string, known: readonly string[]): string | undefined {
  const kind = STEP_WORDS.get(word.toLowerCase().replaceAll(/[\s_-]+/g, ''));
  return kind !== undefined && known.includes(kind) ? kind : undefined;
}

/** Fields by the words of other products; the first that is free where the word stands is meant. */
const FIELD_WORDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['else', ['otherwise']],
  ['default', ['otherwise']],
  ['ontimeout', ['otherwise']],
  ['delay', ['for', 'within']],
  ['duration', ['for', 'within']],
  ['for', ['within']],
  ['timeout', ['within']],
  ['condition', ['when', 'where']],
  ['conditions', ['when', 'where']],
  ['filter', ['when', 'where']],
  ['if', ['when', 'where']],
  ['trigger', ['entry']],
  ['template', ['message']],
]);

/** The field of `known` that `word` means elsewhere; undefined where it means none. */
export function fieldInOtherWords(word: string, known: readonly string[]): string | undefined {
  return FIELD_WORDS.get(plain(word))?.find((field) => known.includes(field));
}

/** Values by the words of other products and languages. */
const VALUE_WORDS: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['boolean', 'yes/no'],
  ['bool', 'yes/no'],
  ['integer', 'number'],
  ['int', 'number'],
  ['float', 'number'],
  ['decimal', 'number'],
  ['datetime', 'date-time'],
  ['timestamp', 'date-time'],
  ['array', 'list'],
  ['location', 'place'],
  ['mon', 'monday'],
  ['tue', 'tuesday'],
  ['wed', 'wednesday'],
  ['thu', 'thursday'],
  ['fri', 'friday'],
  ['sat', 'saturday'],
  ['sun', 'sunday'],
]);

/** The value of `known` that `word` means elsewhere, in quotes; undefined where it means none. */
export function valueInOtherWords(word: string, known: readonly string[]): string | undefined {
  const meant = VALUE_WORDS.get(plain(word));
  return meant !== undefined && known.includes(meant) ? `"${meant}"` : undefined;
}

function plain(word: string): string {
  return word.toLowerCase().replaceAll(/[\s_-]+/g, '');
}

/** `Write it as a list: ["2026-12-24"].` where one of the `options` is a list and takes the value as its only entry. */
export function inList(options: readonly z.core.$ZodType[], found: unknown): string | undefined {
  if (found === undefined || found === null || Array.isArray(found)) return undefined;
  const fits = options.some((option) => option instanceof z.ZodArray && z.safeParse(option, [found]).success);
  return fits ? `Write it as a list: [${JSON.stringify(found)}].` : undefined;
}

/** 60 as "60 minutes" and 5 as "5%", after the examples of the schema; undefined where it has no such example. */
export function numberAsText(schema: z.core.$ZodType | undefined, found: unknown): string | undefined {
  if (typeof found !== 'number' || !(schema instanceof z.ZodType)) return undefined;
  const { examples } = schema.meta() ?? {};
  if (!Array.isArray(examples)) return undefined;
  const example = examples.find((each) => typeof each === 'string' && /^\d+(?: \w+s|%)$/.test(each));
  if (typeof example !== 'string') return undefined;
  const text = example.replace(/^\d+/, String(found));
  const written = found === 1 ? text.replace(/s$/, '') : text;
  return z.safeParse(schema, written).success ? written : undefined;
}

/** `{ "after": "30 days" }` for "30 days": the object among `options` whose only required field takes the value. */
export function wrapped(options: readonly z.core.$ZodType[], found: unknown): string | undefined {
  for (const option of options) {
    if (!(option instanceof z.ZodObject)) continue;
    const required = Object.entries(option.shape).filter(([, field]) => !(field instanceof z.ZodOptional));
    const [only] = required;
    if (only === undefined || required.length > 1) continue;
    const [name] = only;
    if (z.safeParse(option, { [name]: found }).success) return `{ "${name}": ${JSON.stringify(found)} }`;
  }
  return undefined;
}
