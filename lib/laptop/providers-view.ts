// How the providers behave, by names that a list can offer.
import type { Behaviours } from '#lib/local/delivery/behaviours/behaviours.ts';
import {
  NAMED_BEHAVIOURS,
  namedBehaviours,
  possibleNames,
  setNamedBehaviour,
} from '#lib/local/delivery/behaviours/named-behaviours.ts';
import type { ProviderBehaviours } from './running-cloud.ts';

export function viewProviders(behaviours: Behaviours): ProviderBehaviours {
  return {
    kinds: new Map(Array.from(NAMED_BEHAVIOURS, ([name, { does }]) => [name, does])),
    possible: possibleNames,
    all: () => namedBehaviours(behaviours),
    set: (of, behaviour) => setNamedBehaviour(behaviours, of, behaviour),
  };
}
