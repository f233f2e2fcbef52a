/** What a condition reads: decides which entry properties and which sends a document must keep. */
import { isSameAs, type Condition, type Field } from '#lib/journey/conditions/condition.ts';

type Leaf = Exclude<Condition, { of: unknown }>;

function* leavesOf(condition: Condition): Iterable<Leaf> {
  if (!('of' in condition)) yield condition;
  else if (condition.kind === 'not') yield* leavesOf(condition.of);
  else for (const one of condition.of) yield* leavesOf(one);
}

export function* fieldsOf(condition: Condition): Iterable<Field> {
  for (const leaf of leavesOf(condition)) {
    if (leaf.kind !== 'compare') continue;
    yield leaf.field;
    if (isSameAs(leaf.value)) yield leaf.value.sameAs;
  }
}

/** Steps whose sends are asked about with `{ "send": step, "was": outcome }`. */
export function* stepsOf(condition: Condition): Iterable<string> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'send') yield leaf.send;
}
