// What is compared has to be comparable: the operator with the field's type, the value with that type, a field with a field.
import { parseInstant } from '#lib/contracts/time.ts';
import { isSameAs, type Compare, type Operator, type Scalar } from '#lib/journey/conditions/condition.ts';
import { fieldName } from '#lib/journey/conditions/field.ts';
import { parseMoment } from '#lib/journey/conditions/operators.ts';
import type { ValueType, Vocabulary } from '#lib/journey/vocabulary.ts';
import { finding, findingAtKey, type Finding } from '../diagnostics.ts';
import { comparesOf, sameAsPath, typeOfField } from './condition-fields.ts';
import type { ConditionCheck, ConditionContext, ConditionPlace } from './condition-context.ts';

const SINGLE: readonly ValueType[] = ['text', 'number', 'yes/no', 'date', 'date-time'];
const TIMES: readonly ValueType[] = ['date', 'date-time'];

/** The types of fields that each operator is for; `exists` is for all. */
const TYPES_OF: Readonly<Record<Operator, readonly ValueType[]>> = {
  eq: SINGLE,
  ne: SINGLE,
  in: SINGLE,
  notIn: SINGLE,
  gt: ['number'],
  gte: ['number'],
  lt: ['number'],
  lte: ['number'],
  exists: [...SINGLE, 'list', 'place'],
  contains: ['text', 'list'],
  startsWith: ['text'],
  endsWith: ['text'],
  near: ['place'],
  before: TIMES,
  after: TIMES,
  'within next': TIMES,
  'within last': TIMES,
  'more than ago': TIMES,
};

export const operatorTypes: ConditionCheck = function* operatorTypes(context) {
  if (context.settings === undefined) return;
  for (const place of context.conditions)
    for (const compare of comparesOf(place))
      yield* checkCompare(compare, place, context, context.settings.vocabulary);
};

function* checkCompare(
  compare: Compare,
  place: ConditionPlace,
  context: ConditionContext,
  vocabulary: Vocabulary,
): Generator<Finding> {
  const { field, operator, value } = compare;
  const type = typeOfField(field, place, context, vocabulary);
  if (type === undefined) return;
  const name = fieldName(field);
  const path = [...place.path, ...compare.path];
  if (!TYPES_OF[operator].includes(type)) {
    const fitting = Object.entries(TYPES_OF).flatMap(([each, types]) =>
      types.includes(type) && each !== 'eq' ? [each] : [],
    );
    yield findingAtKey('operator-not-for-type', path, { name, operator, type, fitting });
  } else if (isSameAs(value)) {
    const other = typeOfField(value.sameAs, place, context, vocabulary);
    const facts = { name, type, other: fieldName(value.sameAs), otherType: other ?? 'text' };
    if (other !== undefined && !fieldsCompare(operator, type, other))
      yield finding('same-as-other-type', [...place.path, ...sameAsPath(compare)], facts);
  } else {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, each] of values.entries()) {
      if (isScalar(each) && isTyped(operator) && !isOfType(each, type)) {
        const at = Array.isArray(value) ? [...path, index] : path;
        yield finding('value-not-of-type', at, { name, type, value: each });
      }
    }
  }
}

/** Operators whose value has the type of the field; the others have a type of their own. */
function isTyped(operator: Operator): boolean {
  return ['eq', 'ne', 'in', 'notIn', 'contains'].includes(operator);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value !== 'object';
}

/** Whether a plain value can be one of the type; for a list: one of its entries. */
export function isOfType(value: Scalar, type: ValueType): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'yes/no':
      return typeof value === 'boolean';
    case 'date': {
      const moment = typeof value === 'string' ? parseMoment(value) : undefined;
      return moment !== undefined && 'date' in moment;
    }
    case 'date-time':
      return typeof value === 'string' && parseInstant(value) !== undefined;
    default:
      return typeof value !== 'boolean';
  }
}

function fieldsCompare(operator: Operator, type: ValueType, other: ValueType): boolean {
  if (operator === 'in' || operator === 'notIn') return other === 'list';
  if (operator === 'contains' && type === 'list') return other === 'text' || other === 'number';
  if (TIMES.includes(type)) return TIMES.includes(other);
  return type === other;
}
