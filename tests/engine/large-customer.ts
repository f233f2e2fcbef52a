// A customer for whom every budget is used up, with texts that nothing can compress: Chinese characters drawn at random.
import { hashFraction, hashHex } from '#lib/contracts/hash.ts';
import type { LogEntry } from '#lib/contracts/log-entry.ts';
import { addMillis, type Instant } from '#lib/contracts/time.ts';
import { MOST_DUE, MOST_EMITTED, MOST_KEYS, MOST_RUNS } from '#lib/engine/budgets.ts';
import { newDocument, type CustomerDocument, type Run } from '#lib/engine/document.ts';

const NOW = '2026-03-02T10:00:00.000Z' as Instant;
const MOST_TRAITS = 200;

/** So many characters, each different with every call. */
function textOf(length: number, seed: string): string {
  let state = Math.floor(hashFraction(seed) * 2 ** 31) + 1;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    state = (state * 48_271) % 2_147_483_647;
    text += String.fromCodePoint(0x4e_00 + (state % 20_000));
  }
  return text;
}

function many<T>(count: number, one: (index: number) => readonly [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => one(index)));
}

function properties(length: number, seed: string) {
  return { text: textOf(length, seed), small: 1 };
}

/** `journey`, `version`: of all runs. */
export function largeCustomer(name: string, journey: string, version: string): CustomerDocument {
  const customer = hashHex(name, 32);
  const plan = { route: {}, until: null, from: NOW };
  const run = (index: number): Run => ({
    journey,
    version,
    leg: 1,
    phase: 'running',
    phaseAt: NOW,
    entered: NOW,
    event: properties(900, `event ${index}`),
    saved: { score: properties(900, `saved ${index}`) },
    first: plan,
    since: NOW,
    memory: { wait: { 0: [{ at: NOW, id: 'e', kept: properties(450, `match ${index}`) }] } },
  });
  return {
    ...newDocument(customer, name, NOW),
    traits: {
      ...many(MOST_TRAITS - 1, (index) => [`t${index}`, { value: textOf(2000, `t${index}`), at: NOW }]),
      email: { value: `${'a'.repeat(60)}${name}@example.com`, at: NOW },
    },
    consent: { promotions: { email: { granted: true, at: NOW } } },
    runs: many(MOST_RUNS, (index) => [hashHex(`run ${index}`, 24), run(index)]),
    entries: {
      keyed: many(MOST_KEYS, (index) => [
        hashHex(`key ${index}`, 24),
        { count: 1, last: addMillis(NOW, -index * 1000) },
      ]),
    },
    emitted: Array.from({ length: MOST_EMITTED }, (_, index) => ({
      id: `run/step/${index}`,
      at: NOW,
      event: 'Told',
      properties: properties(8000, `emitted ${index}`),
    })),
    log: Array.from({ length: MOST_DUE }, (_, index): LogEntry => {
      const because = textOf(240, `because ${index}`);
      return { at: NOW, kind: 'takes', journey, step: 'branch', branch: 'yes', because };
    }),
  };
}
