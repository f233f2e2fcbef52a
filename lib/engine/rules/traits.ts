/** Traits: the latest by its own timestamp wins, whatever the order of arrival (promise P1). */
import type { Identify } from '#lib/contracts/customer-event.ts';
import { announce, note, type Deciding } from '../deciding.ts';
import { isEqual } from '../conditions/values.ts';
import { shortJson } from '../size.ts';

/** Characters of JSON of one trait's value, and number of traits; beyond it the trait is not stored and the log says so. */
const LARGEST_TRAIT = 2048;
const MOST_TRAITS = 200;

/** Traits the engine itself reads: zone, locale and addresses. */
const OWN_TRAITS = new Set(['email', 'phone', 'pushTokens', 'timezone', 'country', 'locale', 'address']);

export function applyTraits(deciding: Deciding, identify: Identify): void {
  const { document, workspace } = deciding;
  const { declaredTraits } = workspace.settings;
  for (const [name, value] of Object.entries(identify.traits)) {
    if (declaredTraits !== undefined && !OWN_TRAITS.has(name) && !declaredTraits.has(name)) continue;
    if (name === '__proto__') continue;
    const before = document.traits[name];
    if (before === undefined && Object.keys(document.traits).length >= MOST_TRAITS) {
      note(deciding, { kind: 'ignores', reason: 'too many traits', event: identify.id });
      return;
    }
    const text = shortJson(value, LARGEST_TRAIT);
    if (text === undefined) {
      note(deciding, { kind: 'ignores', reason: `trait ${name} is too large`, event: identify.id });
      continue;
    }
    if (before !== undefined && before.at > identify.at) continue;
    // Two values of one instant: the greater text wins, so that the order of arrival does not decide.
    if (before !== undefined && before.at === identify.at && JSON.stringify(before.value) >= text) continue;
    document.traits[name] = { value, at: identify.at };
    deciding.changed = true;
    if (isEqual(before?.value, value)) continue;
    announce(deciding, 'Trait Changed', identify, { trait: name, value, before: before?.value ?? null });
  }
}
