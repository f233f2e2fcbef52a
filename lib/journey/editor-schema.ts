/**
 * JSON Schemas for editors, made from the schemas that read the files: an editor completes and explains what the check
 * will accept. Draft 2020-12, as written by zod; parts with an id go to `$defs`.
 */
import * as z from 'zod';
import { conditionSchema } from './conditions/condition-schema.ts';
import { WRITTEN_CONDITION } from './event-match.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The JSON Schema of a file as a marketer writes it: fields with a default may be left out. */
export function editorSchema(schema: z.ZodType): Readonly<Record<string, unknown>> {
  const { $schema, $defs, ...rest } = convert(schema);
  const definitions = hasConditions({ $defs, ...rest })
    ? { ...$defs, ...convert(conditionSchema).$defs }
    : $defs;
  // VS Code reads these two: comments and trailing commas are part of the format.
  const file = { $schema, allowComments: true, allowTrailingCommas: true, ...rest };
  return definitions === undefined ? file : { ...file, $defs: definitions };
}

function convert(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema[WRITTEN_CONDITION] !== true) return;
      delete jsonSchema[WRITTEN_CONDITION];
      jsonSchema.$ref = '#/$defs/condition';
    },
  });
}

function hasConditions(schema: object): boolean {
  return JSON.stringify(schema).includes('"#/$defs/condition"');
}
