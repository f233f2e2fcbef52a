/**
 * Fills in one Liquid text. Most of what a message prints is a plain `{{ profile.firstName }}` or a small `{% if %}` between fixed
 * texts; those are put in directly, which is ten times faster than asking the engine (a play renders tens of thousands of
 * e-mails). Everything else is the engine's: a value that is missing too, so that it says what is wrong.
 */
import type { Liquid, Template } from 'liquidjs';
import { fastTemplate, fastTemplates } from './fast-template.ts';
import type { Print } from './fast-template.ts';
import { decline } from './fast-value.ts';
import type { Frame } from './fast-value.ts';
import { liquidFor } from './liquid.ts';
import type { Escaping } from './liquid.ts';

export type Scope = Readonly<Record<string, unknown>>;
export type Fill<T> = (scope: Scope) => T;

/** Tags by which one part of a text changes what another prints, or whether it is printed. */
const PARTS_DEPEND =
  /\{%-?\s*(?:assign|capture|increment|decrement|break|continue)\b|\boffset\s*:\s*continue\b/;

/** Throws a LiquidError where the text is not Liquid, and from the function where it cannot be filled in. */
export function fillText(text: string, locale: string, escaping: Escaping): Fill<string> {
  const engine = liquidFor(locale, escaping);
  if (!/\{[{%]/.test(text)) return () => text;
  const templates: Template[] = engine.parse(text);
  if (PARTS_DEPEND.test(text)) {
    const fill = withEngine(fastTemplates(engine, templates, escaping), byEngine(engine, templates));
    return (scope) => fill(frameOf(scope));
  }
  const parts = templates.map((template) =>
    withEngine(fastTemplate(engine, template, escaping), byEngine(engine, [template])),
  );
  return (scope) => {
    const frame = frameOf(scope);
    let filled = '';
    for (const part of parts) filled += part(frame);
    return filled;
  };
}

function frameOf(scope: Scope): Frame {
  return { scope, loops: new Map(), assigned: new Map() };
}

/** The fast way where it answers; whatever it declines or fails at is for the engine to print or to complain about. */
function withEngine(print: Print | undefined, engine: Fill<string>): (frame: Frame) => string {
  if (print === undefined) return (frame) => engine(frame.scope);
  return (frame) => {
    let printed: string | typeof decline;
    try {
      printed = print(frame);
    } catch {
      printed = decline;
    }
    if (printed !== decline) return printed;
    // A loop that was cut off has left its variable behind.
    frame.loops.clear();
    return engine(frame.scope);
  };
}

function byEngine(engine: Liquid, templates: Template[]): Fill<string> {
  return (scope) => String(engine.renderSync(templates, { ...scope }));
}
