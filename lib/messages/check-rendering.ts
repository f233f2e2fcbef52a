/**
 * Renders every text of a message before it ships: with the sample data, where nothing may be missing, and for a customer
 * of whom nothing is known, since a trait that is there for the sample is not there for everyone.
 */
import { closest, distance } from 'fastest-levenshtein';
import type { Template } from 'liquidjs';
import { liquidFailure, liquidFor, parseLiquid, ROOTS } from './liquid.ts';
import type { LiquidFailure } from './liquid.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import type { Catalog } from './catalog.ts';
import type { MessageSource } from './message-source.ts';
import type { MessageProblem } from './problem.ts';
import { createRecommend } from './recommend.ts';
import { smsParts } from './sms-length.ts';
import type { WrittenText } from './written-text.ts';

/** Example data: what a text is rendered with. */
export interface SampleData {
  readonly profile: Readonly<Record<string, unknown>>;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly saved: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** What every text of a message is checked with. */
export interface Surroundings {
  /** The sample of message.json first, under the name `sample`; then the named ones. */
  readonly samples: Readonly<Record<string, SampleData>>;
  readonly brand: Readonly<Record<string, unknown>>;
  readonly catalog: Catalog;
  readonly recommend: Readonly<Record<string, Recommendation>>;
  /** Absent: names are not compared. */
  readonly vocabulary: MessageSource['vocabulary'];
}

/** What a message knows of the journey that sends it. */
const JOURNEY = { id: 'sample', step: 'sample' };

const LINKS = {
  unsubscribe_url: 'https://example.com/unsubscribe',
  preferences_url: 'https://example.com/preferences',
  why_url: 'https://example.com/why',
  confirm_url: 'https://example.com/confirm',
  privacy_url: 'https://example.com/privacy',
};

/** `known`: problems found before; what was derived from those files is not looked at again. */
export function checkRendering(
  texts: readonly WrittenText[],
  surroundings: Surroundings,
  known: readonly MessageProblem[] = [],
): readonly MessageProblem[] {
  const problems: MessageProblem[] = [];
  const faulty = new Set(known.map((problem) => problem.file));
  for (const text of texts) {
    if (text.derived === true && faulty.has(text.source.place(1).file)) continue;
    const found = checkText(text, surroundings);
    for (const problem of found) faulty.add(problem.file);
    problems.push(...found);
  }
  return problems;
}

function checkText(text: WrittenText, surroundings: Surroundings): readonly MessageProblem[] {
  const parsed = parseLiquid(liquidFor(text.locale, text.escaping), text.source.text);
  if ('failure' in parsed) {
    return [
      problemIn('message-liquid', text, parsed.failure, 'https://liquidjs.com lists the tags and filters.'),
    ];
  }
  const { templates } = parsed;
  const unknown = unknownVariables(text, templates, surroundings);
  if (unknown.length > 0) return unknown;
  const tooLongIn: MessageProblem[] = [];
  for (const [name, sample] of Object.entries(surroundings.samples)) {
    const rendered = render(text, templates, sample, surroundings);
    if (typeof rendered !== 'string') return [notFilled(text, name, rendered)];
    if (text.channel === 'sms') tooLongIn.push(...tooLong(text, rendered));
  }
  const missing = withoutDefault(text, templates, surroundings);
  return missing === undefined ? tooLongIn.slice(0, 1) : [missing];
}

function notFilled(text: WrittenText, sample: string, failure: LiquidFailure): MessageProblem {
  const { variable } = failure;
  const where = sample === 'sample' ? '"sample"' : `"samples" → "${sample}"`;
  const hint =
    variable === undefined
      ? 'The sample data in message.json must fit what the text does with it.'
      : `Add it to ${where} in message.json, or give it a default: {{ ${variable} | default: "…" }}.`;
  return problemIn('message-sample', text, failure, hint);
}

/** What is there for the sample is not there for everyone: rendered for nobody in particular, and with an empty catalogue. */
function withoutDefault(
  text: WrittenText,
  templates: Template[],
  surroundings: Surroundings,
): MessageProblem | undefined {
  const sample: SampleData = surroundings.samples['sample'] ?? { profile: {}, entry: {}, saved: {} };
  const nobody = render(text, templates, { ...sample, profile: {}, saved: {} }, surroundings);
  const emptied = Object.fromEntries(Object.keys(surroundings.catalog).map((name) => [name, {}]));
  const bare =
    typeof nobody === 'string' && /\b(?:catalog|recommend)\b/.test(text.source.text)
      ? render(text, templates, sample, { ...surroundings, catalog: emptied })
      : nobody;
  if (typeof bare === 'string') return undefined;
  const variable = bare.variable ?? 'profile.firstName';
  const who =
    bare === nobody ? 'for customers of whom it is not known' : 'for items that are not in the catalogue';
  const hint = `Give it a default: {{ ${variable} | default: "…" }}, or ask for it with {% if %}.`;
  return problemIn('message-no-default', text, { ...bare, message: `${bare.message} ${who}` }, hint);
}

function render(
  text: WrittenText,
  templates: Template[],
  sample: SampleData,
  { brand, catalog, recommend }: Surroundings,
): string | LiquidFailure {
  try {
    const variables = {
      ...sample,
      ...LINKS,
      brand,
      catalog,
      recommend: createRecommend(recommend, catalog)(sample),
      journey: JOURNEY,
    };
    return String(liquidFor(text.locale, text.escaping).renderSync(templates, variables));
  } catch (error) {
    return liquidFailure(error);
  }
}

/** Names that nothing will ever fill in, also where a condition or a default would hide it. */
function unknownVariables(
  text: WrittenText,
  templates: Template[],
  surroundings: Surroundings,
): readonly MessageProblem[] {
  const { globals } = liquidFor(text.locale, text.escaping).analyzeSync(templates);
  return Object.values(globals)
    .flat()
    .flatMap(({ segments: [root, name], location }) => {
      const place = { line: location.row, column: location.col };
      if (!ROOTS.includes(String(root))) return [unknownName(text, String(root), ROOTS, '', place)];
      if (typeof name !== 'string') return [];
      const known = knownNames(String(root), surroundings);
      // Dotted names lead into an object: "address.city" makes "address" known as well.
      if (known === undefined || known.some((one) => one === name || one.startsWith(`${name}.`))) return [];
      return [unknownName(text, name, known, `${String(root)}.`, place)];
    });
}

/** Names that a root has; undefined where they are not known here. */
function knownNames(
  root: string,
  { vocabulary, catalog, recommend }: Surroundings,
): readonly string[] | undefined {
  switch (root) {
    case 'profile':
      return vocabulary?.traits;
    case 'entry':
      return vocabulary?.properties;
    case 'journey':
      return Object.keys(JOURNEY);
    case 'brand':
      return Object.keys(settingsSchema.shape.brand.shape);
    case 'catalog':
      return Object.keys(catalog);
    case 'recommend':
      return Object.keys(recommend);
    default:
      return undefined;
  }
}

const WHERE_NAMED: Readonly<Record<string, string>> = {
  'catalog.': 'Lists of the catalogue are the files in catalog/.',
  'journey.': 'There is "journey.id" and "journey.step".',
  'brand.': 'There is "brand.name", "brand.address" and "brand.website".',
  'recommend.': 'Recommendations are named in settings, under "recommend".',
};

function unknownName(
  text: WrittenText,
  name: string,
  known: readonly string[],
  prefix: string,
  place: { readonly line: number; readonly column: number },
): MessageProblem {
  const near = known.length === 0 ? undefined : closest(name, [...known]);
  const hint =
    near !== undefined && distance(name, near) <= Math.max(2, name.length / 3)
      ? `Did you mean "${prefix}${near}"?`
      : prefix === ''
        ? `Messages know ${ROOTS.join(', ')}.`
        : (WHERE_NAMED[prefix] ?? 'Traits and properties are named in settings, under "vocabulary".');
  return problemIn(
    'message-unknown-variable',
    text,
    { message: `there is no "${prefix}${name}"`, ...place },
    hint,
  );
}

function tooLong(text: WrittenText, rendered: string): readonly MessageProblem[] {
  const { parts, characters, room } = smsParts(rendered);
  if (parts <= 1) return [];
  const message = `with the sample data this text has ${characters} characters, sent and billed as ${parts} messages`;
  return [problemIn('message-sms-long', text, { message }, `One message holds ${room}.`)];
}

function problemIn(
  code: MessageProblem['code'],
  text: WrittenText,
  failure: LiquidFailure,
  hint: string,
): MessageProblem {
  const place = text.source.place(failure.line ?? 1, failure.column);
  return { code, ...place, message: failure.message, hint };
}
