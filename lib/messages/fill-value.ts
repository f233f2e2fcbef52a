/** Fills in a text of JSON: a text that is one `{{ … }}` alone keeps its type, so that a number stays a number. */
import { fillText } from './fill-text.ts';
import type { Fill } from './fill-text.ts';
import { liquidFor } from './liquid.ts';

/** Throws a LiquidError where the text is not Liquid, and from the function where it cannot be filled in. */
export function fillValue(text: string, locale: string): Fill<unknown> {
  const alone = loneExpression(text);
  if (alone === undefined) return fillText(text, locale, 'none');
  const engine = liquidFor(locale, 'none');
  return (scope) => engine.evalValueSync(alone, { ...scope });
}

/** What stands inside the `{{ … }}` that a text is; undefined for every other text. */
export function loneExpression(text: string): string | undefined {
  return /^\{\{-?((?:(?!\}\}|\{\{).)*?)-?\}\}$/s.exec(text.trim())?.[1];
}
