// What a condition refers to: fields, sends, topics. The engine keeps what is mentioned, the compiler checks that it exists.
import { isSameAs, type Compare, type Condition, type Field } from './condition.ts';

type Leaf = Exclude<Condition, { kind: 'all' | 'any' | 'not' }>;

/** All leaves of a condition, in the order in which they are written. */
export function* leavesOf(condition: Condition): Generator<Leaf> {
  switch (condition.kind) {
    case 'all':
    case 'any':
      for (const part of condition.of) yield* leavesOf(part);
      return;
    case 'not':
      yield* leavesOf(condition.of);
      return;
    default:
      yield condition;
  }
}

/** Every field a condition reads, those behind `same as` included. */
export function* fieldsOf(condition: Condition): Generator<Field> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'compare') yield* fieldsOfCompare(leaf);
}

/** The step ids behind every `{ "send": … }`. */
export function* stepsOf(condition: Condition): Generator<string> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'send') yield leaf.send;
}

/**
 * Fields of which the condition demands that they are the same: for `"event.cart_id": { "same as": "entry.cart_id" }` the
 * pair of both. Only what must hold whenever the condition holds: nothing inside `any` or `not`.
 */
export function* demandedPairs(condition: Condition): Generator<readonly [Field, Field]> {
  if (condition.kind === 'all') for (const part of condition.of) yield* demandedPairs(part);
  if (condition.kind === 'compare' && condition.operator === 'eq' && isSameAs(condition.value))
    yield [condition.field, condition.value.sameAs];
}

function* fieldsOfCompare(compare: Compare): Generator<Field> {
  yield compare.field;
  if (isSameAs(compare.value)) yield compare.value.sameAs;
}

/** Segments that a condition refers to. */
export function* segmentsOf(condition: Condition): Generator<string> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'segment') yield leaf.segment;
}
