// The schema of a part of a value: needed to say which fields there are where an unknown one was found.
import * as z from 'zod';
import { isObject } from '#lib/journey/conditions/problem.ts';
import type { JsonPath } from '#lib/journey/conditions/condition.ts';

/** The schema of what `path` leads to in `value`; undefined where the schema has nothing there. */
export function schemaAt(
  schema: z.core.$ZodType,
  path: JsonPath,
  value: unknown,
): z.core.$ZodType | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return unwrapped(schema);
  const inner = childOf(chosen(schema, value), part);
  return inner === undefined ? undefined : schemaAt(inner, rest, partOf(value, part));
}

/** The value that `path` leads to; undefined where there is none. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const part of path) current = partOf(current, part);
  return current;
}

/** Names of the fields that may stand beside those of `value`; none where the schema is of no object. */
export function fieldNames(schema: z.core.$ZodType | undefined, value: unknown): string[] {
  const object = schema === undefined ? undefined : chosen(schema, value);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : [];
}

/** The description of the field that `path` leads to, for hints; that of the use goes before that of the type. */
export function descriptionAt(schema: z.core.$ZodType, path: JsonPath, value: unknown): string | undefined {
  const last = path.at(-1);
  const holder = schemaAt(schema, path.slice(0, -1), value);
  if (holder === undefined || last === undefined) return undefined;
  const field = childOf(chosen(holder, valueAt(value, path.slice(0, -1))), last);
  return field === undefined ? undefined : (descriptionOf(field) ?? descriptionOf(unwrapped(field)));
}

function descriptionOf(schema: z.core.$ZodType): string | undefined {
  return schema instanceof z.ZodType ? schema.description : undefined;
}

function partOf(value: unknown, part: string | number): unknown {
  if (Array.isArray(value)) return typeof part === 'number' ? (value[part] as unknown) : undefined;
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

function childOf(schema: z.core.$ZodType, part: string | number): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject)
    return Object.hasOwn(schema.shape, part) ? schema.shape[part] : undefined;
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
    ? unwrapped(schema.unwrap())
    : schema;
}

/** Of a union the option that was meant: that of the value's type, else the one that the value is closest to. */
function chosen(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  const plain = unwrapped(schema);
  if (plain instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = plain.def;
    const option = plain.options.find((each) => {
      const literal = childOf(each, discriminator);
      return literal instanceof z.ZodLiteral && literal.value === partOf(value, discriminator);
    });
    return option ?? plain;
  }
  if (!(plain instanceof z.ZodUnion)) return plain;
  const complaints = (option: z.core.$ZodType): number =>
    z.safeParse(option, value).error?.issues.length ?? 0;
  return plain.options.toSorted((a, b) => complaints(a) - complaints(b))[0] ?? plain;
}
