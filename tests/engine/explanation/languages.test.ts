// Both languages say the same, and have words for every reason that is documented.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { findingInGerman } from '#lib/engine/explanation/findings-in-german.ts';
import { ENGLISH } from '#lib/engine/explanation/in-english.ts';
import { GERMAN } from '#lib/engine/explanation/in-german.ts';

/** Reasons of `refuses`, `skips` and `defers` in the table of what a trace tells. */
function documentedReasons(): readonly string[] {
  const rows = readFileSync('docs/play.md', 'utf8').split('\n');
  return rows
    .filter((row) => /^\| `(?:refuses|skips|defers)` \|/.test(row))
    .flatMap((row) =>
      [...(row.split('|')[3] ?? '').matchAll(/`([a-z ]+)`/g)].map(([, reason]) => reason ?? ''),
    )
    .filter((reason) => reason !== 'because' && reason !== 'until');
}

describe('explanations', () => {
  it('have words for every documented reason in both languages', () => {
    const reasons = documentedReasons();
    expect(reasons.length).toBeGreaterThan(20);
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
