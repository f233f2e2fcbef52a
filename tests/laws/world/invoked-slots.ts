// Slots as an invocation reaches them: it may die at any of its calls.
import type { Slots } from '#lib/engine/ports.ts';
import type { Invocation } from './invocation.ts';

export function invokedSlots(invocation: Invocation, slots: Slots): Slots {
  return {
    take: async (...asked) => await invocation.call(() => slots.take(...asked)),
    learned: async (now) => await invocation.call(() => slots.learned(now)),
    slowDown: async (...said) => await invocation.call(() => slots.slowDown(...said)),
  };
}
