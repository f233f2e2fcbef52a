// In a journey with a key, events of goal, exit and waitFor have to say whether they mean the same key.
import { demandedPairs } from '#lib/journey/conditions/mentions.ts';
import { fieldName, parseField } from '#lib/journey/conditions/field.ts';
import { parseCondition } from '#lib/journey/conditions/parse-condition.ts';
import { entryProperties } from '#lib/journey/entry.ts';
import { finding, findingAtKey } from '../diagnostics.ts';
import type { Check, EventMatch } from './journey-context.ts';

export const keys: Check = function* keys({ journey, matches, settings, whole }) {
  const { key } = journey.entry;
  const properties = settings === undefined ? undefined : entryProperties(journey.entry, settings.vocabulary);
  const isKnown =
    key === undefined || properties === undefined || Object.hasOwn(properties, key.replace(/^event\./, ''));
  // A key that is misspelt or could not be read is told by itself.
  if (!whole || !isKnown) return;
  const entryKey = key?.replace(/^event/, 'entry');
  for (const match of matches) {
    if (match.scope === 'entry') continue;
    if (entryKey === undefined) {
      if (match.anyKey !== undefined)
        yield findingAtKey('any-key-without-key', [...match.path, 'anyKey'], {});
    } else if (match.anyKey !== true && !comparesKey(match, entryKey)) {
      yield finding('key-not-compared', [...match.path, 'event'], { event: match.event, key: entryKey });
    }
  }
};

/** True also for a `where` that cannot be read: that is told by itself. */
function comparesKey({ where }: EventMatch, key: string): boolean {
  if (where === undefined) return false;
  const parsed = parseCondition(where);
  if ('problems' in parsed) return true;
  const entry = parseField(key);
  return [...demandedPairs(parsed.condition)].some(
    ([a, b]) =>
      entry !== undefined &&
      ((a.root === 'event' && fieldName(b) === key) || (b.root === 'event' && fieldName(a) === key)),
  );
}
