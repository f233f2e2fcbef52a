/** What a text of Liquid reads and gives, for the checks of values in journeys. */
import type { LiquidText } from '#lib/journey/liquid-text.ts';
import { loneExpression } from './fill-value.ts';
import { liquidFor, parseLiquid } from './liquid.ts';

/** Reads one text; a mistake in it is told in Liquid's own words. */
export function readLiquid(text: string): LiquidText {
  if (!/\{[{%]/.test(text)) return { variables: [], gives: 'itself' };
  const engine = liquidFor('en', 'none');
  const parsed = parseLiquid(engine, text);
  if ('failure' in parsed) return { problem: parsed.failure.message };
  const { globals } = engine.analyzeSync(parsed.templates);
  const variables = Object.values(globals)
    .flat()
    .map(({ segments }) => segments.map((part) => (typeof part === 'string' ? part : undefined)));
  const alone = loneExpression(text)?.trim();
  if (alone === undefined) return { variables, gives: 'text' };
  const isVariable = variables.some((path) => path.join('.') === alone);
  return { variables, gives: isVariable ? 'variable' : 'expression' };
}
