/**
 * Texts inside JSON content. Each is rendered by itself and put back as a value, so that nothing a customer is called, or has
 * ordered, can break the JSON around it.
 */

/** Makes a function that builds the value anew with each text replaced by what `prepare` has made of it; `name`: of the field it stands in. */
export function leafRenderer<Variables>(
  value: unknown,
  prepare: (text: string, name: string | undefined) => (variables: Variables) => unknown,
  name?: string,
): (variables: Variables) => unknown {
  if (typeof value === 'string') return prepare(value, name);
  if (Array.isArray(value)) {
    const items = value.map((item) => leafRenderer(item, prepare, name));
    return (variables) => items.map((render) => render(variables));
  }
  if (typeof value !== 'object' || value === null) return () => value;
  const fields = Object.entries(value).map(([key, item]) => [key, leafRenderer(item, prepare, key)] as const);
  return (variables) => Object.fromEntries(fields.map(([key, render]) => [key, render(variables)]));
}
