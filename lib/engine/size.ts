/** How large a value is, before it is stored. */
import { ROOMY_RUNS } from './budgets.ts';
import type { CustomerDocument } from './document.ts';

/** What is left of a run's budget where the customer is in many runs: together they have to fit into one document. */
export function shareOf(budget: number, { runs }: CustomerDocument): number {
  return Object.keys(runs).length <= ROOMY_RUNS ? budget : Math.floor(budget / 8);
}

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
