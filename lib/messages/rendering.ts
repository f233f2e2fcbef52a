// What messages are rendered from, as data: threads and files can hand it on, a renderer itself they cannot.
import type { Renderer } from '#lib/engine/ports.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { Catalog } from './catalog.ts';
import type { CompiledMessage } from './compiled-message.ts';
import { createRenderer } from './create-renderer.ts';
import { pageLinks, type CustomerPages } from './links.ts';

/** Messages and what of the settings they print. */
export interface Rendering {
  readonly messages: readonly CompiledMessage[];
  readonly settings: Pick<Settings, 'links' | 'locale' | 'brand' | 'recommend'> &
    Partial<Pick<Settings, 'trackedLinks'>>;
  /** The catalogue of the workspace; absent: empty. */
  readonly catalog?: Catalog;
}

/**
 * The renderer of these messages.
 * @param pages of the deployment that sends; absent: links lead to the pages of the settings, or nowhere.
 */
export function rendererOf({ messages, settings, catalog = {} }: Rendering, pages?: CustomerPages): Renderer {
  const { links, locale, brand, recommend, trackedLinks } = settings;
  return createRenderer({
    messages,
    links: pageLinks(links, pages, trackedLinks),
    defaultLocale: locale,
    brand,
    catalog,
    recommend,
  });
}
