// Whoever reads CONTRIBUTING finds every script of package.json, and none that is not there.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ROOT } from './markdown.ts';

const contributing = readFileSync(new URL('CONTRIBUTING.md', ROOT), 'utf8');

/** Run by npm itself, told by the README, or named where the whole gate is. */
const ELSEWHERE = ['prepare', 'start', 'check'];

it('CONTRIBUTING names the scripts that package.json has', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const named = [...contributing.matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name = '']) => name);
  const missing = Object.keys(scripts).filter((name) => !ELSEWHERE.includes(name) && !named.includes(name));
  expect(missing).toEqual([]);
  expect(named.filter((name) => name !== 'ci' && !Object.hasOwn(scripts, name))).toEqual([]);
});
