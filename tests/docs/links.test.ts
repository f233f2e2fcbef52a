// Whoever follows a link of a page finds what it promises, and every guide and decision can be found.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { anchorsOf, pages, proseOf, ROOT } from './markdown.ts';

interface Link {
  readonly page: string;
  readonly to: string;
}

const links: readonly Link[] = pages().flatMap((page) =>
  [...proseOf(page).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, to = '']) => ({ page, to }))
    .filter(({ to }) => !/^(?:https?|mailto):/.test(to)),
);

/** The file that a link leads to, from the root of the repository. */
function target({ page, to }: Link): string {
  const [path = ''] = to.split('#');
  return path === '' ? page : new URL(path, new URL(page, ROOT)).href.replace(ROOT.href, '');
}

describe('relative links', () => {
  it('lead to files that there are', () => {
    expect(links.length).toBeGreaterThan(300);
    expect(links.filter((link) => !existsSync(new URL(target(link), ROOT)))).toEqual([]);
  });

  it('lead to headings that there are', () => {
    const broken = links.filter((link) => {
      const [, anchor] = link.to.split('#');
      const file = target(link);
      return anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).has(anchor);
    });
    expect(broken).toEqual([]);
  });
});

function linkedFrom(page: string): readonly string[] {
  return links.filter((link) => link.page === page).map(target);
}

function pagesIn(folder: string): readonly string[] {
  return readdirSync(new URL(folder, ROOT))
    .filter((name) => name.endsWith('.md') && name !== 'README.md')
    .map((name) => `${folder}${name}`);
}

describe('overviews', () => {
  it('the README leads to every guide', () => {
    expect(linkedFrom('README.md')).toEqual(expect.arrayContaining([...pagesIn('docs/')]));
  });

  it.each(['adr', 'diagnostics', 'reference'])(
    'docs/%s/README.md leads to every page beside it',
    (folder) => {
      const beside = pagesIn(`docs/${folder}/`);
      expect(beside.length).toBeGreaterThan(5);
      expect(linkedFrom(`docs/${folder}/README.md`)).toEqual(expect.arrayContaining([...beside]));
    },
  );
});
