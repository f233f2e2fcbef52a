/** Pages that say why there is no other: a link that is none, one that is too old, a system that does not answer. */
import { html, type Html } from './html/html.ts';
import { pageAnswer } from './html/page.ts';
import type { PageAnswer } from './request.ts';
import type { Site } from './site.ts';
import type { PageTexts } from './texts/english.ts';

type Said = Pick<Site, 'settings'>;

/** Not signed here, cut off, or of a page that there is not. */
export function unknownLink({ settings }: Said, texts: PageTexts): PageAnswer {
  const { title, why, next } = texts.unknownLink;
  return notice(
    404,
    settings,
    texts,
    title,
    html`<p>${why}</p>
      <p>${next}</p>`,
  );
}

/** `stop`: what the customer can still do with an old link; 410, because it will not work again. */
export function expiredLink({ settings }: Said, texts: PageTexts, stop?: Html): PageAnswer {
  const { title, why, next } = texts.expiredLink;
  return notice(
    410,
    settings,
    texts,
    title,
    html`<p>${why} ${next}</p>
      ${stop}`,
  );
}

export function nothingStored({ settings }: Said, texts: PageTexts): PageAnswer {
  const { title, why } = texts.nothingStored;
  return notice(200, settings, texts, title, html`<p>${why}</p>`);
}

export function wrongMethod({ settings }: Said, texts: PageTexts): PageAnswer {
  const { title, why } = texts.wrongMethod;
  return notice(405, settings, texts, title, html`<p>${why}</p>`, { allow: 'GET, HEAD, POST' });
}

/**
 * Seconds after which to ask again. A throttled table or one that is out of reach is back within seconds, and whoever reads the page takes
 * as long to do so.
 */
const RETRY_SECONDS = 5;

/** Nothing was saved. The button repeats what was asked for: the fields of the form, if it was one. */
export function unavailable({ settings }: Said, texts: PageTexts, form?: URLSearchParams): PageAnswer {
  const { title, why, again } = texts.unavailable;
  const fields = [...(form ?? [])].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  const content = html`<p>${why}</p>
    <form method="${form === undefined ? 'get' : 'post'}">${fields}<button>${again}</button></form>`;
  return notice(503, settings, texts, title, content, { 'retry-after': String(RETRY_SECONDS) });
}

function notice(
  status: number,
  { brand }: Said['settings'],
  { language }: PageTexts,
  title: string,
  content: Html,
  headers: Readonly<Record<string, string>> = {},
): PageAnswer {
  return pageAnswer({ status, language, title, brand, content, headers });
}
