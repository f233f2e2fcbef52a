// Every `wend` command that a page tells to type is one that there is, with options that it has.
import { describe, expect, it } from 'vitest';
import { wend, writeShop } from '../cli/shop-folder.ts';
import { blocksOf, pages } from './markdown.ts';

interface Typed {
  readonly page: string;
  readonly line: string;
  readonly command: string;
  readonly options: readonly string[];
}

const SHELL = new Set(['sh', '']);

const typed = pages().flatMap((page) =>
  blocksOf(page)
    .filter(({ language }) => SHELL.has(language))
    .flatMap(({ text }) => text.split('\n'))
    .flatMap((line) => line.replace(/#.*/, '').split(/ && |; /))
    .flatMap((line): Typed[] => {
      const [, command, rest = ''] = /^(?:\$ )?\s*(?:npx )?wend ([a-z]+)(.*)$/.exec(line) ?? [];
      // What stands in quotes is a value, and may hold anything.
      const plain = rest.replaceAll(/'[^']*'|"[^"]*"/g, '');
      const options = [...plain.matchAll(/ (--[a-z-]+)/g)].flatMap(([, option]) => option ?? []);
      return command === undefined ? [] : [{ page, line: line.trim(), command, options }];
    }),
);

const commands = [...new Set(typed.map(({ command }) => command))];

describe('commands on the pages', () => {
  it('are many', () => {
    expect(commands.length).toBeGreaterThan(8);
  });

  it.each(commands)('%s exists, with the options that are typed', async (command) => {
    const { code, out } = await wend(writeShop(), command, '--help');
    expect(code).toBe(0);
    for (const { page, line, options } of typed.filter((one) => one.command === command))
      for (const option of options) expect(out, `${page}: ${line}`).toMatch(new RegExp(`${option}[ ,\n]`));
  });
});
