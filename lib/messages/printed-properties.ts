/** What a message prints of the run's own data: the run keeps it until the message is sent, and nothing else. */
import { textsOf } from '#lib/journey/values.ts';
import { liquidFor, parseLiquid } from './liquid.ts';
import type { Recommendation } from '#lib/journey/recommendation.ts';
import { entryPropertiesOf } from './recommend.ts';

/** Top-level names, sorted; `*` where the message uses `entry` as a whole. `content`: any JSON with Liquid in its texts. */
export function entryPropertiesIn(
  content: unknown,
  recommend: Readonly<Record<string, Recommendation>> = {},
): readonly string[] {
  const names = [...pathsIn(content, 'entry')].map(([name]) => (typeof name === 'string' ? name : '*'));
  for (const [name] of pathsIn(content, 'recommend')) {
    const shown = typeof name === 'string' ? [recommend[name]] : Object.values(recommend);
    names.push(...shown.flatMap((one) => (one === undefined ? [] : entryPropertiesOf(one))));
  }
  return [...new Set(names)].toSorted();
}

/**
 * What it prints of answers and events kept by `saveAs`: `score.value`, `score.*` where it uses all of one; sorted. `*` alone
 * where it uses `saved` as a whole, which no check accepts.
 */
export function savedPropertiesIn(content: unknown): readonly string[] {
  const names = [...pathsIn(content, 'saved')].map(([name, property]) => {
    if (typeof name !== 'string') return '*';
    return `${name}.${typeof property === 'string' ? property : '*'}`;
  });
  return [...new Set(names)].toSorted();
}

/** Whether some text prints the variable, under whatever condition. `content`: any JSON with Liquid in its texts. */
export function prints(content: unknown, variable: string): boolean {
  return !pathsIn(content, variable).next().done;
}

function* pathsIn(content: unknown, root: string): Generator<readonly unknown[]> {
  const engine = liquidFor('en', 'none');
  for (const { text } of textsOf(content)) {
    const parsed = parseLiquid(engine, text);
    if ('failure' in parsed) continue;
    for (const { segments } of engine.analyzeSync(parsed.templates).globals[root] ?? [])
      yield segments.slice(1);
  }
}
