/**
 * Texts inside JSON content. Each is rendered by itself and put back as a value, so that nothing a customer is called, or has
 * ordered, can break the JSON around it.
 */

export interface JsonLeaf {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

export function textsOf(value: unknown, path: readonly (string | number)[] = []): readonly JsonLeaf[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsOf(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => textsOf(item, [...path, key]));
}

/** Makes a function that builds the value anew with each text replaced by what `prepare` has made of it. */
export function leafRenderer<Variables>(
  value: unknown,
  prepare: (text: string) => (variables: Variables) => unknown,
): (variables: Variables) => unknown {
  if (typeof value === 'string') return prepare(value);
  if (Array.isArray(value)) {
    const items = value.map((item) => leafRenderer(item, prepare));
    return (variables) => items.map((render) => render(variables));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const fields = Object.entries(value).map(([key, item]) => [key, leafRenderer(item, prepare)] as const);
  return (variables) => Object.fromEntries(fields.map(([key, render]) => [key, render(variables)]));
}
