/** Traits: the latest by its own timestamp wins, whatever the order of arrival (promise P1). */
import type { Identify } from '#lib/contracts/customer-event.ts';
import type { Instant } from '#lib/contracts/time.ts';
import { announce, note, type Deciding } from '../deciding.ts';
import { isEqual } from '../conditions/values.ts';
import { shortJson } from '../size.ts';

/** Characters of JSON of one trait's value, and number of traits; beyond it the trait is not stored and the log says so. */
const LARGEST_TRAIT = 2048;
const MOST_TRAITS = 200;

/** Traits the engine itself reads: zone, locale and addresses. */
export const OWN_TRAITS = new Set([
  'email',
  'phone',
  'pushTokens',
  'timezone',
  'country',
  'locale',
  'address',
]);

export function applyTraits(deciding: Deciding, identify: Identify): void {
  const { document, workspace } = deciding;
  const { declaredTraits } = workspace.settings;
  for (const [name, value] of Object.entries(identify.traits)) {
    if (declaredTraits !== undefined && !OWN_TRAITS.has(name) && !declaredTraits.has(name)) continue;
    if (name === '__proto__') continue;
    const before = document.traits[name];
    if (before !== undefined && before.at > identify.at) continue;
    const text = shortJson(value, LARGEST_TRAIT);
    // Two values of one instant: the greater text wins, so that the order of arrival does not decide.
    const isSecond = before !== undefined && before.at === identify.at && text !== undefined;
    if (isSecond && JSON.stringify(before.value) >= text) continue;
    const refusal = storeTrait(deciding, name, value, identify);
    if (refusal !== undefined) note(deciding, { kind: 'ignores', reason: refusal, event: identify.id });
    if (refusal === TOO_MANY) return;
  }
}

const TOO_MANY = 'too many traits';

/** Stores a trait and tells of it where it has changed. Undefined; or why it is not stored, and then nothing has changed. */
export function storeTrait(
  deciding: Deciding,
  name: string,
  value: unknown,
  cause: { readonly id: string; readonly at: Instant },
): string | undefined {
  const { traits } = deciding.document;
  const before = traits[name];
  if (before === undefined && Object.keys(traits).length >= MOST_TRAITS) return TOO_MANY;
  if (shortJson(value, LARGEST_TRAIT) === undefined) return `trait ${name} is too large`;
  traits[name] = { value, at: cause.at };
  deciding.changed = true;
  if (!isEqual(before?.value, value))
    announce(deciding, 'Trait Changed', cause, { trait: name, value, before: before?.value ?? null });
  return undefined;
}
