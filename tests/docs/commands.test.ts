// Whoever reads the README or CONTRIBUTING finds every command that there is, and none that is not.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { environments } from '../cli/environments.ts';
import { wendOn } from '../cli/shop-folder.ts';
import { ROOT } from './markdown.ts';

const readme = readFileSync(new URL('README.md', ROOT), 'utf8');
const contributing = readFileSync(new URL('CONTRIBUTING.md', ROOT), 'utf8');

it('the table of commands in the README has those that wend has', async () => {
  const { out } = await wendOn(environments({}).connect, process.cwd(), '--help');
  const list = out.slice(out.indexOf('Commands:'), out.indexOf('Exit codes:'));
  const commands = [...list.matchAll(/^ {2}([a-z]+) /gm)].map(([, name = '']) => name);
  const rows = [...readme.matchAll(/^\| `wend ([a-z|\\]+)/gm)].flatMap(([, names = '']) =>
    names.split('\\|'),
  );
  expect(commands.length).toBeGreaterThan(10);
  expect(rows.toSorted()).toEqual(commands.filter((name) => name !== 'help').toSorted());
});

it('CONTRIBUTING names the scripts that package.json has', () => {
  const { scripts } = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8')) as {
    scripts: Readonly<Record<string, string>>;
  };
  const named = [...contributing.matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name = '']) => name);
  const scriptNames = Object.keys(scripts);
  // Run by npm itself, or told by the README.
  const elsewhere = ['prepare', 'start', 'check'];
  expect(scriptNames.filter((name) => !elsewhere.includes(name) && !named.includes(name))).toEqual([]);
  expect(named.filter((name) => name !== 'ci' && !scriptNames.includes(name))).toEqual([]);
});
