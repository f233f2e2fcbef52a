/**
 * How what applications write about consent is read. On doubt the most restrictive reading wins: a refusal is understood as soon as anybody
 * could have meant one, and what it is about is read without case, blanks and hyphens; a grant has to be exact.
 */
import { channelSchema, type Channel } from './step-calls.ts';

/** As programs without booleans, forms and spreadsheets write a no. */
const NOES: ReadonlySet<unknown> = new Set(['false', 'no', 'n', 'off', '0', 'none', 'denied', 'refused']);

/** Whether the value of `granted` is a no; a value that says nothing is none. */
export function isNo(granted: unknown): boolean {
  if (granted === false || granted === 0) return true;
  return typeof granted === 'string' && NOES.has(granted.trim().toLowerCase());
}

/** The channel that is meant: "E-Mail" is email. Undefined where there is none of that name. */
export function channelMeant(value: unknown): Channel | undefined {
  return meant(value, channelSchema.options);
}

/** The one that is meant of these names: itself, else the only one that differs in no more than case, blanks, hyphens and underscores. */
export function meant<T extends string>(value: unknown, names: readonly T[]): T | undefined {
  if (typeof value !== 'string') return undefined;
  const exact = names.find((name) => name === value);
  if (exact !== undefined) return exact;
  const alike = names.filter((name) => plain(name) === plain(value));
  return alike.length === 1 ? alike[0] : undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
