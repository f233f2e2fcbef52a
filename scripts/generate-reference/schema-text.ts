// A JSON Schema as Markdown for people: each field with what may stand in it, what it means, and examples. Objects inside objects
// get a section of their own, named by the way that leads there.

/** The parts of a JSON Schema that are written about. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly title?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** A link for a definition that has a page or section of its own; others are written out where they are used. */
export type Links = Readonly<Record<string, string>>;

/** One page: its schema, and which objects it has explained already. */
export interface Surroundings {
  readonly root: Schema;
  readonly links: Links;
  readonly explained: Set<string>;
}

/** More sections inside each other than this are not followed: a definition may contain itself. */
const DEEPEST = 6;

/** Sections of one object or union: its meaning, fields, examples, and the objects inside it. `title` is a heading as it is. */
export function sectionsOf(
  title: string,
  schema: Schema,
  around: Surroundings,
  level = 2,
  path: readonly string[] = [],
): string[] {
  const resolved = resolve(schema, around);
  const heading = `${'#'.repeat(Math.min(level, 4))} ${title}`;
  const options = optionsOf(resolved);
  const object = resolved.properties === undefined ? undefined : fieldTable(resolved, around);
  const parts = [
    heading,
    plain(resolved.description ?? ''),
    object ?? '',
    object === undefined && options.length === 0 ? `Here stands ${typeOf(resolved, around)}.` : '',
    examplesOf(resolved),
  ].filter((part) => part !== '');
  if (path.length >= DEEPEST) return parts;
  return [...parts, ...insideOf(resolved, around, level, path)];
}

/** Fields that hold objects, and the forms that a union allows. */
function insideOf(schema: Schema, around: Surroundings, level: number, path: readonly string[]): string[] {
  const fields = Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
    holdersOf(field, around).flatMap(({ inner, suffix }, _index, all) => {
      const way = [...path, `${name}${suffix}`];
      // Of several forms, the field that only this one has to have tells which it is.
      const [first = ''] = inner.required ?? [];
      const form = all.length > 1 ? ` with \`${first}\`` : '';
      // The same object in several forms is explained once.
      const { description: _description, ...shape } = inner;
      const body = JSON.stringify(shape);
      if (around.explained.has(body)) return [];
      around.explained.add(body);
      return sectionsOf(`\`${way.join('.')}\`${form}`, inner, around, level + 1, way);
    }),
  );
  const forms = optionsOf(schema)
    .filter((option) => resolve(option, around).properties !== undefined && !isLinked(option, around))
    .flatMap((option) => {
      const [first = 'object'] = resolve(option, around).required ?? [];
      return sectionsOf(`\`{ "${first}": … }\``, option, around, level + 1, path);
    });
  return [...fields, ...forms];
}

/** The objects behind a field: its own, those of a list, those of a record, those of a union. */
function holdersOf(
  schema: Schema,
  around: Surroundings,
): { readonly inner: Schema; readonly suffix: string }[] {
  if (isLinked(schema, around)) return [];
  const resolved = resolve(schema, around);
  if (resolved.properties !== undefined) return [{ inner: resolved, suffix: '' }];
  if (resolved.items !== undefined)
    return holdersOf(resolved.items, around).map(({ inner, suffix }) => ({ inner, suffix: `[]${suffix}` }));
  if (typeof resolved.additionalProperties === 'object')
    return holdersOf(resolved.additionalProperties, around).map(({ inner, suffix }) => ({
      inner,
      suffix: `.<name>${suffix}`,
    }));
  return optionsOf(resolved).flatMap((option) => holdersOf(option, around));
}

function fieldTable(schema: Schema, around: Surroundings): string {
  const rows = Object.entries(schema.properties ?? {})
    .filter(([name]) => name !== '$schema')
    .map(([name, field]) => {
      const resolved = { ...resolve(field, around), ...withoutReference(field) };
      const needed = schema.required?.includes(name) === true && resolved.default === undefined;
      const standard =
        resolved.default === undefined || isEmpty(resolved.default)
          ? ''
          : ` (default \`${JSON.stringify(resolved.default)}\`)`;
      const shown = isLinked(field, around) === undefined && !isDuration(resolved) ? resolved.examples : [];
      const meaning = cell(meaningOf({ ...resolved, examples: shown ?? [] }));
      return `| \`${name}\`${needed ? ' *' : ''} | ${cell(typeOf(field, around))}${standard} | ${meaning} |`;
    });
  if (rows.length === 0) return '';
  const star = rows.some((row) => row.includes('` *')) ? '\n\n\\* has to be there.' : '';
  return `| Field | What may stand there | Meaning |\n|---|---|---|\n${rows.join('\n')}${star}`;
}

/** The description, with those examples that it does not show itself and no section of its own shows. */
function meaningOf({ description = '', examples = [], properties }: Schema): string {
  const shown = examples
    .filter((one) => typeof one !== 'object' || Array.isArray(one) || properties === undefined)
    .map((one) => oneLine(one))
    .filter((text) => text.length <= 80 && !description.includes(text));
  if (shown.length === 0) return description;
  return `${description} Such as ${shown.map((text) => `\`${text}\``).join(', ')}.`;
}

/** What may stand in a place, in a few words. */
function typeOf(schema: Schema, around: Surroundings): string {
  const linked = isLinked(schema, around);
  if (linked !== undefined) return linked;
  const resolved = resolve(schema, around);
  if (resolved.const !== undefined) return `\`${JSON.stringify(resolved.const)}\``;
  if (resolved.enum !== undefined) return resolved.enum.map((one) => `\`${JSON.stringify(one)}\``).join(', ');
  const options = optionsOf(resolved);
  if (options.length > 0) return [...new Set(options.map((option) => typeOf(option, around)))].join(' or ');
  if (typeof resolved.type === 'object')
    return resolved.type.map((type) => typeOf({ ...resolved, type }, around)).join(' or ');
  switch (resolved.type) {
    case 'array': {
      const items = resolved.items ?? { anyOf: resolved.prefixItems ?? [] };
      return `a list of ${typeOf(items, around)}`;
    }
    case 'boolean':
      return '`true` or `false`';
    case 'integer':
      return 'a whole number';
    case 'number':
      return 'a number';
    case 'object':
      return resolved.properties === undefined ? recordType(resolved, around) : 'an object, see below';
    case 'string':
      return isDuration(resolved) ? '[a duration](README.md#durations)' : 'a text';
    default:
      return 'any value';
  }
}

function recordType({ additionalProperties }: Schema, around: Surroundings): string {
  if (typeof additionalProperties !== 'object' || Object.keys(additionalProperties).length === 0)
    return 'names with any values';
  return `names, each with ${typeOf(additionalProperties, around)}`;
}

/** A block with the examples of a schema; nothing where there are none. */
export function examplesOf({ examples = [] }: Schema): string {
  if (examples.length === 0) return '';
  const shown = examples.map((example) => json(example));
  return `\`\`\`jsonc\n${shown.join('\n')}\n\`\`\``;
}

/** On one line where it fits, each level of it. */
function json(value: unknown, indent = '', before = 0): string {
  const line = oneLine(value);
  if (indent.length + before + line.length <= 100 || typeof value !== 'object' || value === null) return line;
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((one) => `${inner}${json(one, inner)}`)
    : Object.entries(value).map(([key, one]) => {
        const name = `${JSON.stringify(key)}: `;
        return `${inner}${name}${json(one, inner, name.length)}`;
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((one) => oneLine(one)).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${oneLine(inner)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function optionsOf({ anyOf, oneOf }: Schema): readonly Schema[] {
  return anyOf ?? oneOf ?? [];
}

function isLinked({ $ref }: Schema, { links }: Surroundings): string | undefined {
  const name = $ref?.replace('#/$defs/', '');
  // Zod gives its schema of any JSON a number for a name, and it contains itself.
  if (name?.startsWith('__schema') === true) return 'any value';
  return name === undefined ? undefined : links[name];
}

function resolve(schema: Schema, { root }: Surroundings): Schema {
  const name = schema.$ref?.replace('#/$defs/', '');
  return name === undefined ? schema : { ...root.$defs?.[name], ...withoutReference(schema) };
}

function withoutReference({ $ref: _reference, ...rest }: Schema): Schema {
  return rest;
}

/** Texts that a duration is among the examples of. */
function isDuration({ examples }: Schema): boolean {
  return examples?.some((one) => one === 'P1DT2H') === true;
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function cell(text: string): string {
  return plain(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** Markdown takes what stands in angle brackets for a tag. */
export function plain(text: string): string {
  return text.replaceAll('<', '&lt;');
}
