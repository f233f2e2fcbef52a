// An event as patterns see it: its values, each with the names that lead to it, and with the elements of lists that it lies in.
import type { Json } from '../../asl/json.ts';
import { isJsonObject } from '../../asl/json.ts';

export type Scalar = null | boolean | number | string;

/** List (by a number of its own in the event) → index of the element. */
export type Membership = ReadonlyMap<number, number>;

interface EventField {
  readonly value: Scalar;
  readonly membership: Membership;
}

/** Names joined by dots → values. Objects, and lists without elements, are no values. */
export type EventFields = ReadonlyMap<string, readonly EventField[]>;

const NOWHERE: Membership = new Map();

/** Values under the names given; others are of no interest. undefined: the event is no object. */
export function eventFields(event: Json, names: ReadonlySet<string>): EventFields | undefined {
  if (!isJsonObject(event)) return undefined;
  const fields = new Map<string, EventField[]>();
  let lists = 0;
  const take = (value: Json, path: string, membership: Membership): void => {
    if (Array.isArray(value)) {
      const list = (lists += 1);
      for (const [index, element] of (value as readonly Json[]).entries())
        // Plain values of one list need not agree with each other, only what lies deeper does.
        take(element, path, isScalar(element) ? membership : new Map(membership).set(list, index));
    } else if (isScalar(value)) {
      if (!names.has(path)) return;
      const known = fields.get(path);
      if (known === undefined) fields.set(path, [{ value, membership }]);
      else known.push({ value, membership });
    } else
      for (const [name, member] of Object.entries(value))
        take(member, path === '' ? name : `${path}.${name}`, membership);
  };
  take(event, '', NOWHERE);
  return fields;
}

function isScalar(value: Json): value is Scalar {
  return typeof value !== 'object' || value === null;
}
