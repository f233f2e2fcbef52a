/** How large a value is, before it is stored. */

/**
 * The value as JSON if that has at most so many characters; undefined for anything larger, also for what is nested so deeply
 * that it cannot be written at all.
 */
export function shortJson(value: unknown, longest: number): string | undefined {
  try {
    const text = JSON.stringify(value) ?? 'null';
    return text.length <= longest ? text : undefined;
  } catch {
    return undefined;
  }
}
