/** Which properties of the entry event a message prints: a run keeps them until the message is sent. */
import { liquidFor, parseLiquid } from './liquid.ts';
import { textsOf } from './json-leaves.ts';

/** Top-level names, sorted; `*` where the message uses `entry` as a whole. `content`: any JSON with Liquid in its texts. */
export function entryPropertiesIn(content: unknown): readonly string[] {
  const engine = liquidFor('en', 'none');
  const names = new Set<string>();
  for (const { text } of textsOf(content)) {
    const parsed = parseLiquid(engine, text);
    if ('failure' in parsed) continue;
    for (const { segments } of engine.analyzeSync(parsed.templates).globals['entry'] ?? []) {
      const [, name] = segments;
      names.add(typeof name === 'string' ? name : '*');
    }
  }
  return [...names].toSorted();
}
