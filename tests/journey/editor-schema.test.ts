// What editors are told: the committed schemas are those of the code, and they complete and explain.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { editorSchema } from '#lib/journey/editor-schema.ts';
import { journeySchema } from '#lib/journey/journey.ts';
import { settingsSchema } from '#lib/journey/settings.ts';
import { editorSchemas } from '../../scripts/generate-schema/editor-schemas.ts';

describe('workspace/schema', () => {
  test.each(editorSchemas())(
    '$name is up to date (else: node scripts/generate-schema.ts)',
    ({ name, text }) => {
      expect(readFileSync(new URL(`../../workspace/schema/${name}`, import.meta.url), 'utf8')).toBe(text);
    },
  );
});

type Schema = Readonly<Record<string, unknown>>;

/** Every schema in a schema, with the way to it. `fields`: a record of fields by name, one of which may be "properties". */
function* schemasIn(value: unknown, path: string, fields = false): Generator<readonly [string, Schema]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value) && !fields) yield [path, value as Schema];
  for (const [key, part] of Object.entries(value)) {
    if (key === 'examples' && !fields) continue;
    yield* schemasIn(part, `${path}/${key}`, key === 'properties' && !fields);
  }
}

describe.each([
  ['journey', editorSchema(journeySchema)],
  ['settings', editorSchema(settingsSchema)],
])('the schema of %s', (_, schema) => {
  const all = [...schemasIn(schema, '')];

  test('every field that people write is described', () => {
    const fields = all.filter(([path]) => /(?<!\/properties)\/properties\/[^/]+$/.test(path));
    const bare = fields
      .filter(
        ([, field]) =>
          field['description'] === undefined && field['$ref'] === undefined && field['const'] === undefined,
      )
      .map(([path]) => path);
    expect(fields.length).toBeGreaterThan(10);
    expect(bare).toEqual([]);
  });

  test('every reference leads somewhere', () => {
    const defined = Object.keys((schema['$defs'] as Schema | undefined) ?? {});
    const references = all.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.filter((reference) => !defined.includes(reference.replace('#/$defs/', '')))).toEqual(
      [],
    );
  });

  test('an unknown field is marked while it is typed', () => {
    const open = all.filter(
      ([, one]) => one['properties'] !== undefined && one['additionalProperties'] !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });
});

test('an editor completes step types, channels and operators', () => {
  const text = JSON.stringify(editorSchema(journeySchema));
  const types = ['send', 'wait', 'waitFor', 'branch', 'split', 'goto', 'exit'];
  for (const type of [...types, 'update', 'emit', 'invoke', 'webhook', 'enter'])
    expect(text).toContain(`"const":"${type}"`);
  expect(text).toContain('"enum":["email","sms","push","whatsapp","inapp","webhook"]');
  for (const operator of ['gte', 'within next', 'same as', 'near']) expect(text).toContain(`"${operator}":{`);
});

test('comments and trailing commas are part of the format', () => {
  expect(editorSchema(journeySchema)).toMatchObject({ allowComments: true, allowTrailingCommas: true });
});
