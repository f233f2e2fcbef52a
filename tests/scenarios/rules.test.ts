// The language, sentence by sentence: what happens first (twelve rules), durations and times, conditions. statements.json says
// what holds each of them: scenarios of the workspace rules/, the first for what it says and the others for its boundary, or,
// where a scenario cannot show it, a test or a sample of a mistake.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { playWorkspace, type PlayedWorkspace } from './play-workspace.ts';

const statementSchema = z.strictObject({
  says: z.string(),
  scenarios: z.array(z.string()).default([]),
  tests: z.array(z.strictObject({ file: z.string(), title: z.string() })).default([]),
  samples: z.array(z.string()).default([]),
});
const root = resolve(import.meta.dirname, '../..');
const statements = z
  .record(z.string(), z.array(statementSchema))
  .parse(JSON.parse(readFileSync(`${import.meta.dirname}/statements.json`, 'utf8')));
/** A test of this title is in this file. */
const isThere = ({ file, title }: { file: string; title: string }): boolean =>
  readFileSync(`${root}/${file}`, 'utf8').includes(title);
const RULES = Array.from({ length: 12 }, (_, index) => `rule ${index + 1}`);

let played: PlayedWorkspace;
beforeAll(async () => {
  played = await playWorkspace('rules');
}, 120_000);

describe('the workspace of the rules', () => {
  it('has nothing wrong in it, and nothing suspicious but what shows that the goal goes before an exit', () => {
    expect(played.diagnostics).toEqual(['journeys/what-first.json:12 exit-never-taken']);
  });

  it('does what every scenario says', () => {
    expect(played.failed).toEqual([]);
    expect(played.names.length).toBeGreaterThan(200);
  });
});

describe('what the language says', () => {
  it('is all there: twelve rules, times, conditions', () => {
    expect(new Set(Object.keys(statements))).toEqual(new Set([...RULES, 'time', 'conditions']));
  });

  it('is held by a scenario each, by a test or by the sample of a mistake', () => {
    const all = Object.values(statements).flat();
    const held = all.filter((each) => each.scenarios.length + each.tests.length + each.samples.length > 0);
    expect(held).toEqual(all);
  });

  it('names tests and samples that are there', () => {
    const all = Object.values(statements).flat();
    expect(all.flatMap(({ tests }) => tests).filter((test) => !isThere(test))).toEqual([]);
    const samples = all.flatMap((each) => each.samples);
    expect(samples.filter((name) => !existsSync(`${root}/tests/samples/${name}`))).toEqual([]);
  });

  it('names every scenario once, and no other', () => {
    const named = Object.entries(statements).flatMap(([area, all]) =>
      all.flatMap(({ scenarios }) => scenarios.map((name) => `${area}: ${name}`)),
    );
    expect(named.toSorted()).toEqual(played.names.toSorted());
  });

  it.each(RULES)('%s has scenarios for what it says and for its boundary', (rule) => {
    const withBoundary = statements[rule]?.filter(({ scenarios }) => scenarios.length > 1) ?? [];
    expect(withBoundary.length).toBeGreaterThan(0);
  });
});
