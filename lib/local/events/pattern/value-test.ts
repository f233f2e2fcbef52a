// What an operator comes down to once it is parsed.
import type { Scalar } from './event-fields.ts';

export type ValueTest = (value: Scalar) => boolean;

/** Upper case first: some letters have one only there. */
export function foldCase(value: string): string {
  return value.toUpperCase().toLowerCase();
}
