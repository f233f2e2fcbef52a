// What an entry says has to fit its kind: traits that there are, dates that are dates, values of the trait's type, a key only
// where there is an event.
import { BUILT_IN_TRAITS, traitType, type ValueType, type Vocabulary } from '#lib/journey/vocabulary.ts';
import type { Entry } from '#lib/journey/entry.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import type { Check } from './journey-context.ts';
import { isOfType } from './operator-types.ts';

/** Ways in that bring no properties of their own. */
const WITHOUT_PROPERTIES = ['enters', 'leaves', 'schedule', 'date', 'trait'];

export const entryFields: Check = function* entryFields({ journey: { entry }, settings, whole }) {
  const kind = WITHOUT_PROPERTIES.find((name) => name in entry);
  if (entry.key !== undefined && kind !== undefined)
    yield findingAtKey('key-without-event', ['entry', 'key'], { kind });
  if (settings === undefined) return;
  const { vocabulary } = settings;
  if ('trait' in entry) yield* checkTrait(entry, vocabulary);
  // A time that could not be read is told by itself, and is missing here.
  if ('date' in entry && whole) yield* checkDate(entry, vocabulary);
};

function* checkTrait(entry: Extract<Entry, { trait: string }>, vocabulary: Vocabulary): Generator<Finding> {
  const { trait, to } = entry;
  const type = typeOf(trait, vocabulary);
  if (type === undefined) yield unknownTrait(trait, ['entry', 'trait'], vocabulary);
  else if (to !== undefined && (type === 'list' || type === 'place' || !isOfType(to, type)))
    yield finding('value-not-of-type', ['entry', 'to'], { name: trait, type, value: to });
}

function* checkDate({ date }: Extract<Entry, { date: unknown }>, vocabulary: Vocabulary): Generator<Finding> {
  const type = typeOf(date.of, vocabulary);
  const path = ['entry', 'date', 'of'];
  if (type === undefined) yield unknownTrait(date.of, path, vocabulary);
  else if (type !== 'date' && type !== 'date-time')
    yield finding('not-a-date', path, { name: date.of, type });
  else if (type === 'date' && date.at === undefined)
    yield findingAtKey('time-missing', ['entry', 'date'], { field: 'date' });
}

function typeOf(field: string, vocabulary: Vocabulary): ValueType | undefined {
  return traitType(vocabulary, field.replace(/^profile\./, ''));
}

function unknownTrait(field: string, path: readonly string[], { traits }: Vocabulary): Finding {
  const known = [...Object.keys(traits), ...Object.keys(BUILT_IN_TRAITS)];
  return finding('unknown-trait', path, { name: field.replace(/^profile\./, ''), known });
}
