/** What a condition reads: decides which entry properties, saved answers and sends a document must keep. */
import {
  isSameAs,
  type Condition,
  type DidCondition,
  type Field,
  type MessageCondition,
} from '#lib/journey/conditions/condition.ts';

type Leaf = Exclude<Condition, { of: unknown }>;

/** All leaves of a condition, in the order in which they are written. */
export function* leavesOf(condition: Condition): Iterable<Leaf> {
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

/** Properties of the entry event that fields name. */
export function entryProperties(fields: readonly Field[]): ReadonlySet<string> {
  return new Set(
    fields.flatMap(({ root, path: [name] }) => (root === 'entry' && name !== undefined ? [name] : [])),
  );
}

/** Of what steps keep by `saveAs`, the properties that fields name and that messages print: name → properties. */
export function savedProperties(
  fields: readonly Field[],
  printed: Readonly<Record<string, readonly string[]>> = {},
): ReadonlyMap<string, ReadonlySet<string>> {
  const properties = new Map(Object.entries(printed).map(([name, of]) => [name, new Set(of)]));
  for (const field of fields) {
    const [name, property] = field.path;
    if (field.root !== 'saved' || name === undefined || property === undefined) continue;
    const known = properties.get(name);
    if (known === undefined) properties.set(name, new Set([property]));
    else known.add(property);
  }
  return properties;
}

/** Steps whose sends are asked about with `{ "send": step, "was": outcome }`. */
export function* stepsOf(condition: Condition): Iterable<string> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'send') yield leaf.send;
}

/** What is asked about messages of any run. */
export function* messagesOf(condition: Condition): Iterable<MessageCondition> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'message') yield leaf;
}

/** What is asked about what the customer has done. */
export function* didsOf(condition: Condition): Iterable<DidCondition> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'did') yield leaf;
}

/** Segments that a condition refers to. */
export function* segmentsOf(condition: Condition): Iterable<string> {
  for (const leaf of leavesOf(condition)) if (leaf.kind === 'segment') yield leaf.segment;
}
