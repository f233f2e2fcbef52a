// Whether EventBridge, or the filter of an event source, passes an event by a pattern, with the operators that a deployment uses.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html

type Event = Readonly<Record<string, unknown>>;

/** Every field of the pattern holds, and of `$or` at least one alternative. */
export function passes(pattern: Event, event: unknown): boolean {
  // What lies in a list is matched as if each element stood there alone.
  if (Array.isArray(event)) return event.some((one) => passes(pattern, one));
  const fields = isObject(event) ? event : {};
  return Object.entries(pattern).every(([name, wanted]) => {
    if (name === '$or') return (wanted as Event[]).some((one) => passes(one, event));
    if (Array.isArray(wanted)) return wanted.some((matcher) => matches(matcher, fields, name));
    return passes(wanted as Event, fields[name]);
  });
}

function matches(matcher: unknown, fields: Event, name: string): boolean {
  // Only values are there; objects and empty lists are none.
  const values = [Object.hasOwn(fields, name) ? fields[name] : []].flat().filter((one) => !isObject(one));
  if (isOperator(matcher, 'exists')) return values.length > 0 === matcher.exists;
  return values.some((value) => {
    if (isOperator(matcher, 'prefix'))
      return typeof value === 'string' && value.startsWith(String(matcher.prefix));
    if (isOperator(matcher, 'anything-but')) return ![matcher['anything-but']].flat().includes(value);
    if (isObject(matcher)) throw new Error(`an operator that is not known here: ${JSON.stringify(matcher)}`);
    return value === matcher;
  });
}

function isOperator<Name extends string>(matcher: unknown, name: Name): matcher is Record<Name, unknown> {
  return isObject(matcher) && Object.hasOwn(matcher, name);
}

function isObject(value: unknown): value is Event {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
