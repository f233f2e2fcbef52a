/** Prints the parts that messages are mostly made of without the engine: outputs, `if`, `for` and `assign`. */
import { AssignTag, ForTag, IfTag, Output, TokenKind, Value } from 'liquidjs';
import type { Liquid, Template } from 'liquidjs';
import { decline, readOperand, readValue } from './fast-value.ts';
import type { Frame, Read } from './fast-value.ts';
import type { Escaping } from './liquid.ts';

/** Answers what the engine would print, or `decline` where only the engine knows; throws where a filter does. */
export type Print = (frame: Frame) => string | typeof decline;

/** Undefined for a part of any other form. */
export function fastTemplate(engine: Liquid, template: Template, escaping: Escaping): Print | undefined {
  if (template.token.kind === TokenKind.HTML) {
    const text = String(engine.renderSync([template], {}));
    return () => text;
  }
  if (template instanceof Output) return output(engine, template, escaping);
  if (template instanceof IfTag) return choice(engine, template, escaping);
  if (template instanceof ForTag) return loop(engine, template, escaping);
  if (template instanceof AssignTag) return assignment(engine, template);
  return undefined;
}

/** Parts one after the other, or undefined where one has no fast form. */
export function fastTemplates(
  engine: Liquid,
  templates: readonly Template[],
  escaping: Escaping,
): Print | undefined {
  const parts = templates.map((template) => fastTemplate(engine, template, escaping));
  if (!parts.every((part) => part !== undefined)) return undefined;
  return (frame) => {
    let printed = '';
    for (const part of parts) {
      const text = part(frame);
      if (text === decline) return decline;
      printed += text;
    }
    return printed;
  };
}

function output(engine: Liquid, { value }: Output, escaping: Escaping): Print | undefined {
  // The engine has put its own escaping behind the filters of the text, under a name that is no filter's.
  const last = value.filters.at(-1);
  const escapes = escaping === 'html' && last !== undefined && engine.filters[last.name] === undefined;
  const filters = escapes ? value.filters.slice(0, -1) : value.filters;
  const read = readValue(engine, { initial: value.initial, filters }, false);
  if (read === undefined) return undefined;
  return (frame) => {
    const found = read(frame);
    if (typeof found === 'string') return escapes ? escapeHtml(found) : found;
    if (typeof found === 'number' || typeof found === 'boolean') return String(found);
    return found === null ? '' : decline;
  };
}

function choice(engine: Liquid, tag: IfTag, escaping: Escaping): Print | undefined {
  const branches: { readonly test: Read; readonly print: Print }[] = [];
  for (const { value, templates } of tag.branches) {
    const test = readValue(engine, value, true);
    const print = fastTemplates(engine, templates, escaping);
    if (test === undefined || print === undefined) return undefined;
    branches.push({ test, print });
  }
  const otherwise = fastTemplates(engine, tag.elseTemplates ?? [], escaping);
  if (otherwise === undefined) return undefined;
  return (frame) => {
    for (const { test, print } of branches) {
      const value = test(frame);
      if (value === decline) return decline;
      if (value !== false && value !== null && value !== undefined) return print(frame);
    }
    return otherwise(frame);
  };
}

/** Over a list, without `limit`, `offset` or `reversed`. */
function loop(engine: Liquid, tag: ForTag, escaping: Escaping): Print | undefined {
  const { variable } = tag;
  const list = readOperand(tag.collection, false);
  const print = fastTemplates(engine, tag.templates, escaping);
  const otherwise = fastTemplates(engine, tag.elseTemplates, escaping);
  if (list === undefined || print === undefined || otherwise === undefined) return undefined;
  if (Object.keys(tag.hash.hash).length > 0) return undefined;
  return (frame) => {
    const items = list(frame);
    if (!Array.isArray(items)) return decline;
    if (items.length === 0) return otherwise(frame);
    const outer = frame.loops.has(variable) ? { value: frame.loops.get(variable) } : undefined;
    let printed = '';
    for (const item of items as readonly unknown[]) {
      frame.loops.set(variable, item);
      const text = print(frame);
      if (text === decline) return decline;
      printed += text;
    }
    if (outer === undefined) frame.loops.delete(variable);
    else frame.loops.set(variable, outer.value);
    return printed;
  };
}

function assignment(engine: Liquid, tag: AssignTag): Print | undefined {
  const [name] = [...tag.localScope()];
  const [value] = [...tag.arguments()];
  const read = value instanceof Value ? readValue(engine, value, true) : undefined;
  if (name === undefined || read === undefined) return undefined;
  return (frame) => {
    const assigned = read(frame);
    if (assigned === decline) return decline;
    frame.assigned.set(name.content, assigned);
    return '';
  };
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
