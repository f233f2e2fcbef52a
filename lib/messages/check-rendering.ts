/**
 * Renders every text of a message before it ships: with the sample data, where nothing may be missing, and for a customer
 * of whom nothing is known, since a trait that is there for the sample is not there for everyone.
 */
import { closest, distance } from 'fastest-levenshtein';
import type { Template } from 'liquidjs';
import { liquidFailure, liquidFor, parseLiquid, ROOTS } from './liquid.ts';
import type { LiquidFailure } from './liquid.ts';
import type { MessageSource } from './message-source.ts';
import type { MessageProblem } from './problem.ts';
import { smsParts } from './sms-length.ts';
import type { WrittenText } from './written-text.ts';

export interface SampleData {
  readonly brand?: Readonly<Record<string, unknown>>;
  readonly profile: Readonly<Record<string, unknown>>;
  readonly entry: Readonly<Record<string, unknown>>;
  readonly saved: Readonly<Record<string, unknown>>;
}

const LINKS = {
  unsubscribe_url: 'https://example.com/unsubscribe',
  preferences_url: 'https://example.com/preferences',
  why_url: 'https://example.com/why',
};

/** `known`: problems found before; what was derived from those files is not looked at again. */
export function checkRendering(
  texts: readonly WrittenText[],
  sample: SampleData,
  vocabulary: MessageSource['vocabulary'],
  known: readonly MessageProblem[] = [],
): readonly MessageProblem[] {
  const problems: MessageProblem[] = [];
  const faulty = new Set(known.map((problem) => problem.file));
  for (const text of texts) {
    if (text.derived === true && faulty.has(text.source.place(1).file)) continue;
    const found = checkText(text, sample, vocabulary);
    for (const problem of found) faulty.add(problem.file);
    problems.push(...found);
  }
  return problems;
}

function checkText(
  text: WrittenText,
  sample: SampleData,
  vocabulary: MessageSource['vocabulary'],
): readonly MessageProblem[] {
  const parsed = parseLiquid(liquidFor(text.locale, text.escaping), text.source.text);
  if ('failure' in parsed) {
    return [
      problemIn('message-liquid', text, parsed.failure, 'https://liquidjs.com lists the tags and filters.'),
    ];
  }
  const unknown = unknownVariables(text, parsed.templates, vocabulary);
  if (unknown.length > 0) return unknown;

  const rendered = render(text, parsed.templates, sample);
  if (typeof rendered !== 'string') {
    const hint =
      rendered.variable === undefined
        ? 'The sample data in message.json must fit what the text does with it.'
        : `Add it to "sample" in message.json, or give it a default: {{ ${rendered.variable} | default: "…" }}.`;
    return [problemIn('message-sample', text, rendered, hint)];
  }
  const bare = render(text, parsed.templates, { ...sample, profile: {} });
  if (typeof bare !== 'string') {
    const hint = `Give it a default: {{ ${bare.variable ?? 'profile.firstName'} | default: "…" }}, or ask for it with {% if %}.`;
    const failure = { ...bare, message: `${bare.message} for customers of whom it is not known` };
    return [problemIn('message-no-default', text, failure, hint)];
  }
  return text.channel === 'sms' ? tooLong(text, rendered) : [];
}

function render(text: WrittenText, templates: Template[], sample: SampleData): string | LiquidFailure {
  try {
    const variables = { ...sample, ...LINKS, journey: { id: 'sample', step: 'sample' } };
    return String(liquidFor(text.locale, text.escaping).renderSync(templates, variables));
  } catch (error) {
    return liquidFailure(error);
  }
}

/** Names that nothing will ever fill in, also where a condition or a default would hide it. */
function unknownVariables(
  text: WrittenText,
  templates: Template[],
  vocabulary: MessageSource['vocabulary'],
): readonly MessageProblem[] {
  const { globals } = liquidFor(text.locale, text.escaping).analyzeSync(templates);
  return Object.values(globals)
    .flat()
    .flatMap(({ segments: [root, name], location }) => {
      const place = { line: location.row, column: location.col };
      if (!ROOTS.includes(String(root))) return [unknownName(text, String(root), ROOTS, '', place)];
      if (typeof name !== 'string') return [];
      const known =
        root === 'profile' ? vocabulary?.traits : root === 'entry' ? vocabulary?.properties : undefined;
      // Dotted names lead into an object: "address.city" makes "address" known as well.
      if (known === undefined || known.some((one) => one === name || one.startsWith(`${name}.`))) return [];
      return [unknownName(text, name, known, `${String(root)}.`, place)];
    });
}

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
        : 'Traits and properties are named in settings, under "vocabulary".';
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
