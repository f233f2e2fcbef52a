// Event patterns, as EventBridge and the filters of event sources match them: the operators that our rules use, and no others.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

type Pattern = Readonly<Record<string, unknown>>;

/**
 * Whether the event matches.
 * @throws Error for an operator that is not known here: a rule that nobody has looked at must not look like one that matches nothing.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([field, wanted]) => {
    if (field === '$or') return (wanted as readonly Pattern[]).some((one) => matches(one, event));
    const isThere = isObject(event) && Object.hasOwn(event, field);
    const value = isThere ? event[field] : undefined;
    if (!Array.isArray(wanted)) return matches(wanted as Pattern, value);
    // A list in the event matches where one of its values does.
    const values = Array.isArray(value) ? (value as readonly unknown[]) : [value];
    return wanted.some((one: unknown) => values.some((each) => matchesOne(one, each, isThere)));
  });
}

function matchesOne(wanted: unknown, value: unknown, isThere: boolean): boolean {
  if (!isObject(wanted)) return isThere && wanted === value;
  const [[operator, operand] = [], ...others] = Object.entries(wanted);
  if (others.length > 0) throw new Error(`several operators at once: ${JSON.stringify(wanted)}`);
  switch (operator) {
    case 'exists':
      return operand === isThere;
    case 'prefix':
      return typeof value === 'string' && value.startsWith(String(operand));
    case 'anything-but':
      return isThere && value !== operand;
    default:
      throw new Error(`an operator that is not known here: ${operator}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
