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
  const plain = unwrapped(schema, value);
  const [part, ...rest] = path;
  if (part === undefined) return plain;
  const inner = childOf(plain, part);
  return inner === undefined ? undefined : schemaAt(inner, rest, partOf(value, part));
}

/** The value that `path` leads to; undefined where there is none. */
export function valueAt(value: unknown, path: JsonPath): unknown {
  let current = value;
  for (const part of path) current = partOf(current, part);
  return current;
}

/** Names of the fields of an object schema; empty for any other. */
export function fieldNames(schema: z.core.$ZodType | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** The description that a schema carries, for hints. */
export function descriptionOf(schema: z.core.$ZodType | undefined): string | undefined {
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

function unwrapped(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodLazy
  )
    return unwrapped(schema.unwrap(), value);
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return schema;
  const { discriminator } = schema.def;
  const chosen = schema.options.find((option) => {
    const literal = childOf(option, discriminator);
    return literal instanceof z.ZodLiteral && literal.value === partOf(value, discriminator);
  });
  return chosen ?? schema;
}
