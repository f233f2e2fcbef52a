// What is written to a trait or emitted as a property has to be of the type that the vocabulary gives it.
import { parseField } from '#lib/journey/conditions/field.ts';
import type { ValueType, Vocabulary } from '#lib/journey/vocabulary.ts';
import type { ValuePlace } from '../value-places.ts';
import { typeOfField } from './condition-fields.ts';
import { NO_EVENT, type JourneyContext } from './journey-context.ts';
import { isOfType } from './operator-types.ts';

const TEXTS: readonly ValueType[] = ['text', 'date', 'date-time'];

/**
 * What the value is instead, in words; undefined where it fits, or where nobody can know before it is filled in.
 */
export function misfit(
  { value, texts }: Pick<ValuePlace, 'value' | 'texts'>,
  type: ValueType,
  context: JourneyContext,
  vocabulary: Vocabulary,
): string | undefined {
  if (value === null) return 'null';
  if (Array.isArray(value)) return type === 'list' ? undefined : 'a list';
  if (typeof value === 'object') return type === 'place' ? undefined : 'an object';
  if (typeof value !== 'string') {
    const fits =
      (type === 'number' && typeof value === 'number') || (type === 'yes/no' && value === Boolean(value));
    return fits ? undefined : JSON.stringify(value);
  }
  const read = texts[0]?.read;
  if (read === undefined || 'problem' in read || read.gives === 'expression') return undefined;
  if (read.gives === 'text') return TEXTS.includes(type) ? undefined : 'a text';
  if (read.gives === 'itself')
    return type !== 'list' && type !== 'place' && isOfType(value, type) ? undefined : JSON.stringify(value);
  const [path] = read.variables;
  const given = path === undefined ? undefined : typeOfVariable(path, context, vocabulary);
  if (given === undefined || given === type || (type === 'text' && TEXTS.includes(given))) return undefined;
  return `"${path?.join('.')}", which is of type ${given}`;
}

function typeOfVariable(
  path: readonly (string | undefined)[],
  context: JourneyContext,
  vocabulary: Vocabulary,
): ValueType | undefined {
  const name = path.map((part) => part ?? '').join('.');
  if (/^(?:run\.id|journey\.\w+|customer\.id)$/.test(name)) return 'text';
  const field = parseField(name);
  return field === undefined ? undefined : typeOfField(field, NO_EVENT, context, vocabulary);
}
