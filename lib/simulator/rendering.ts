// What messages are rendered from, as data that can be handed to another thread; a renderer itself cannot.
import type { Renderer } from '#lib/engine/ports.ts';
import type { Settings } from '#lib/journey/settings.ts';
import type { Catalog } from '#lib/messages/catalog.ts';
import type { CompiledMessage } from '#lib/messages/compiled-message.ts';
import { createRenderer } from '#lib/messages/create-renderer.ts';
import { pageLinks } from '#lib/messages/links.ts';

/** Messages and what of the settings they print. */
export interface Rendering {
  readonly messages: readonly CompiledMessage[];
  readonly settings: Pick<Settings, 'links' | 'locale' | 'brand' | 'recommend'>;
  /** The catalogue of the workspace; absent: empty. */
  readonly catalog?: Catalog;
}

/** The renderer of these messages. */
export function rendererOf({ messages, settings, catalog = {} }: Rendering): Renderer {
  const { links, locale, brand, recommend } = settings;
  return createRenderer({
    messages,
    links: pageLinks(links),
    defaultLocale: locale,
    brand,
    catalog,
    recommend,
  });
}
