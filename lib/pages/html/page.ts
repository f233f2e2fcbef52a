/** The frame of every page: its head, who writes, what it says. */
import { createHash } from 'node:crypto';
import type { PageAnswer } from '../request.ts';
import { html, Html, type HtmlValue } from './html.ts';
import { STYLE } from './style.ts';

export interface Page {
  readonly status: number;
  /** BCP 47: `en`, `de`. */
  readonly language: string;
  readonly title: string;
  readonly brand: { readonly name: string; readonly address?: string | undefined };
  readonly content: HtmlValue;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Not in the template: the policy allows exactly this text, to the last space. */
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Nothing runs, nothing is fetched, nothing is sent elsewhere, and no other page shows this one in a frame, where a click could be stolen.
 * The address has the token in it: it is told to nobody (referrer) and kept by nobody (caches, search engines).
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'self'; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

export function pageAnswer(page: Page): PageAnswer {
  const { status, language, title, brand, content, headers } = page;
  const body = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex, nofollow" />
        <title>${title} – ${brand.name}</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <header>${brand.name}</header>
        <main>
          <h1>${title}</h1>
          ${content}
        </main>
        <footer>
          ${brand.name}${brand.address === undefined ? undefined : html`<br />${brand.address}`}
        </footer>
      </body>
    </html> `;
  return { status, headers: { ...PAGE_HEADERS, ...headers }, body: body.toString() };
}
