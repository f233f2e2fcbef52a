// The pages that people read, for the tests that hold them: links lead somewhere, examples are right.
import { readdirSync, readFileSync } from 'node:fs';

export const ROOT = new URL('../../', import.meta.url);

/** A code block of a page. `language` is what stands behind the fence. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

/** Paths of all pages from the root of the repository. */
export function pages(): readonly string[] {
  const inDocs = readdirSync(new URL('docs/', ROOT), { recursive: true, encoding: 'utf8' });
  const inRoot = readdirSync(ROOT, { encoding: 'utf8' });
  return [...inRoot, ...inDocs.map((name) => `docs/${name}`)]
    .filter((name) => name.endsWith('.md'))
    .toSorted();
}

function textOf(page: string): string {
  return readFileSync(new URL(page, ROOT), 'utf8');
}

export function blocksOf(page: string): readonly Block[] {
  return [...textOf(page).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
    page,
    language,
    text,
  }));
}

/** The page without what stands in code blocks, where nothing is a link or a heading. */
export function proseOf(page: string): string {
  return textOf(page).replaceAll(/^```.*?^```$/gms, '');
}

/** Anchors of the headings as GitHub makes them; one that comes twice is counted. */
export function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ''] of proseOf(page).matchAll(/^#{1,6} (.+)$/gm)) {
    const plain = title
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let anchor = plain;
    for (let copy = 1; anchors.has(anchor); copy += 1) anchor = `${plain}-${copy}`;
    anchors.add(anchor);
  }
  return anchors;
}
