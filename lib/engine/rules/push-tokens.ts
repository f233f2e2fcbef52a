/** Push tokens that a provider has declared dead, or replaced by others: the profile follows, so that nobody is asked about them again. */
import type { Deciding } from '../deciding.ts';
import type { LearnedAddresses } from '../ports.ts';
import { storeTrait } from './traits.ts';

/**
 * Keeps the order of the list, in which the newest stand last, and each token once.
 * @param cause names the send.
 * @returns whether the profile has changed.
 */
export function changeTokens(
  deciding: Deciding,
  cause: { readonly id: string },
  { dead = [], replaced = new Map() }: LearnedAddresses,
): boolean {
  const trait = deciding.document.traits['pushTokens'];
  if (trait === undefined || !Array.isArray(trait.value)) return false;
  const before: readonly unknown[] = trait.value;
  const gone = new Set<unknown>(dead);
  const after = before
    .map((token) => (typeof token === 'string' ? (replaced.get(token) ?? token) : token))
    .filter((token) => !gone.has(token));
  const once = [...new Set(after)];
  if (once.length === before.length && once.every((token, index) => token === before[index])) return false;
  if (storeTrait(deciding, 'pushTokens', once, { id: cause.id, at: deciding.now }) !== undefined)
    return false;
  // As of the list that it corrects: what the application has told since, and is still on its way, is newer.
  deciding.document.traits['pushTokens'] = { value: once, at: trait.at };
  return true;
}
