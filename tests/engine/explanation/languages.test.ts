// Both languages say the same, and have words for every reason that the engine gives.
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingInGerman } from '#lib/engine/explanation/findings-in-german.ts';
import { ENGLISH } from '#lib/engine/explanation/in-english.ts';
import { GERMAN } from '#lib/engine/explanation/in-german.ts';

/** Words of the engine that nobody is told as the reason for a message, or for its absence, by what they are. */
const OTHERS: Readonly<Record<string, readonly string[]>> = {
  'kinds of inputs, answers and phases': [
    'all',
    'by itself',
    'end run',
    'execution ended',
    'handed out',
    'never',
    'not rendered',
    'try later',
    'wake timed out',
  ],
  'reasons of what was ignored, for operators': [
    'late',
    'definition',
    'no journey that can be requested by this name',
    'preferences not understood',
    'segments and journeys turn in a circle',
    'suppression not understood',
    'too large to emit',
    'too many built-in events in a row',
    'too many events that the bus has not taken',
    'too many open goals',
    'too many traits',
    'too much for the ledger',
  ],
  'what the ledger says': [
    'changed',
    'an import overrules no refusal',
    'an import without confirmation',
    'consent not understood',
    'expired when it came',
    'granted already',
    'not understood',
    'older than what is on record',
    'unknown topic',
    'waits for confirmation',
  ],
  'why an address is suppressed': [
    'complaint',
    'hard bounce',
    'opted out at the provider',
    'suppressed by hand',
  ],
  'branches, and what stands behind a reason': [
    'asked for by the customer',
    'counting began',
    'for ever',
    'no date',
    'push notification',
    'push notifications',
    'text message',
    'text messages',
    'time is up',
  ],
  'faults, told as they are': [
    'another attempt of the step is with the provider',
    'ended without a decision',
    'the manifest of the run is not deployed',
    'the provider has not answered',
  ],
};

/** All that the rules of the engine say in words: texts of several small words, and whatever is called a reason. */
function wordsOfTheRules(): readonly string[] {
  const rules = globSync([
    'lib/engine/rules/**/*.ts',
    'lib/engine/time/sending-hours.ts',
    'lib/engine/decide.ts',
  ]);
  const code = rules
    .map((file) => readFileSync(file, 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*$/gm, ''))
    .join('\n');
  const texts = [...code.matchAll(/'([a-z]+(?: [a-z]+)+)'|(?:reason: |return |const [A-Z_]+ = )'([a-z]+)'/g)];
  return [...new Set(texts.map(([, several, one]) => several ?? one ?? ''))];
}

describe('explanations', () => {
  it('have words in both languages for every reason that the engine gives', () => {
    const others = new Set(Object.values(OTHERS).flat());
    const reasons = wordsOfTheRules().filter((words) => !others.has(words));
    expect(reasons).toEqual(
      expect.arrayContaining(['legal hours', 'consent not confirmed', 'suppressed', 'rate limit', 'erased']),
    );
    // A new one either gets a clause, or stands above by what else it is.
    for (const { tag, reasons: known } of [ENGLISH, GERMAN])
      expect([tag, reasons.filter((reason) => !Object.hasOwn(known, reason))]).toEqual([tag, []]);
    expect(Object.keys(GERMAN.reasons).toSorted()).toEqual(Object.keys(ENGLISH.reasons).toSorted());
    expect(Object.keys(GERMAN.events).toSorted()).toEqual(Object.keys(ENGLISH.events).toSorted());
  });

  it.each([
    ['profile.country is DE: no, it is FR', 'profile.country ist DE: nein, es ist FR'],
    [
      'profile.age is at least 18: no, it is not known',
      'profile.age ist mindestens 18: nein, es ist nicht bekannt',
    ],
    [
      'did Order Completed at least 2 times within 30 days: yes, it was 3 times',
      'Order Completed mindestens 2-mal within 30 days: ja, es war 3-mal',
    ],
    ['in segment gold: yes, since 2026-03-02', 'in der Gruppe gold: ja, seit 2026-03-02'],
    ['cut off somewhe…', 'cut off somewhe…'],
  ])('say in German what a condition found: %s', (english, german) => {
    expect(findingInGerman(english)).toBe(german);
  });
});
