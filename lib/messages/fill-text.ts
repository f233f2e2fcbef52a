/**
 * Fills in one Liquid text. Most of what a message prints is a plain `{{ profile.firstName }}` between fixed texts; those are
 * put in directly, which is ten times faster than asking the engine (a play renders tens of thousands of e-mails).
 * Everything else, and every value that is not simply a text or a number, is the engine's: a value that is missing too, so that it says
 * what is wrong or prints the default.
 */
import { TokenKind } from 'liquidjs';
import type { Liquid, Template } from 'liquidjs';
import { liquidFor } from './liquid.ts';
import type { Escaping } from './liquid.ts';

export type Scope = Readonly<Record<string, unknown>>;
export type Fill<T> = (scope: Scope) => T;

/** Tags by which one part of a text changes what another prints. */
const PARTS_DEPEND = /\{%-?\s*(?:assign|capture|increment|decrement|cycle|liquid)\b/;
/** A path, perhaps with what is printed where there is nothing. */
const PLAIN_PATH =
  /^\{\{-?\s*([a-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*(?:\|\s*default:\s*(?:"[^"]*"|'[^']*')\s*)?-?\}\}$/;
/** What Liquid understands as more than a property. */
const SPECIAL = new Set(['size', 'first', 'last']);

/** Throws a LiquidError where the text is not Liquid, and from the function where it cannot be filled in. */
export function fillText(text: string, locale: string, escaping: Escaping): Fill<string> {
  const engine = liquidFor(locale, escaping);
  if (!/\{[{%]/.test(text)) return () => text;
  const templates: Template[] = engine.parse(text);
  if (PARTS_DEPEND.test(text)) return byEngine(engine, templates);
  const parts = templates.map((template) => fillPart(engine, template, escaping));
  return (scope) => {
    let filled = '';
    for (const part of parts) filled += typeof part === 'string' ? part : part(scope);
    return filled;
  };
}

function fillPart(engine: Liquid, template: Template, escaping: Escaping): string | Fill<string> {
  const rendered = byEngine(engine, [template]);
  if (template.token.kind === TokenKind.HTML) return rendered({});
  const path = PLAIN_PATH.exec(template.token.getText())?.[1]?.split('.');
  if (template.token.kind !== TokenKind.Output || path === undefined) return rendered;
  if (path.some((name) => SPECIAL.has(name))) return rendered;
  return (scope) => {
    const value = valueAt(scope, path);
    if (typeof value === 'string' && value !== '') return escaping === 'html' ? escapeHtml(value) : value;
    return typeof value === 'number' ? String(value) : rendered(scope);
  };
}

function byEngine(engine: Liquid, templates: Template[]): Fill<string> {
  return (scope) => String(engine.renderSync(templates, { ...scope }));
}

function valueAt(scope: Scope, path: readonly string[]): unknown {
  let value: unknown = scope;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, name))
      return undefined;
    value = Reflect.get(value, name);
  }
  return value;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** As the engine's filter `escape`. */
function escapeHtml(text: string): string {
  return /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter) : text;
}
