// Whether an event fulfils all conditions of one alternative at once.
import type { EventFields, Membership } from './event-fields.ts';
import type { Alternative, Condition } from './parse-alternatives.ts';

/**
 * Values that lie in different elements of the same list do not count together: of `[{ a: 1, b: 2 }, { a: 3, b: 4 }]`, a = 1 and b = 4
 * are not one match. Conditions are looked at in the order of their names, as AWS does, which tells what `exists: false` refers to.
 */
export function alternativeMatches({ conditions }: Alternative, fields: EventFields): boolean {
  return holdFrom(conditions, 0, fields, new Map());
}

function holdFrom(
  conditions: readonly Condition[],
  from: number,
  fields: EventFields,
  within: Membership,
): boolean {
  const condition = conditions[from];
  if (condition === undefined) return true;
  const near = (fields.get(condition.path) ?? []).flatMap(({ value, membership }) => {
    const joined = join(within, membership);
    return joined === undefined ? [] : [{ value, joined }];
  });
  if (near.length === 0) return condition.mayBeAbsent && holdFrom(conditions, from + 1, fields, within);
  let isSame = false;
  for (const { value, joined } of near) {
    // Of values that narrow nothing, the first that fits is as good as any other.
    if (isSame && joined === within) continue;
    if (!condition.tests.some((test) => test(value))) continue;
    if (holdFrom(conditions, from + 1, fields, joined)) return true;
    isSame ||= joined === within;
  }
  return false;
}

/** undefined: they are different elements of one list. The first itself, where the second adds nothing to it. */
function join(within: Membership, other: Membership): Membership | undefined {
  let joined: Map<number, number> | undefined;
  for (const [list, index] of other) {
    const known = within.get(list);
    if (known === undefined) (joined ??= new Map(within)).set(list, index);
    else if (known !== index) return undefined;
  }
  return joined ?? within;
}
